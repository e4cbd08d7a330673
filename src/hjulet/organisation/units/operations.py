import uuid
from datetime import date
from typing import Any

from hjulet.audit import operations as audit
from hjulet.base.operations import operation, require, require_no, save_changes
from hjulet.organisation.people.models import Person
from hjulet.organisation.units import rules
from hjulet.organisation.units.models import Unit, UnitKind


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
    """`changes` are fields of `ChangeForm`."""
    require(rules.may_manage(by, unit))
    require_no(rules.obstacle_to_changing(unit))
    return save(unit, "unit.changed", by=by, revision=revision, changes=changes)


@operation
def close_unit(unit: Unit, *, by: Person, revision: int, valid_to: date) -> Unit:
    """`valid_to` is the last day. What belongs to the unit stays, and stays readable."""
    require(rules.may_manage(by, unit))
    require_no(rules.obstacle_to_closing(unit))
    return save(unit, "unit.closed", by=by, revision=revision, changes={"valid_to": valid_to})


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
    return unit


def save(unit: Unit, verb: str, *, by: Person, revision: int, changes: dict) -> Unit:
    before, after = save_changes(unit, revision=revision, changes=changes)
    if after:
        audit.record(verb, by=by, target=unit, unit=unit, before=before, after=after)
    return unit
