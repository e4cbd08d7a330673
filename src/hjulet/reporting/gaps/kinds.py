"""What may be missing along the thread: which rows lack it, and the one page where each is mended."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from hjulet.actions import rules as action_rules
from hjulet.actions.models import EffectCheck
from hjulet.actions.queries import actions_visible_to
from hjulet.actions.states import OPEN, ActionState
from hjulet.monitoring.log_review import rules as review_rules
from hjulet.monitoring.log_review.queries import reviews_visible_to
from hjulet.monitoring.log_review.states import ReviewState
from hjulet.monitoring.recurring_duties import rules as duty_rules
from hjulet.monitoring.recurring_duties.queries import duties_visible_to, duty_occurrences_visible_to
from hjulet.monitoring.recurring_duties.states import DutyState
from hjulet.monitoring.self_monitoring import rules as control_rules
from hjulet.monitoring.self_monitoring.queries import occurrences_visible_to
from hjulet.monitoring.self_monitoring.states import OccurrenceState
from hjulet.organisation.units.models import UnitKind
from hjulet.planning.goals import rules as goal_rules
from hjulet.planning.goals.queries import goals_visible_to
from hjulet.planning.quality_plan import rules as plan_rules
from hjulet.planning.quality_plan.queries import plans_visible_to
from hjulet.planning.quality_plan.states import DECIDED
from hjulet.planning.risk_matrix.states import Tone
from hjulet.planning.risks import rules as risk_rules
from hjulet.planning.risks.models import Lack, Risk, has_tone, is_without
from hjulet.planning.risks.queries import risks_visible_to
from hjulet.reporting.gaps.known import SOURCES as KNOWN
from hjulet.reporting.gaps.organisation import SOURCES as ORGANISATION
from hjulet.reporting.gaps.participation import SOURCES as PARTICIPATION
from hjulet.reporting.gaps.processes import ACTIVITIES, PROCESSES
from hjulet.reporting.gaps.rulebook import SOURCES as RULEBOOK
from hjulet.reporting.gaps.shape import NO_OWNER, Kind, Source

CONTROLS_OF_A_RISK = Risk.controls.through.objects.filter(risk=OuterRef("pk"))
IS_OPEN = Q(state__in=OPEN)

GOALS = Source(
    rows=lambda person, year: goals_visible_to(person).in_force().during(year),
    unit="unit",
    kinds=(
        Kind(
            "goal-owner",
            _("Mål utan ansvarig"),
            _("Välj ansvarig"),
            "goals:change",
            lambda _day: NO_OWNER & ~Q(unit__kind=UnitKind.MUNICIPALITY),
            goal_rules.may_change,
        ),
    ),
)
RISKS = Source(
    rows=lambda person, year: risks_visible_to(person).filter(analysis__year__gte=year).present(),
    unit="analysis__unit",
    kinds=(
        Kind(
            "risk-assessment",
            _("Risker som ingen har bedömt"),
            _("Bedöm risken"),
            "risks:assess",
            lambda _day: is_without(Lack.ASSESSMENT),
            risk_rules.may_work_on,
        ),
        Kind(
            "risk-action",
            _("Röda risker utan åtgärd med ansvarig och sista dag"),
            _("Planera åtgärd nu"),
            "risks:plan_action",
            lambda _day: is_without(Lack.ACTION),
            risk_rules.may_work_on,
        ),
        Kind(
            "risk-analysis",
            _("Gula risker utan fördjupad analys"),
            _("Analysera djupare"),
            "risks:analyse_deeper",
            lambda _day: is_without(Lack.ANALYSIS),
            risk_rules.may_work_on,
        ),
        Kind(
            "risk-control",
            _("Gula och röda risker som ingen egenkontroll följer"),
            _("Planera en egenkontroll"),
            "risks:plan_control",
            lambda _day: has_tone(Tone.YELLOW, Tone.RED) & ~Exists(CONTROLS_OF_A_RISK),
            risk_rules.may_work_on,
        ),
        Kind(
            "risk-acceptance",
            _("Accepterade risker där tiden har gått ut"),
            _("Ta ställning igen"),
            "risks:accept",
            lambda _day: is_without(Lack.ACCEPTANCE),
            risk_rules.may_accept,
        ),
    ),
)
PLANS = Source(
    rows=lambda person, year: plans_visible_to(person).filter(year__gte=year),
    unit="unit",
    kinds=(
        Kind(
            "plan-adoption",
            _("Kvalitetsplaner som inte är antagna"),
            _("Öppna planen"),
            "quality_plan:detail",
            lambda _day: ~Q(state__in=DECIDED),
            plan_rules.may_edit,
        ),
    ),
)
ACTIONS = Source(
    rows=lambda person, _year: actions_visible_to(person).filter(state__in=[*OPEN, ActionState.DONE]),
    unit="unit",
    kinds=(
        Kind(
            "action-owner",
            _("Åtgärder utan ansvarig"),
            _("Välj ansvarig"),
            "actions:change",
            lambda _day: IS_OPEN & NO_OWNER,
            action_rules.may_change,
        ),
        Kind(
            "action-date",
            _("Åtgärder utan sista dag"),
            _("Sätt en sista dag"),
            "actions:change",
            lambda _day: IS_OPEN & Q(due_date=None),
            action_rules.may_change,
        ),
        Kind(
            "action-late",
            _("Försenade åtgärder"),
            _("Skriv hur det går"),
            "actions:note_progress",
            lambda day: IS_OPEN & Q(due_date__lt=day),
            action_rules.may_work_on,
        ),
        Kind(
            "action-effect",
            _("Genomförda åtgärder utan bedömd effekt"),
            _("Bedöm effekten"),
            "actions:check_effect",
            lambda _day: (
                Q(state=ActionState.DONE) & ~Exists(EffectCheck.objects.filter(action=OuterRef("pk")).order_by())
            ),
            action_rules.may_work_on,
        ),
    ),
)
OCCASIONS = Source(
    rows=lambda person, _year: occurrences_visible_to(person).filter(state=OccurrenceState.PLANNED),
    unit="control__unit",
    kinds=(
        Kind(
            "control-result",
            _("Egenkontroller utan resultat fast dagen har gått"),
            _("Registrera resultatet"),
            "self_monitoring:record",
            lambda day: Q(due_date__lt=day),
            control_rules.may_record,
        ),
    ),
)

DUTIES = Source(
    rows=lambda person, _year: duties_visible_to(person).filter(last_date=None),
    unit="unit",
    kinds=(
        Kind(
            "duty-owner",
            _("Årsuppgifter utan ansvarig"),
            _("Välj ansvarig"),
            "recurring_duties:change",
            lambda _day: NO_OWNER,
            duty_rules.may_change,
        ),
    ),
)
DUTY_OCCASIONS = Source(
    rows=lambda person, _year: duty_occurrences_visible_to(person).filter(state=DutyState.PLANNED),
    unit="duty__unit",
    kinds=(
        Kind(
            "duty-late",
            _("Årsuppgifter som inte är gjorda fast dagen har gått"),
            _("Markera som gjord"),
            "recurring_duties:finish",
            lambda day: Q(due_date__lt=day),
            duty_rules.may_work_on,
        ),
    ),
)
REVIEWS = Source(
    rows=lambda person, _year: reviews_visible_to(person),
    unit="plan__unit",
    kinds=(
        Kind(
            "review-late",
            _("Logggranskningar som inte är undertecknade fast dagen har gått"),
            _("Öppna granskningen"),
            "log_review:detail",
            lambda day: ~Q(state=ReviewState.SIGNED) & Q(due_date__lt=day),
            review_rules.may_review,
        ),
    ),
)

SOURCES = (
    GOALS,
    RISKS,
    PLANS,
    ACTIONS,
    OCCASIONS,
    DUTIES,
    DUTY_OCCASIONS,
    REVIEWS,
    PROCESSES,
    ACTIVITIES,
    *PARTICIPATION,
    *RULEBOOK,
    *KNOWN,
    *ORGANISATION,
)
BY_KEY = {kind.key: (source, kind) for source in SOURCES for kind in source.kinds}
