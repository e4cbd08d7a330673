"""What was done, whether it helped, what people said, and what the nämnd was told."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from hjulet.actions.models import EffectCheck
from hjulet.actions.queries import actions_visible_to
from hjulet.actions.states import OPEN, ActionState
from hjulet.organisation.units.models import lies_below
from hjulet.planning.participation.models import OutcomeKind
from hjulet.planning.participation.queries import outcomes_visible_to
from hjulet.planning.participation.states import OutcomeState
from hjulet.reporting.compliance.evidence.kinds import Evidence, Source
from hjulet.reporting.follow_up.models import Lesson, Period
from hjulet.reporting.follow_up.queries import follow_ups_visible_to
from hjulet.reporting.follow_up.states import FollowUpState

CHECKS = EffectCheck.objects.filter(action=OuterRef("pk")).order_by()

ACTIONS = Source(
    rows=lambda person, committee, day: (
        actions_visible_to(person)
        .unmarked()
        .filter(lies_below(committee))
        .filter(Q(completed_date__year=day.year) | Q(state__in=OPEN))
    ),
    evidence=(
        Evidence(
            "action-done",
            ("Q-19", "Q-23"),
            _("Åtgärder genomförda i år"),
            lambda _day: Q(state__in=[ActionState.DONE, ActionState.CLOSED]),
            lambda day: Q(state__in=OPEN, due_date__lt=day),
            "actions:list",
            _("Gör klart de försenade"),
        ),
        Evidence(
            "action-effect",
            ("Q-19", "Q-23"),
            _("Genomförda åtgärder vars effekt är bedömd"),
            lambda _day: Q(state__in=[ActionState.DONE, ActionState.CLOSED]) & Exists(CHECKS),
            lambda _day: Q(state=ActionState.DONE) & ~Exists(CHECKS),
            "actions:list",
            _("Bedöm effekten"),
        ),
    ),
)
FOLLOW_UPS = Source(
    rows=lambda person, committee, day: follow_ups_visible_to(person).filter(
        lies_below(committee), to_date__year__gte=day.year - 1
    ),
    evidence=(
        Evidence(
            "follow-up",
            ("Q-18", "Q-23"),
            _("Uppföljningar som nämnden har fått"),
            lambda _day: Q(state=FollowUpState.REPORTED),
            lambda day: Q(to_date__lt=day) & ~Q(state=FollowUpState.REPORTED),
            "follow_up:list",
            _("Redovisa uppföljningen"),
        ),
        Evidence(
            "follow-up-year",
            ("Q-24",),
            _("Helårsuppföljningar som nämnden har fått"),
            lambda _day: Q(state=FollowUpState.REPORTED, period=Period.YEAR),
            lambda day: Q(to_date__lt=day, period=Period.YEAR) & ~Q(state=FollowUpState.REPORTED),
            "follow_up:list",
            _("Redovisa uppföljningen"),
        ),
    ),
)
SAID = Q(kind__in=[OutcomeKind.VIEW, OutcomeKind.DEFICIENCY])
OUTCOMES = Source(
    rows=lambda person, committee, day: (
        outcomes_visible_to(person).in_unit(committee).filter(meeting__meeting_date__year=day.year)
    ),
    evidence=(
        Evidence(
            "views-answered",
            ("Q-15", "Q-18"),
            _("Synpunkter och brister från årets möten som är besvarade"),
            lambda _day: SAID & ~Q(state=OutcomeState.NEW),
            lambda day: SAID & Q(state=OutcomeState.NEW, answer_by_date__lt=day),
            "participation:outcomes",
            _("Besvara dem"),
        ),
    ),
    unit=lambda row: row.meeting.unit_name,
)
LESSONS = Source(
    rows=lambda person, committee, day: Lesson.objects.select_related("follow_up__unit", "follow_up__plan").filter(
        follow_up__in=follow_ups_visible_to(person).filter(lies_below(committee), to_date__year__gte=day.year - 1)
    ),
    evidence=(
        Evidence(
            "lesson",
            ("Q-18", "Q-20"),
            _("Lärdomar av uppföljningarna"),
            lambda _day: Q(becomes_risk=False) | Q(risk__isnull=False),
            lambda day: Q(becomes_risk=True, risk=None, follow_up__to_date__year__lt=day.year),
            "follow_up:list",
            _("Ta in dem i årets riskanalys"),
        ),
    ),
    unit=lambda row: row.follow_up.unit_name,
)
