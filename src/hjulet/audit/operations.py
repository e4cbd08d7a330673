from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from hjulet.audit.followers import FOLLOWERS
from hjulet.audit.models import (
    GENESIS,
    Chain,
    Event,
    Read,
    ReadChain,
    Reading,
    ReadSeal,
    digest,
    digest_of_day,
    digest_of_reading,
)
from hjulet.audit.queries import hashes_of_day
from hjulet.base.operations import operation


def record(
    verb: str, *, by: Any, target: models.Model, before: dict | None = None, after: dict | None = None, unit: Any = None
) -> Event:
    """Append one event inside the transaction of the operation that calls it.

    `verb` is "thing.happened". `before` and `after` hold the fields that changed. `unit` decides who may read the
    event; it is taken from the target when the target has one. Whoever acted by the right of another says so.
    """
    if holder := getattr(by, "in_place_of", None):
        after = {**(after or {}), "in_place_of": holder}
    chain, _created = Chain.objects.get_or_create(pk=1, defaults={"last_hash": GENESIS})
    chain = Chain.objects.select_for_update().get(pk=1)
    event = Event(
        number=chain.length + 1,
        at=timezone.now(),
        actor_id=by.pk,
        actor_name=str(by),
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=target.pk,
        unit_id=getattr(unit, "pk", None) or getattr(target, "unit_id", None),
        before=plain(before or {}),
        after=plain(after or {}),
        previous_hash=chain.last_hash,
    )
    event.hash = digest(event)
    event.save(force_insert=True)
    chain.last_hash, chain.length = event.hash, event.number
    chain.save()
    for follower in FOLLOWERS:
        transaction.on_commit(follower, robust=True)
    return event


def plain(value: Any) -> Any:
    """Values as JSON keeps them; a related row becomes its key and its name, so that the event reads alone."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, models.Model):
        return {"id": value.pk, "name": str(value)}
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value.normalize()) if value else "0"
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)


@operation
def log_readings(reads: Iterable[Read], *, by: Any) -> list[Reading]:
    """Append to the person's own chain what the person was shown. No event: to read changes nothing."""
    chain = ReadChain.objects.select_for_update().filter(person_id=by.pk).first()
    if chain is None:
        ReadChain.objects.get_or_create(person_id=by.pk, defaults={"last_hash": GENESIS})
        chain = ReadChain.objects.select_for_update().get(person_id=by.pk)
    now, readings = timezone.now(), []
    for read in reads:
        reading = Reading(
            person_id=by.pk,
            number=chain.length + 1,
            at=now,
            person_name=str(by),
            acting_as=read.acting_as,
            target_type=read.target._meta.label_lower,
            target_id=read.target.pk,
            unit_id=read.unit_id,
            committee_id=read.committee_id,
            how=str(read.how),
            is_outside=read.is_outside,
            reason=read.reason,
            details=read.details,
            previous_hash=chain.last_hash,
        )
        reading.hash = digest_of_reading(reading)
        chain.last_hash, chain.length = reading.hash, reading.number
        readings.append(reading)
    Reading.objects.bulk_create(readings, batch_size=500)
    chain.save()
    return readings


@operation
def seal_readings(*, by: Any, day: date) -> int:
    """Seal every day before `day` that has readings and no seal, and bind each seal to the chain of changes.

    Not within the first hour of a day: a reading of the evening before may still be on its way.
    """
    day = min(day, timezone.localdate(timezone.now() - timedelta(hours=1)))
    first = Reading.objects.order_by("at").values_list("at", flat=True).first()
    if first is None:
        return 0
    last = ReadSeal.objects.order_by("-day").values_list("day", flat=True).first()
    days = last + timedelta(days=1) if last else timezone.localdate(first)
    count = 0
    while days < day:
        rows, sha256 = digest_of_day(hashes_of_day(days))
        if rows:
            seal = ReadSeal.objects.create(day=days, rows=rows, sha256=sha256, sealed_at=timezone.now())
            record("readseal.sealed", by=by, target=seal, after={"day": days, "rows": rows, "sha256": sha256})
            count += 1
        days += timedelta(days=1)
    return count
