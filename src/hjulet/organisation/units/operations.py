import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from hjulet.audit import operations as audit
from hjulet.base.operations import locked, operation, require, require_no, save_changes
from hjulet.organisation.people.models import Person
from hjulet.organisation.reorganisations.following import obstacle_to_stranding
from hjulet.organisation.units import rules
from hjulet.organisation.units.models import Unit, UnitKind, UnitVersion

DAY = timedelta(days=1)


@operation
def establish_municipality(*, by: Person, name: str, valid_from: date) -> Unit:
    """The root of everything. Only the machine may: it happens once, when the installation is made."""
    require(rules.may_manage(by, None))
    require_no(rules.obstacle_to_establishing_municipality())
    municipality = placed(Unit(kind=UnitKind.MUNICIPALITY, name=name, valid_from=valid_from))
    audit.record("unit.established", by=by, target=municipality, unit=municipality, after={"name": name})
    return municipality


@operation
def establish_unit(
    *, by: Person, kind: str, parent: Unit, name: str, code: str = "", external_id: str = "", valid_from: date
) -> Unit:
    """A new place under `parent`. Raises `Refused` where the kind does not belong, naming what is allowed."""
    require(rules.may_manage(by, parent))
    require_no(rules.obstacle_to_placing(kind, parent, valid_from))
    unit = placed(Unit(kind=kind, parent=parent, name=name, code=code, external_id=external_id, valid_from=valid_from))
    audit.record(
        "unit.established",
        by=by,
        target=unit,
        unit=unit,
        after={"kind": kind, "parent": parent, "name": name, "code": code, "valid_from": valid_from},
    )
    return unit


@operation
def change_unit(unit: Unit, *, by: Person, revision: int, **changes: Any) -> Unit:
    """Put right what is wrong, also in the papers of earlier days; `changes` are fields of `ChangeForm`.

    One that gets a new name is renamed from a day.
    """
    require(rules.may_manage(by, unit))
    require_no(rules.obstacle_to_changing(unit))
    before, after = save_changes(unit, revision=revision, changes=changes)
    if after.keys() & {"name", "code"}:
        latest = unit.versions.last()
        keep_version(unit, latest.valid_from if latest else unit.valid_from)
    if after:
        audit.record("unit.changed", by=by, target=unit, unit=unit, before=before, after=after)
    return unit


@operation
def rename_unit(unit: Unit, *, by: Person, name: str, code: str, day: date) -> Unit:
    """Another name from the day on; what ended before it keeps the one it had."""
    require(rules.may_manage(by, unit))
    require_no(rules.obstacle_to_changing(unit))
    changes = {"name": name, "code": code}
    before, after = save_changes(unit, revision=locked(unit).revision, changes=changes)
    if after:
        keep_version(unit, day)
        audit.record("unit.renamed", by=by, target=unit, unit=unit, before=before, after=after | {"valid_from": day})
    return unit


@operation
def move_unit(unit: Unit, *, by: Person, parent: Unit, day: date) -> Unit:
    """Place it with all that lies under it elsewhere in the same nämnd, in as many statements however much that is."""
    require(rules.may_manage(by, unit) and rules.may_manage(by, parent))
    require_no(rules.obstacle_to_moving(unit, parent))
    before, old_path = unit.parent, unit.path
    new_path = f"{parent.path}{unit.pk}/"
    Unit.objects.below(unit).update(path=Concat(Value(new_path), Substr("path", len(old_path) + 1)))
    Unit.objects.filter(pk=unit.pk).update(parent=parent, revision=locked(unit).revision + 1)
    unit.refresh_from_db()
    now = timezone.now()
    UnitVersion.objects.bulk_create(
        UnitVersion.of(below, valid_from=max(day, below.valid_from), recorded_at=now)
        for below in Unit.objects.below(unit).order_by("path")
    )
    audit.record(
        "unit.moved",
        by=by,
        target=unit,
        unit=unit,
        before={"parent": before},
        after={"parent": parent, "valid_from": day},
    )
    return unit


@operation
def relocate_unit(unit: Unit, *, by: Person, to: Unit, day: date) -> Unit:
    """Follows when what it lay under is reorganised."""
    return move_unit(unit, by=by, parent=to, day=day)


@operation
def close_unit(unit: Unit, *, by: Person, revision: int, valid_to: date) -> Unit:
    """`valid_to` is the last day. What is finished stays and stays readable; what is open must have gone elsewhere."""
    require(rules.may_manage(by, unit))
    require_no(rules.obstacle_to_closing(unit))
    require_no(obstacle_to_stranding(unit, valid_to + DAY))
    before, after = save_changes(unit, revision=revision, changes={"valid_to": valid_to})
    if after:
        audit.record("unit.closed", by=by, target=unit, unit=unit, before=before, after=after)
    return unit


def placed(unit: Unit) -> Unit:
    """Save a new unit with its path and nämnd; the path needs the key that saving gives."""
    unit.path = uuid.uuid4().hex
    unit.committee = unit.parent.committee if unit.parent else None
    unit.full_clean()
    unit.save()
    unit.path = f"{unit.parent.path if unit.parent else ''}{unit.pk}/"
    if unit.kind == UnitKind.COMMITTEE:
        unit.committee = unit
    unit.save(update_fields=["path", "committee"])
    keep_version(unit, unit.valid_from)
    return unit


def keep_version(unit: Unit, day: date) -> None:
    """Write down how it stands from the day on, and let the unit repeat what it has been called."""
    UnitVersion.of(unit, valid_from=day, recorded_at=timezone.now()).save()
    unit.earlier_names = names_before(unit.versions.all())
    unit.save(update_fields=["earlier_names"])


def names_before(versions: Iterable[UnitVersion]) -> list[dict[str, str]]:
    """What it was called before the last of the versions, which come in the order of time, and until when."""
    of_days = list({version.valid_from: version for version in versions}.values())
    return [
        {"until": (later.valid_from - DAY).isoformat(), "name": earlier.name}
        for earlier, later in pairwise(of_days)
        if earlier.name != later.name
    ]
