from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from hjulet.audit import operations as audit
from hjulet.base.operations import locked, operation, require, require_no, save_changes
from hjulet.base.workflow import perform
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.relocating import relocate
from hjulet.organisation.units.rules import obstacle_to_beginning_in
from hjulet.rulebook.introduction_templates import rules as template_rules
from hjulet.rulebook.introduction_templates.models import IntroductionTemplate
from hjulet.rulebook.introduction_templates.rules import may_lead
from hjulet.rulebook.introduction_templates.states import SignedBy
from hjulet.rulebook.introductions import rules
from hjulet.rulebook.introductions.models import Introduction, Point, SignOff
from hjulet.rulebook.introductions.notices import tell_both
from hjulet.rulebook.introductions.remaining import with_reading
from hjulet.rulebook.introductions.states import WORKFLOW, IntroductionState
from hjulet.rulebook.receipts.operations import confirm_reading
from hjulet.rulebook.receipts.queries import version_to_read


@operation
def plan_introduction(
    *, by: Person, unit: Unit, template: IntroductionTemplate, person: Person, supervisor: Person, start_date: date
) -> Introduction:
    """A person's own introduction, with the template's points as they are worded today."""
    require(may_lead(by, unit) and by != person)
    require_no(obstacle_to_beginning_in(unit) or template_rules.obstacle_to_changing(template))
    introduction = Introduction(
        unit=unit,
        template=template,
        person=person,
        supervisor=supervisor,
        start_date=start_date,
        name=template.name,
        role=template.role,
    )
    introduction.full_clean()
    introduction.save()
    Point.objects.bulk_create(
        Point(
            introduction=introduction,
            text=point.text,
            document=point.document,
            due_date=start_date + timedelta(days=point.days),
            order=number,
            **point.said,
        )
        for number, point in enumerate(template.points.filter(removed_date=None))
    )
    audit.record("introduction.planned", by=by, target=introduction, after={"name": template.name, "start": start_date})
    if start_date <= timezone.localdate():
        make_move(introduction, "begin", by=by)
    return introduction


@operation
def change_introduction(introduction: Introduction, *, by: Person, revision: int, supervisor: Person) -> Introduction:
    """Another supervisor takes over. No names in the log: who, the page tells those who may know."""
    require(rules.leads(by, introduction))
    require_no(rules.obstacle_to_changing(introduction))
    _before, after = save_changes(introduction, revision=revision, changes={"supervisor": supervisor})
    if after:
        audit.record("introduction.supervisor_changed", by=by, target=introduction)
    return introduction


@operation
def sign_point(point: Point, *, by: Person, part: str) -> Point:
    """One part of a point is done. Of a document the employee's part is to confirm the reading."""
    introduction = point.introduction
    require(rules.may_sign(by, introduction, part))
    standing = (
        with_reading(Point.objects.filter(pk=point.pk))
        .select_related("introduction")
        .select_for_update(of=("self",))
        .get()
    )
    require_no(rules.obstacle_to_signing(standing, part))
    if part == SignedBy.EMPLOYEE and point.document and (version := version_to_read(point.document)):
        confirm_reading(version, by=by)
        return point
    return write_sign_off(point, part, by=by, signed=timezone.localdate())


@operation
def undo_sign_off(point: Point, *, by: Person, part: str, reason: str) -> Point:
    """It was not done after all. The signature stays in the history, with why it no longer counts."""
    require(rules.may_sign(by, point.introduction, part))
    require_no(rules.obstacle_to_undoing(locked(point), part))
    return write_sign_off(point, part, by=by, signed=None, reason=reason.strip(), is_undone=True)


def write_sign_off(point: Point, part: str, *, by: Person, signed: date | None, **said: Any) -> Point:
    sign_off = SignOff(point=point, part=part, by=by, by_name=by.signature, at=timezone.now(), **said)
    sign_off.full_clean()
    sign_off.save()
    setattr(point, f"{part}_signed_date", signed)
    point.save(update_fields=[f"{part}_signed_date"])
    verb = "introduction.sign_off_undone" if signed is None else "introduction.signed"
    audit.record(verb, by=by, target=point.introduction, after={"point": point.text, "part": part})
    return point


@operation
def begin_introduction(introduction: Introduction, *, by: Person) -> Introduction:
    return make_move(introduction, "begin", by=by)


@operation
def finish_introduction(introduction: Introduction, *, by: Person) -> Introduction:
    return make_move(introduction, "finish", by=by)


@operation
def reopen_introduction(introduction: Introduction, *, by: Person, reason: str) -> Introduction:
    return make_move(introduction, "reopen", by=by, reason=reason)


@operation
def cancel_introduction(introduction: Introduction, *, by: Person, reason: str) -> Introduction:
    return make_move(introduction, "cancel", by=by, reason=reason)


def make_move(introduction: Introduction, move: str, *, by: Person, reason: str = "") -> Introduction:
    require(rules.may_move(by, introduction, move))
    require_no(rules.obstacle_to_move(introduction, move))
    was = introduction.state
    perform(introduction, WORKFLOW, move, by=by, reason=reason)
    audit.record(
        f"introduction.{move}", by=by, target=introduction, before={"state": was}, after={"state": introduction.state}
    )
    if move == "begin":
        tell_both(introduction, by=by)
    return introduction


@operation
def begin_what_has_come(*, by: Person, day: date) -> int:
    """Those whose first day has come, however long ago."""
    require(by.is_machine)
    due = Introduction.objects.filter(state=IntroductionState.PLANNED, start_date__lte=day).order_by("pk")
    for introduction in due:
        make_move(introduction, "begin", by=by)
    return len(due)


@operation
def relocate_introduction(introduction: Introduction, *, by: Person, to: Unit, day: date) -> Introduction:
    relocate(introduction, by=by, to=to)
    return introduction
