"""What may be missing along the thread itself: goals, risks, the plan and its actions."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from hjulet.actions import rules as action_rules
from hjulet.actions.models import EffectCheck
from hjulet.actions.queries import actions_visible_to
from hjulet.actions.states import OPEN, ActionState
from hjulet.organisation.units.models import UnitKind
from hjulet.planning.goals import rules as goal_rules
from hjulet.planning.goals.models import lacks_indicator
from hjulet.planning.goals.queries import goals_visible_to
from hjulet.planning.quality_plan import rules as plan_rules
from hjulet.planning.quality_plan.queries import plans_visible_to
from hjulet.planning.quality_plan.states import DECIDED
from hjulet.planning.risk_matrix.states import Tone
from hjulet.planning.risks import rules as risk_rules
from hjulet.planning.risks.models import Lack, Risk, has_tone, is_without
from hjulet.planning.risks.queries import risks_visible_to
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
        Kind(
            "goal-indicator",
            _("Mål utan nyckeltal"),
            _("Välj nyckeltal"),
            "goals:choose_indicator",
            lambda _day: lacks_indicator(),
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

SOURCES = (GOALS, RISKS, PLANS, ACTIONS)
