"""What is searched: which texts each row says, which row bears them, and who may see that row."""

from typing import Any

from hjulet.actions.models import Action
from hjulet.collaboration.models import Attachment, Comment
from hjulet.monitoring.indicators.states import MeasurementState
from hjulet.monitoring.models import Control, DutyOccurrence, Indicator, Measurement, Occurrence, RecurringDuty
from hjulet.planning.models import (
    CompetenceNeed,
    Goal,
    Idea,
    Meeting,
    Outcome,
    PlanText,
    QualityPlan,
    Risk,
    RiskAnalysis,
)
from hjulet.reporting.models import FollowUp, FollowUpText, Lesson
from hjulet.search import of_the_organisation, of_the_rulebook
from hjulet.search.models import Kind
from hjulet.search.shape import Bearer, Said, Source, day_of

ROWS_AT_A_TIME = 200


def goal(row: Goal) -> Said:
    return Said(row.title, [row.description, row.withdrawn_reason], day_of(row.created_at), row.unit)


def risk(row: Risk) -> Said:
    if row.is_secret:
        return Said(str(row), [], day_of(row.created_at), row.analysis.unit)
    causes = [row.deficiency, row.consequence, row.deeper_analysis, row.source_note]
    reasons = [row.change_reason, row.accepted_reason]
    return Said(str(row), [*causes, *reasons], day_of(row.created_at), row.analysis.unit)


def analysis(row: RiskAnalysis) -> Said:
    return Said(str(row), [], day_of(row.created_at), row.unit)


def plan_text(row: PlanText) -> Said:
    return Said(f"{row.title} – {row.plan}", [row.body], day_of(row.plan.created_at), row.plan.unit)


def action(row: Action) -> Said:
    """The latest notes come first: they are what someone looks for, and stay when the whole is cut."""
    if row.is_secret:
        return Said(str(row), [], day_of(row.created_at), row.unit)
    notes = [note.text for note in row.progress_notes.all()][::-1]
    checks = [check.evidence for check in row.effect_checks.all()][::-1]
    return Said(str(row), [row.description, row.result, *checks, *notes], day_of(row.created_at), row.unit)


def control(row: Control) -> Said:
    texts = [row.purpose, row.requirement, row.method, row.stopped_reason]
    return Said(row.title, texts, day_of(row.created_at), row.unit)


def occurrence(row: Occurrence) -> Said:
    return Said(str(row), [row.finding, row.evidence], row.done_date or row.due_date, row.unit)


def indicator(row: Indicator) -> Said:
    counted = [row.numerator, row.denominator, row.method, row.source]
    texts = [row.definition, *counted, row.question, row.withdrawn_reason]
    return Said(row.name, texts, day_of(row.created_at), row.unit)


def measurement(row: Measurement) -> Said:
    """Without figures: few may see those of a small group."""
    return Said(str(row), [row.comment, row.missing_reason], row.measured_date or row.due_date, row.unit)


def duty(row: RecurringDuty) -> Said:
    return Said(row.title, [row.description, row.legal_basis, row.stopped_reason], day_of(row.created_at), row.unit)


def duty_occurrence(row: DutyOccurrence) -> Said:
    return Said(str(row), [row.result], row.done_date or row.due_date, row.unit)


def meeting(row: Meeting) -> Said:
    return Said(str(row), [row.summary], row.meeting_date, row.unit)


def outcome(row: Outcome) -> Said:
    return Said(str(row), [row.text, row.no_measure_reason], row.meeting.meeting_date, row.unit)


def idea(row: Idea) -> Said:
    """Not who proposed it: that is told only to those who answer."""
    return Said(row.title, [row.why, row.place, row.answer, row.result], day_of(row.proposed_at), row.unit)


def need(row: CompetenceNeed) -> Said:
    """Without figures: few may see those of a small group."""
    return Said(str(row), [row.plan, row.competence.area, row.ended_reason], day_of(row.created_at), row.unit)


def follow_up_text(row: FollowUpText) -> Said:
    return Said(f"{row} – {row.follow_up}", [row.body], row.follow_up.to_date, row.follow_up.unit)


def lesson(row: Lesson) -> Said:
    return Said(str(row.follow_up), [row.text], row.follow_up.to_date, row.follow_up.unit)


def comment(row: Comment) -> Said:
    return Said(str(row.target), [] if is_marked(row.target) else [row.text], day_of(row.at), row.target.unit)


def attachment(row: Attachment) -> Said:
    """Its name and description, and what it hangs on; not what is in the file."""
    if is_marked(row.target):
        return Said(str(row.target), [], day_of(row.at), row.target.unit)
    return Said(row.name, [row.description, str(row.target)], day_of(row.at), row.target.unit)


def is_marked(target: Any) -> bool:
    """What is marked as secret is found by its number only, and so is what has been said about it."""
    return getattr(target, "is_secret", False)


BEARERS = {
    bearer.label: bearer
    for bearer in (
        Bearer(Goal, Goal.objects.visible_to),
        Bearer(Risk, Risk.objects.visible_to),
        Bearer(RiskAnalysis, RiskAnalysis.objects.visible_to),
        Bearer(QualityPlan, QualityPlan.objects.visible_to),
        Bearer(Action, Action.objects.visible_to),
        Bearer(Control, Control.objects.visible_to),
        Bearer(Occurrence, Occurrence.objects.visible_to),
        Bearer(Indicator, Indicator.objects.visible_to),
        Bearer(Measurement, Measurement.objects.visible_to),
        Bearer(RecurringDuty, RecurringDuty.objects.visible_to),
        Bearer(DutyOccurrence, DutyOccurrence.objects.visible_to),
        Bearer(Meeting, Meeting.objects.visible_to),
        Bearer(Outcome, Outcome.objects.visible_to),
        Bearer(Idea, Idea.objects.visible_to),
        Bearer(CompetenceNeed, CompetenceNeed.objects.visible_to),
        Bearer(FollowUp, FollowUp.objects.visible_to),
        *of_the_rulebook.BEARERS,
        *of_the_organisation.BEARERS,
    )
}

SOURCES = (
    Source(Goal, Kind.GOALS, goal, ("unit",)),
    Source(Risk, Kind.RISKS, risk, ("analysis__unit",), {"planning.riskanalysis": "analysis"}),
    Source(RiskAnalysis, Kind.ANALYSES, analysis, ("unit",), {"organisation.unit": "unit"}),
    Source(
        PlanText,
        Kind.PLANS,
        plan_text,
        ("plan__unit",),
        {"planning.qualityplan": "plan", "organisation.unit": "plan__unit"},
        lambda row: row.plan,
    ),
    Source(Action, Kind.ACTIONS, action, ("unit", "progress_notes", "effect_checks")),
    Source(Control, Kind.CONTROLS, control, ("unit",)),
    Source(Occurrence, Kind.OCCURRENCES, occurrence, ("control__unit", "done_in"), {"monitoring.control": "control"}),
    Source(Indicator, Kind.INDICATORS, indicator, ("unit",)),
    # What is only to be measured says nothing that the indicator does not.
    Source(
        Measurement,
        Kind.INDICATORS,
        measurement,
        ("indicator", "unit"),
        {"monitoring.indicator": "indicator"},
        stands={"state": MeasurementState.MEASURED},
    ),
    Source(RecurringDuty, Kind.DUTIES, duty, ("unit",)),
    Source(
        DutyOccurrence, Kind.DUTIES, duty_occurrence, ("duty__unit", "done_in"), {"monitoring.recurringduty": "duty"}
    ),
    Source(Meeting, Kind.MEETINGS, meeting, ("unit", "kind"), {"planning.meetingkind": "kind"}),
    Source(Outcome, Kind.MEETINGS, outcome, ("meeting__unit",), {"planning.meeting": "meeting"}),
    Source(Idea, Kind.IDEAS, idea, ("unit",)),
    Source(CompetenceNeed, Kind.COMPETENCE, need, ("unit", "competence"), {"planning.competence": "competence"}),
    Source(
        FollowUpText,
        Kind.FOLLOW_UPS,
        follow_up_text,
        ("quality_area", "follow_up__unit", "follow_up__plan"),
        {
            "reporting.followup": "follow_up",
            "rulebook.qualityarea": "quality_area",
            "organisation.unit": "follow_up__unit",
        },
        lambda row: row.follow_up,
    ),
    Source(
        Lesson,
        Kind.FOLLOW_UPS,
        lesson,
        ("follow_up__unit", "follow_up__plan"),
        {"reporting.followup": "follow_up", "organisation.unit": "follow_up__unit"},
        lambda row: row.follow_up,
    ),
    Source(Comment, Kind.COMMENTS, comment, ("target",), bearer=lambda row: row.target, stands={"withdrawn_at": None}),
    Source(
        Attachment,
        Kind.ATTACHMENTS,
        attachment,
        ("target",),
        bearer=lambda row: row.target,
        stands={"withdrawn_at": None},
    ),
    *of_the_rulebook.SOURCES,
    *of_the_organisation.SOURCES,
)
