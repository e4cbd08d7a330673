from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from hjulet.audit.followers import FOLLOWERS
from hjulet.audit.models import GENESIS, Chain, Event, digest


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
