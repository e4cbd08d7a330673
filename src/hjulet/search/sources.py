"""What is searched: which texts each row says, which row bears them, and who may see that row."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone

from hjulet.actions.models import Action
from hjulet.collaboration.models import Attachment, Comment
from hjulet.monitoring.models import AgreementFollowUp, Control, DutyOccurrence, Occurrence, RecurringDuty
from hjulet.organisation.decisions.queries import decisions_visible_to
from hjulet.organisation.delegations.queries import delegated_decisions_visible_to, delegations_visible_to
from hjulet.organisation.models import Decision, DelegatedDecision, Delegation, Person, Unit
from hjulet.organisation.people.queries import people_visible_to
from hjulet.organisation.units.queries import units_visible_to
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
from hjulet.rulebook.documents.queries import version_on
from hjulet.rulebook.laws.queries import laws_visible_to, provisions_visible_to
from hjulet.rulebook.models import Agreement, DocumentVersion, GoverningDocument, Law, Process, Provision, QualityArea
from hjulet.rulebook.processes.states import ProcessState
from hjulet.rulebook.quality_areas.queries import areas_visible_to
from hjulet.search.models import Kind

LONGEST_BODY = 100_000
ROWS_AT_A_TIME = 200
LINK = re.compile(r"\[([^\]\n]*)\]\([^)\s]*\)")
MARKS = re.compile(r"[*`]+|^[#>\s|-]+|\|[\s|-]*", re.MULTILINE)


@dataclass(frozen=True)
class Bearer:
    """A kind of row with a page and an access rule of its own."""

    model: type[Model]
    visible_to: Callable[[Person], QuerySet]
    list_page: str = ""

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    def address(self, key: int) -> str:
        """The page of the row; the list for rows that have no page of their own."""
        return reverse(self.list_page) if self.list_page else self.model(pk=key).get_absolute_url()


@dataclass(frozen=True)
class Said:
    """What a row says. Its unit is shown beside it."""

    title: str
    texts: Iterable[str]
    day: date
    unit: Unit | None = None

    @property
    def body(self) -> str:
        """The texts one after the other without their markup, cut at `LONGEST_BODY` signs."""
        plain = (" ".join(MARKS.sub(without_mark, LINK.sub(r"\1", text)).split()) for text in self.texts)
        return "\n".join(filter(None, plain))[:LONGEST_BODY]


def without_mark(mark: re.Match) -> str:
    """Emphasis leaves no trace, a heading, a list or a cell of a table a space."""
    return "" if mark.group()[0] in "*`" else " "


@dataclass(frozen=True)
class Source:
    """A kind of row that is searched.

    `related` is what reading it needs. `follows` names the rows whose events also change what this one says, and the
    path to them. `bearer` finds the row that bears it, when that is another one. `stands` leaves out what is
    withdrawn, also while the index has not heard of it.
    """

    model: type[Model]
    kind: Kind
    read: Callable[[Any], Said]
    related: tuple[str, ...] = ()
    follows: Mapping[str, str] = field(default_factory=dict)
    bearer: Callable[[Any], Model] = lambda row: row
    stands: Mapping[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    def rows(self) -> QuerySet:
        """Every row that can be found by somebody."""
        return self.model._default_manager.filter(**self.stands).order_by("pk")

    def rows_of(self, label: str, keys: Iterable[int]) -> QuerySet:
        """The rows that say something else when something happened to those that are named."""
        path = "pk" if label == self.label else self.follows[label]
        return self.model._default_manager.filter(**{f"{path}__in": keys}).order_by("pk")


def day_of(moment: datetime) -> date:
    return timezone.localdate(moment)


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


def document(row: GoverningDocument) -> Said:
    """What applies today: a draft and what was replaced are read on the page of the document."""
    applies = version_on(row, timezone.localdate())
    texts = [row.search_words, row.summary, *([applies.plain, applies.changes] if applies else [])]
    return Said(row.title, texts, applies.valid_from if applies else day_of(row.created_at), row.unit)


def agreement(row: Agreement) -> Said:
    """With its parties and its requirements: they are what it is remembered by."""
    parties = [f"{party.name} {party.role}" for party in row.parties.all() if party.ended_date is None]
    requirements = [requirement.text for requirement in row.requirements.all() if requirement.ended_date is None]
    texts = [row.purpose, row.target_group, row.registry_number, *parties, *requirements]
    return Said(row.title, texts, row.valid_from or day_of(row.created_at), row.unit)


def agreement_follow_up(row: AgreementFollowUp) -> Said:
    notes = [verdict.note for verdict in row.verdicts.all()]
    return Said(str(row), [row.summary, row.measures, *notes], row.done_date, row.unit)


def process(row: Process) -> Said:
    """What applies; of one that is not adopted yet, what is being described."""
    versions = sorted(row.versions.all(), key=lambda one: (one.state == ProcessState.ADOPTED, one.number))
    version = versions[-1] if versions else None
    steps = [text for one in version.activities.all() for text in (one.title, one.description)] if version else []
    texts = [version.purpose, version.inputs, version.results] if version else []
    return Said(row.title, [*texts, *steps], day_of(row.created_at), row.unit)


def quality_area(row: QualityArea) -> Said:
    return Said(row.name, [row.explanation], row.valid_from)


def law(row: Law) -> Said:
    return Said(str(row), [row.title, row.short, row.demand, row.note], row.valid_from or day_of(row.created_at))


def provision(row: Provision) -> Said:
    texts = [row.heading, row.demand, row.law.title, row.note]
    return Said(str(row), texts, row.valid_from or row.law.valid_from or day_of(row.created_at))


def unit(row: Unit) -> Said:
    return Said(row.name, [row.code, row.get_kind_display()], row.valid_from, row.parent)


def person(row: Person) -> Said:
    return Said(row.name, [row.title, row.email], day_of(row.created_at))


def decision(row: Decision) -> Said:
    texts = [f"{row.committee} {row.meeting_date} § {row.paragraph}", row.registry_number]
    return Said(row.subject, texts, row.meeting_date, row.committee)


def delegation(row: Delegation) -> Said:
    return Said(str(row), [row.legal_basis, row.role_name, row.conditions], row.valid_from, row.committee)


def delegated_decision(row: DelegatedDecision) -> Said:
    texts = [row.registry_number, row.delegation_text, row.decided_by_name, row.reasons]
    return Said(row.subject, texts, row.decided_on or day_of(row.recorded_at), row.unit)


BEARERS = {
    bearer.label: bearer
    for bearer in (
        Bearer(Goal, Goal.objects.visible_to),
        Bearer(Risk, Risk.objects.visible_to),
        Bearer(RiskAnalysis, RiskAnalysis.objects.visible_to),
        Bearer(GoverningDocument, GoverningDocument.objects.visible_to),
        Bearer(DocumentVersion, DocumentVersion.objects.visible_to),
        Bearer(Process, Process.objects.visible_to),
        Bearer(QualityPlan, QualityPlan.objects.visible_to),
        Bearer(Action, Action.objects.visible_to),
        Bearer(Control, Control.objects.visible_to),
        Bearer(Occurrence, Occurrence.objects.visible_to),
        Bearer(RecurringDuty, RecurringDuty.objects.visible_to),
        Bearer(DutyOccurrence, DutyOccurrence.objects.visible_to),
        Bearer(Meeting, Meeting.objects.visible_to),
        Bearer(Outcome, Outcome.objects.visible_to),
        Bearer(Idea, Idea.objects.visible_to),
        Bearer(CompetenceNeed, CompetenceNeed.objects.visible_to),
        Bearer(FollowUp, FollowUp.objects.visible_to),
        Bearer(Agreement, Agreement.objects.visible_to),
        Bearer(AgreementFollowUp, AgreementFollowUp.objects.visible_to),
        Bearer(QualityArea, areas_visible_to, list_page="quality_areas:list"),
        Bearer(Law, laws_visible_to),
        Bearer(Provision, provisions_visible_to),
        Bearer(Unit, units_visible_to),
        Bearer(Person, people_visible_to),
        Bearer(Decision, decisions_visible_to, list_page="decisions:list"),
        Bearer(Delegation, delegations_visible_to),
        Bearer(DelegatedDecision, delegated_decisions_visible_to),
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
    Source(
        GoverningDocument,
        Kind.DOCUMENTS,
        document,
        ("unit",),
        {"rulebook.documentversion": "versions", "organisation.unit": "unit"},
    ),
    Source(
        Process,
        Kind.PROCESSES,
        process,
        ("unit", "versions__activities"),
        {"organisation.unit": "unit"},
    ),
    Source(Action, Kind.ACTIONS, action, ("unit", "progress_notes", "effect_checks")),
    Source(Control, Kind.CONTROLS, control, ("unit",)),
    Source(Occurrence, Kind.OCCURRENCES, occurrence, ("control__unit", "done_in"), {"monitoring.control": "control"}),
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
    Source(Agreement, Kind.AGREEMENTS, agreement, ("unit", "parties", "requirements")),
    Source(
        AgreementFollowUp,
        Kind.AGREEMENTS,
        agreement_follow_up,
        ("agreement__unit", "verdicts"),
        {"rulebook.agreement": "agreement"},
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
    Source(QualityArea, Kind.AREAS, quality_area),
    Source(Law, Kind.LAWS, law),
    Source(Provision, Kind.LAWS, provision, ("law",), {"rulebook.law": "law"}),
    Source(Unit, Kind.UNITS, unit, ("parent",)),
    Source(Person, Kind.PEOPLE, person, stands={"is_machine": False}),
    Source(Decision, Kind.DECISIONS, decision, ("committee",), {"organisation.unit": "committee"}),
    Source(Delegation, Kind.DELEGATIONS, delegation, ("committee",)),
    Source(DelegatedDecision, Kind.DELEGATIONS, delegated_decision, ("unit",)),
)
