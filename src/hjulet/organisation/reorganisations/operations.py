from datetime import date
from typing import Any

from hjulet.audit import operations as audit
from hjulet.base.operations import locked, operation, require, require_no
from hjulet.base.workflow import perform
from hjulet.organisation.decisions.models import Decision
from hjulet.organisation.people.models import Person
from hjulet.organisation.reorganisations import rules
from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.reorganisations.models import Kind, Part, Placement, Reorganisation, Side, Succession
from hjulet.organisation.reorganisations.planning import DAY, Course, Plan, outcome_of, plan_of
from hjulet.organisation.reorganisations.states import WORKFLOW
from hjulet.organisation.units import operations as units
from hjulet.organisation.units.models import Unit


@operation
def draft_reorganisation(
    *,
    by: Person,
    kind: str,
    sources: list[Unit],
    effective_date: date,
    basis: str,
    decision: Decision | None = None,
    parent: Unit | None = None,
    receiver: Unit | None = None,
    new: list[tuple[str, str]] | None = None,
) -> Reorganisation:
    """Draw up what is to become of the units; nothing is changed yet.

    `receiver` is a unit that is there already, `new` names and codes of what is to come: of the unit itself when it is
    renamed. `parent` is where a unit is moved.
    """
    reorganisation = Reorganisation(kind=kind, created_by=by)
    said = {"effective_date": effective_date, "basis": basis, "decision": decision, "parent": parent}
    return drawn_up(reorganisation, by=by, sources=sources, receiver=receiver, new=new, **said)


@operation
def change_draft(
    reorganisation: Reorganisation,
    *,
    by: Person,
    revision: int,
    sources: list[Unit],
    receiver: Unit | None = None,
    new: list[tuple[str, str]] | None = None,
    **said: Any,
) -> Reorganisation:
    """Draw it up anew; `said` as to `draft_reorganisation`. Which way each row goes must be said again."""
    standing = locked(reorganisation, revision=revision)
    require(rules.may_plan(by, plan_of(standing)))
    require_no(rules.obstacle_to_changing(standing))
    standing.parts.all().delete()
    standing.revision += 1
    return drawn_up(standing, by=by, sources=sources, receiver=receiver, new=new, **said)


def drawn_up(
    reorganisation: Reorganisation,
    *,
    by: Person,
    sources: list[Unit],
    receiver: Unit | None,
    new: list[tuple[str, str]] | None,
    **said: Any,
) -> Reorganisation:
    """The row with its parts; a unit that receives the others is not one of those that end."""
    is_new = reorganisation.pk is None
    for name, value in said.items():
        setattr(reorganisation, name, value)
    begins = [unit for unit in dict.fromkeys(sources) if unit != receiver]
    reorganisation.unit = (begins or sources)[0]
    reorganisation.full_clean()
    reorganisation.save()
    for order, unit in enumerate(begins):
        save_part(reorganisation, Side.FROM, order, unit=unit)
    if receiver is not None:
        save_part(reorganisation, Side.TO, 0, unit=receiver)
    for order, (name, code) in enumerate(new or []):
        save_part(reorganisation, Side.TO, order, name=name, code=code)
    plan = plan_of(reorganisation)
    require(rules.may_plan(by, plan))
    audit.record(
        f"reorganisation.{'drafted' if is_new else 'changed'}",
        by=by,
        target=reorganisation,
        after={"kind": reorganisation.kind, "unit": [*map(str, plan.sources)], "to": [*map(str, plan.targets)]} | said,
    )
    return reorganisation


def save_part(reorganisation: Reorganisation, side: Side, order: int, **what: Any) -> None:
    part = Part(reorganisation=reorganisation, side=side, order=order, **what)
    part.full_clean()
    part.save()


@operation
def place_rows(
    reorganisation: Reorganisation, *, by: Person, following: Following, parts: dict[int, Part | None]
) -> Reorganisation:
    """Say which way open rows of one kind go when the unit is divided, by key; None leaves it to the first part."""
    standing = locked(reorganisation)
    plan = plan_of(standing)
    require(rules.may_sort(by, plan, following))
    require_no(rules.obstacle_to_sorting(plan))
    chosen = Placement.objects.filter(reorganisation=standing, key=following.key, row_id__in=parts)
    before = dict(chosen.values_list("row_id", "part__name"))
    chosen.delete()
    given = {row_id: part for row_id, part in parts.items() if part is not None}
    Placement.objects.bulk_create(
        Placement(reorganisation=standing, key=following.key, row_id=row_id, part=part)
        for row_id, part in given.items()
    )
    audit.record(
        "reorganisation.sorted",
        by=by,
        target=standing,
        before={"rows": [f"{row_id}: {name}" for row_id, name in before.items()]},
        after={"of": str(following.name), "rows": [f"{row_id}: {part.name}" for row_id, part in given.items()]},
    )
    return reorganisation


@operation
def plan_reorganisation(reorganisation: Reorganisation, *, by: Person, day: date) -> Reorganisation:
    """Decide it for its day; one whose day is here is carried out at once. `day` is today."""
    plan = held_plan(reorganisation)
    require(rules.may_plan(by, plan))
    require_no(WORKFLOW.obstacle_to("plan", plan.reorganisation.state) or rules.obstacle_to_planning(plan))
    make_move(reorganisation, "plan", by=by)
    if reorganisation.effective_date <= day:
        carry_out(reorganisation, by=by)
    return reorganisation


@operation
def take_back(reorganisation: Reorganisation, *, by: Person) -> Reorganisation:
    require(rules.may_plan(by, plan_of(reorganisation)))
    return make_move(reorganisation, "take_back", by=by)


@operation
def cancel_reorganisation(reorganisation: Reorganisation, *, by: Person, reason: str) -> Reorganisation:
    require(rules.may_plan(by, plan_of(reorganisation)))
    return make_move(reorganisation, "cancel", by=by, reason=reason)


@operation
def carry_out(reorganisation: Reorganisation, *, by: Person) -> Reorganisation:
    """Do what was planned, all of it or nothing, dated as it was decided however late it is done."""
    plan = held_plan(reorganisation)
    require(rules.may_plan(by, plan))
    require_no(WORKFLOW.obstacle_to("carry_out", plan.reorganisation.state) or rules.obstacle_to_carrying_out(plan))
    day = plan.reorganisation.effective_date
    if plan.kind == Kind.RENAME:
        (named,) = plan.targets
        units.rename_unit(plan.sources[0], by=by, name=named.name, code=named.code, day=day)
    elif not plan.dissolves:
        units.move_unit(plan.sources[0], by=by, parent=plan.parent, day=day)
    else:
        dissolve(plan, by=by)
    return make_move(reorganisation, "carry_out", by=by, outcome=outcome_of(plan.courses))


def held_plan(reorganisation: Reorganisation) -> Plan:
    """What it would do now, with its units held: of two that meet in a unit, the second sees what the first has done."""
    standing = locked(reorganisation)
    keys = [unit.pk for unit in plan_of(standing).involved]
    list(Unit.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    return plan_of(standing)


def dissolve(plan: Plan, *, by: Person) -> None:
    """Take everything that is open where it goes, and close what it came from; the innermost first."""
    day = plan.reorganisation.effective_date
    courses, leaving = plan.courses, list(plan.leaving.order_by("path"))
    arrived = established(plan, leaving, by=by)
    for course in courses:
        row = course.following.model._base_manager.get(pk=course.row_id)
        course.following.follow(row, by=by, to=arrival_of(course, plan, arrived), day=day)
    for unit in reversed(leaving):
        units.close_unit(unit, by=by, revision=locked(unit).revision, valid_to=day - DAY)
    for earlier, later in successions(plan, arrived):
        Succession(reorganisation=plan.reorganisation, earlier=earlier, later=later, day=day).save()


def arrival_of(course: Course, plan: Plan, arrived: dict[str, Unit]) -> Any:
    """The unit that the row goes to, None when there is none; of what goes everywhere all the units."""
    if course.following.everywhere:
        return [arrived[to.key] for to in plan.destinations]
    return arrived[course.to.key] if course.to else None


def established(plan: Plan, leaving: list[Unit], *, by: Person) -> dict[str, Unit]:
    """The unit of every destination, where it is not there already a new one."""
    first: Any = plan.sources[0]
    day = plan.reorganisation.effective_date
    arrived: dict[str, Unit] = {}
    for to in plan.destinations:
        if to.unit is None:
            above = plan.parent or first.parent
            to.part.unit = units.establish_unit(
                by=by, kind=first.kind, parent=above, name=to.part.name, code=to.part.code, valid_from=day
            )
            to.part.save(update_fields=["unit"])
        arrived[to.key] = to.unit or to.part.unit
    for unit in leaving if plan.crosses else ():
        over = plan.successors.get(unit.parent_id or 0)
        arrived[plan.successors[unit.pk].key] = units.establish_unit(
            by=by,
            kind=unit.kind,
            parent=arrived[over.key] if over else plan.parent,
            name=unit.name,
            code=unit.code,
            valid_from=day,
        )
    return arrived


def successions(plan: Plan, arrived: dict[str, Unit]) -> list[tuple[Unit, Unit]]:
    if plan.crosses:
        return [(to.succeeding, arrived[to.key]) for to in plan.successors.values()]
    return [(source, arrived[to.key]) for source in plan.sources for to in plan.destinations]


def make_move(
    reorganisation: Reorganisation, move: str, *, by: Person, reason: str = "", **fields: Any
) -> Reorganisation:
    """The part all moves share: the table's word, the step and the audit event."""
    before = reorganisation.state
    perform(reorganisation, WORKFLOW, move, by=by, reason=reason, **fields)
    counts = [f"{said['key']}: {len(said['rows'])}" for said in fields.get("outcome", [])]
    audit.record(
        f"reorganisation.{move}",
        by=by,
        target=reorganisation,
        before={"state": before},
        after={"state": reorganisation.state, "reason": reason} | ({"rows": counts} if counts else {}),
    )
    return reorganisation
