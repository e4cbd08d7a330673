"""The kinds of work that wait for people. A new one is an entry here: it makes the one statement longer, not two."""

from dataclasses import replace
from datetime import date

from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce, Substr
from django.utils.translation import gettext_lazy as _

from hjulet.actions.models import Action
from hjulet.actions.queries import actions_awaiting
from hjulet.actions.states import ActionState
from hjulet.monitoring.indicators.queries import measurements_awaiting
from hjulet.monitoring.log_review.queries import reviews_awaiting
from hjulet.monitoring.models import DutyOccurrence, Measurement, Occurrence, Review, ReviewPlan
from hjulet.monitoring.recurring_duties.queries import duties_awaiting
from hjulet.monitoring.self_monitoring.queries import occurrences_awaiting
from hjulet.organisation.delegations.queries import decisions_awaiting_report
from hjulet.organisation.models import DelegatedDecision
from hjulet.organisation.roles.permissions import Permission
from hjulet.planning.ideas.queries import ideas_awaiting
from hjulet.planning.models import Idea, Outcome, QualityPlan
from hjulet.planning.participation.queries import outcomes_awaiting
from hjulet.planning.quality_plan.queries import plans_awaiting
from hjulet.reporting.follow_up.models import FollowUp
from hjulet.reporting.follow_up.queries import follow_ups_awaiting
from hjulet.reporting.my_work.shape import Found, Kind
from hjulet.rulebook.agreements.queries import to_end, to_follow_up, to_renew
from hjulet.rulebook.documents.models import DocumentVersion, GoverningDocument
from hjulet.rulebook.documents.queries import (
    documents_awaiting_review,
    documents_to_decide,
    documents_with_draft_to_review,
)
from hjulet.rulebook.introductions.queries import introductions_awaiting
from hjulet.rulebook.laws.models import LawReview
from hjulet.rulebook.laws.queries import law_reviews_awaiting
from hjulet.rulebook.models import Agreement, DocumentQuestion, Introduction, Process, ReadingRequest
from hjulet.rulebook.processes.queries import processes_awaiting_review, processes_to_adopt
from hjulet.rulebook.questions.queries import questions_awaiting
from hjulet.rulebook.receipts.queries import requests_awaiting, versions_new_to


def name_of_action(found: Found) -> str:
    return str(Action(pk=found.pk, title=found.title, is_secret=found.facts["is_secret"]))


def name_of_review(found: Found) -> str:
    start, end = (date.fromisoformat(found.facts[name]) for name in ("start", "end"))
    return str(Review(plan=ReviewPlan(unit=found.unit), period_start=start, period_end=end))


def plan_of(found: Found) -> QualityPlan:
    return QualityPlan(unit=found.unit, year=found.facts["year"])


def name_of_follow_up(found: Found) -> str:
    return str(FollowUp(unit=found.unit, plan=plan_of(found), period=found.facts["period"]))


# What a marked one is about is not even read.
UNLESS_SECRET = Case(When(is_secret=True, then=Value("")), default=F("title"))

TO_CARRY_OUT = Kind(
    heading=_("Genomför åtgärden"),
    model=Action,
    permission=Permission.ACTIONS_PERFORM,
    awaiting=lambda person: actions_awaiting(person).open(),
    day=F("due_date"),
    title=UNLESS_SECRET,
    facts={"is_secret": "is_secret"},
    in_words=name_of_action,
)
TO_CHECK = replace(
    TO_CARRY_OUT,
    heading=_("Bedöm effekten"),
    awaiting=lambda person: actions_awaiting(person).filter(state=ActionState.DONE),
    day=Coalesce("effect_due_date", "completed_date"),
)

AGREEMENT_TO_FOLLOW_UP = Kind(
    heading=_("Följ upp avtalet"),
    model=Agreement,
    permission=Permission.CONTROLS_PERFORM,
    awaiting=to_follow_up,
    day=F("next_follow_up_date"),
    title=F("title"),
)
AGREEMENTS = (
    AGREEMENT_TO_FOLLOW_UP,
    replace(
        AGREEMENT_TO_FOLLOW_UP, heading=_("Säg upp eller förläng avtalet"), awaiting=to_renew, day=F("notice_date")
    ),
    replace(AGREEMENT_TO_FOLLOW_UP, heading=_("Avsluta eller förläng avtalet"), awaiting=to_end, day=F("valid_to")),
)

KINDS = (
    TO_CARRY_OUT,
    TO_CHECK,
    Kind(
        heading=_("Gör egenkontrollen"),
        model=Occurrence,
        permission=Permission.CONTROLS_PERFORM,
        awaiting=occurrences_awaiting,
        day=F("due_date"),
        title=F("control__title"),
        through="control__",
    ),
    Kind(
        heading=_("Gör årsuppgiften"),
        model=DutyOccurrence,
        permission=Permission.CONTROLS_PERFORM,
        awaiting=duties_awaiting,
        day=F("due_date"),
        title=F("duty__title"),
        through="duty__",
    ),
    Kind(
        heading=_("Mät nyckeltalet"),
        model=Measurement,
        permission=Permission.INDICATORS_MEASURE,
        awaiting=measurements_awaiting,
        day=F("due_date"),
        title=F("indicator__name"),
        owned_through="indicator__",
    ),
    Kind(
        heading=_("Läs dokumentet"),
        model=ReadingRequest,
        permission=Permission.RULEBOOK_READ,
        awaiting=requests_awaiting,
        day=F("due_date"),
        title=F("version__title"),
        has_owner=False,
    ),
    Kind(
        heading=_("Läs det som är nytt"),
        model=DocumentVersion,
        permission=Permission.RULEBOOK_READ,
        awaiting=versions_new_to,
        title=F("title"),
        through="document__",
        has_owner=False,
    ),
    Kind(
        heading=_("Svara på frågan om dokumentet"),
        model=DocumentQuestion,
        permission=Permission.RULEBOOK_READ,
        awaiting=questions_awaiting,
        day=F("due_date"),
        title=F("document__title"),
        through="document__",
    ),
    Kind(
        heading=_("Gå igenom introduktionen"),
        model=Introduction,
        permission=Permission.RULEBOOK_READ,
        awaiting=introductions_awaiting,
        day=F("next_date"),
        title=F("name"),
        has_owner=False,
    ),
    Kind(
        heading=_("Svara på det som kom fram"),
        model=Outcome,
        permission=Permission.PARTICIPATION_EDIT,
        awaiting=outcomes_awaiting,
        day=F("answer_by_date"),
        title=Substr("text", 1, 200),
        through="meeting__",
    ),
    Kind(
        heading=_("Svara på en idé"),
        model=Idea,
        permission=Permission.IDEAS_ANSWER,
        awaiting=ideas_awaiting,
        day=F("answer_by_date"),
        title=F("title"),
        has_owner=False,
    ),
    Kind(
        heading=_("Registrera nämndens beslut om planen"),
        model=QualityPlan,
        permission=Permission.DECISIONS_RECORD,
        awaiting=plans_awaiting,
        has_owner=False,
        facts={"year": "year"},
        in_words=lambda found: str(plan_of(found)),
    ),
    Kind(
        heading=_("Registrera redovisningen i nämnden"),
        model=FollowUp,
        permission=Permission.DECISIONS_RECORD,
        awaiting=follow_ups_awaiting,
        has_owner=False,
        facts={"year": "plan__year", "period": "period"},
        in_words=name_of_follow_up,
    ),
    Kind(
        heading=_("Se över dokumentet"),
        model=GoverningDocument,
        permission=Permission.RULEBOOK_READ,
        awaiting=documents_awaiting_review,
        day=F("next_review_date"),
        title=F("title"),
    ),
    Kind(
        heading=_("Granska utkastet"),
        model=GoverningDocument,
        permission=Permission.RULEBOOK_READ,
        awaiting=documents_with_draft_to_review,
        title=F("title"),
        has_owner=False,
    ),
    Kind(
        heading=_("Besluta om dokumentet"),
        model=GoverningDocument,
        permission=Permission.RULEBOOK_READ,
        awaiting=documents_to_decide,
        title=F("title"),
        has_owner=False,
    ),
    Kind(
        heading=_("Fastställ processen"),
        model=Process,
        permission=Permission.RULEBOOK_DECIDE,
        awaiting=processes_to_adopt,
        title=F("title"),
        has_owner=False,
    ),
    Kind(
        heading=_("Se över processen"),
        model=Process,
        permission=Permission.RULEBOOK_READ,
        awaiting=processes_awaiting_review,
        day=F("next_review_date"),
        title=F("title"),
    ),
    Kind(
        heading=_("Granska läsloggen"),
        model=Review,
        permission=Permission.READ_LOG_REVIEW,
        awaiting=reviews_awaiting,
        day=F("due_date"),
        through="plan__",
        facts={"start": "period_start", "end": "period_end"},
        in_words=name_of_review,
    ),
    Kind(
        heading=_("Anmäl delegationsbeslutet till nämnden"),
        model=DelegatedDecision,
        permission=Permission.DECISIONS_RECORD,
        awaiting=decisions_awaiting_report,
        title=F("subject"),
        has_owner=False,
    ),
    Kind(
        heading=_("Gå igenom när lagen ändras"),
        model=LawReview,
        permission=Permission.RULEBOOK_READ,
        awaiting=law_reviews_awaiting,
        day=F("due_date"),
        title=F("title"),
    ),
    *AGREEMENTS,
)
