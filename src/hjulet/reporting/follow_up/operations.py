from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from hjulet.audit import operations as audit
from hjulet.base.frozen import freeze
from hjulet.base.operations import operation, require, require_no, save_changes
from hjulet.base.workflow import perform
from hjulet.collaboration.notices.deciding import tell_whoever_records_decisions
from hjulet.organisation.decisions.operations import record_decision
from hjulet.organisation.models import Person
from hjulet.planning.models import QualityPlan, RiskAnalysis, RiskSource
from hjulet.planning.quality_plan.operations import start_follow_up
from hjulet.planning.quality_plan.states import PlanState
from hjulet.planning.risk_analyses.operations import start_analysis_from
from hjulet.planning.risks.operations import identify_risk
from hjulet.reporting.follow_up import queries, rules
from hjulet.reporting.follow_up.documents import files_of
from hjulet.reporting.follow_up.models import FollowUp, FollowUpFile, FollowUpText, Lesson
from hjulet.reporting.follow_up.periods import period_ends, period_starts
from hjulet.reporting.follow_up.states import WORKFLOW
from hjulet.rulebook.models import QualityArea

SOURCE_OF_LESSONS = "plan_follow_up"


@operation
def start_follow_up_of(plan: QualityPlan, *, by: Person, period: str) -> FollowUp:
    """Open a follow-up with an empty text for each quality area; the first one also tells the plan."""
    require(rules.may_edit(by, plan.unit))
    require_no(rules.obstacle_to_starting(plan))
    follow_up = FollowUp(
        plan=plan,
        unit=plan.unit,
        period=period,
        from_date=period_starts(period, plan.year),
        to_date=period_ends(period, plan.year),
    )
    follow_up.full_clean()
    follow_up.save()
    for area in (None, *QualityArea.objects.on(timezone.localdate())):
        follow_up.texts.create(quality_area=area)
    audit.record("follow_up.started", by=by, target=follow_up, after={"plan": plan, "period": period})
    if plan.state == PlanState.ADOPTED:
        start_follow_up(plan, by=by)
    return follow_up


@operation
def write_text(text: FollowUpText, *, by: Person, revision: int, body: str) -> FollowUpText:
    follow_up = text.follow_up
    require(rules.may_edit(by, follow_up.unit))
    require_no(rules.obstacle_to_writing(follow_up))
    before, after = save_changes(text, revision=revision, changes={"body": body})
    if after:
        audit.record("follow_up.text_written", by=by, target=follow_up, before=before, after=after)
    return text


@operation
def add_lesson(
    follow_up: FollowUp, *, by: Person, quality_area: QualityArea, text: str, becomes_risk: bool = False
) -> Lesson:
    require(rules.may_edit(by, follow_up.unit))
    require_no(rules.obstacle_to_writing(follow_up))
    lesson = Lesson(follow_up=follow_up, quality_area=quality_area, text=text, becomes_risk=becomes_risk)
    lesson.full_clean()
    lesson.save()
    audit.record("follow_up.lesson_added", by=by, target=follow_up, after={"text": text, "becomes_risk": becomes_risk})
    return lesson


@operation
def change_lesson(lesson: Lesson, *, by: Person, revision: int, **changes: Any) -> Lesson:
    """`changes` are fields of `LessonForm`."""
    require(rules.may_edit(by, lesson.follow_up.unit))
    require_no(rules.obstacle_to_writing(lesson.follow_up))
    before, after = save_changes(lesson, revision=revision, changes=changes)
    if after:
        audit.record("follow_up.lesson_changed", by=by, target=lesson.follow_up, before=before, after=after)
    return lesson


@operation
def propose_follow_up(follow_up: FollowUp, *, by: Person) -> FollowUp:
    """What the nämnd is sent is frozen here: it gets just that, whatever happens to the rows meanwhile."""
    content = queries.content_of(follow_up)
    lacking = queries.lacking_in(follow_up, content)
    make_move(follow_up, "propose", by=by, lacking=lacking, frozen=freeze(content))
    tell_whoever_records_decisions(follow_up, by=by)
    return follow_up


@operation
def send_back_follow_up(follow_up: FollowUp, *, by: Person, reason: str) -> FollowUp:
    return make_move(follow_up, "send_back", by=by, reason=reason, frozen=None)


@operation
def report_follow_up(
    follow_up: FollowUp, *, by: Person, meeting_date: date, paragraph: str, registry_number: str
) -> FollowUp:
    """The nämnd has had it: enter the decision and keep the files as they were."""
    require(rules.may_report(by, follow_up.unit))
    require_no(rules.obstacle_to_move(follow_up, "report"))
    content = queries.content_of(follow_up)
    decision = record_decision(
        by=by,
        committee=follow_up.unit,
        meeting_date=meeting_date,
        paragraph=paragraph,
        registry_number=registry_number,
        subject=str(follow_up),
    )
    for file in files_of(content, name=slugify(str(follow_up)), day=meeting_date):
        FollowUpFile.objects.create(follow_up=follow_up, **file)
    return make_move(follow_up, "report", by=by, decision=decision)


@operation
def start_next_year(follow_up: FollowUp, *, by: Person) -> list[RiskAnalysis]:
    """Begin next year's analyses from this year's, and take in the lessons that are to become risks."""
    require(rules.may_edit(by, follow_up.unit))
    require_no(rules.obstacle_to_next_year(follow_up, is_started=queries.next_year_is_started(follow_up)))
    finished = RiskAnalysis.objects.filter(
        unit__path__startswith=follow_up.unit.path, unit__valid_to=None, year=follow_up.plan.year
    )
    begun = [start_analysis_from(analysis, by=by) for analysis in finished.order_by("unit__path")]
    source = RiskSource.objects.filter(key=SOURCE_OF_LESSONS).first()
    for lesson in follow_up.lessons.filter(becomes_risk=True, risk=None):
        lesson.risk = identify_risk(
            by=by,
            analysis=begun[0],
            title=lesson.text[:600],
            deficiency=lesson.text,
            quality_area=lesson.quality_area,
            source=source,
            source_note=str(follow_up),
        )
        lesson.save(update_fields=["risk"])
    audit.record("follow_up.next_year_started", by=by, target=follow_up, after={"analyses": begun})
    return begun


def make_move(
    follow_up: FollowUp, move: str, *, by: Person, reason: str = "", lacking: Iterable[str] = (), **fields: Any
) -> FollowUp:
    """The part all moves share: the rule, the table's word, the step and the audit event."""
    before = follow_up.state
    require(rules.may_move(by, follow_up, move))
    require_no(rules.obstacle_to_move(follow_up, move, lacking=lacking))
    perform(follow_up, WORKFLOW, move, by=by, reason=reason, **fields)
    audit.record(
        f"follow_up.{move}",
        by=by,
        target=follow_up,
        before={"state": before},
        after={"state": follow_up.state, "reason": reason},
    )
    return follow_up
