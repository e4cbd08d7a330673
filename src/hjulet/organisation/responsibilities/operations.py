from datetime import date, timedelta
from typing import Any

from hjulet.audit import operations as audit
from hjulet.base.operations import locked, operation, require, require_no, save_changes
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.responsibilities import rules
from hjulet.organisation.responsibilities.models import MARKS, AreaResponsibility, ResponsibilityArea
from hjulet.organisation.units.rules import may_manage, obstacle_to_beginning_in

DAY = timedelta(days=1)


@operation
def make_responsible(
    *, by: Person, area: ResponsibilityArea, unit: Unit, role: str, valid_from: date, comment: str = "", **marks: bool
) -> AreaResponsibility:
    """`marks` are those of `MARKS` that the role answers for, in the unit and what lies under it."""
    require(rules.may_edit(by, unit))
    require_no(obstacle_to_beginning_in(unit) or rules.obstacle_to_area(area, valid_from))
    responsibility = AreaResponsibility(
        area=area, unit=unit, role=role, valid_from=valid_from, comment=comment.strip(), **marks
    )
    responsibility.full_clean()
    responsibility.save()
    audit.record("arearesponsibility.given", by=by, target=responsibility, unit=unit, after=said_of(responsibility))
    return responsibility


@operation
def change_responsibility(
    responsibility: AreaResponsibility, *, by: Person, revision: int, **changes: Any
) -> AreaResponsibility:
    """`changes` are fields of `ResponsibilityForm`."""
    require(rules.may_edit(by, responsibility.unit))
    require_no(rules.obstacle_to_changing(locked(responsibility)))
    before, after = save_changes(responsibility, revision=revision, changes=changes)
    if after:
        audit.record(
            "arearesponsibility.changed",
            by=by,
            target=responsibility,
            unit=responsibility.unit,
            before=before,
            after=after,
        )
    return responsibility


@operation
def end_responsibility(responsibility: AreaResponsibility, *, by: Person, valid_to: date) -> AreaResponsibility:
    """`valid_to` is the last day."""
    require(rules.may_edit(by, responsibility.unit))
    standing = locked(responsibility)
    require_no(rules.obstacle_to_ending(standing, valid_to))
    before, after = save_changes(responsibility, revision=standing.revision, changes={"valid_to": valid_to})
    audit.record(
        "arearesponsibility.ended",
        by=by,
        target=responsibility,
        unit=responsibility.unit,
        before=before,
        after=after,
    )
    return responsibility


@operation
def relocate_responsibility(
    responsibility: AreaResponsibility, *, by: Person, to: Unit | None, day: date
) -> AreaResponsibility | None:
    """Follows when its unit is reorganised: there until the day and in `to` from it; nowhere without `to`."""
    require(may_manage(by, responsibility.unit) and (to is None or may_manage(by, to)))
    standing = locked(responsibility)
    last = max(day - DAY, standing.valid_from)
    save_changes(responsibility, revision=standing.revision, changes={"valid_to": last})
    audit.record(
        "arearesponsibility.ended",
        by=by,
        target=responsibility,
        unit=responsibility.unit,
        after={"valid_to": last},
    )
    if to is None or is_there(standing, to):
        return None
    said = {name: getattr(standing, name) for name in ("area", "role", "comment", *MARKS)}
    there = AreaResponsibility(unit=to, valid_from=max(day, standing.valid_from), **said)
    there.full_clean()
    there.save()
    audit.record("arearesponsibility.given", by=by, target=there, unit=to, after=said_of(there))
    return there


def is_there(responsibility: AreaResponsibility, to: Unit) -> bool:
    """Whether the role answers for the area in the other unit already."""
    same = {"area": responsibility.area_id, "role": responsibility.role}
    return AreaResponsibility.objects.filter(unit=to, valid_to=None, **same).exists()


def said_of(responsibility: AreaResponsibility) -> dict[str, Any]:
    fields = ("area", "unit", "role", *MARKS, "comment", "valid_from")
    return {name: getattr(responsibility, name) for name in fields}
