"""Plans, analyses and risks of the year."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.units.models import lies_below
from hjulet.planning.quality_plan.queries import plans_visible_to
from hjulet.planning.quality_plan.states import DECIDED
from hjulet.planning.risk_matrix.states import Tone
from hjulet.planning.risks.models import Lack, has_tone, is_without
from hjulet.planning.risks.queries import analyses_visible_to, risks_visible_to
from hjulet.planning.risks.states import AnalysisState
from hjulet.reporting.compliance.evidence.kinds import Evidence, Source, nothing

PLANS = Source(
    rows=lambda person, committee, day: plans_visible_to(person).filter(lies_below(committee), year=day.year),
    evidence=(
        Evidence(
            "plan",
            ("Q-4", "Q-22"),
            _("Årets kvalitetsplan, antagen av nämnden"),
            lambda _day: Q(state__in=DECIDED),
            lambda _day: ~Q(state__in=DECIDED),
            "quality_plan:list",
            _("Öppna planen"),
        ),
    ),
)
ANALYSES = Source(
    rows=lambda person, committee, day: analyses_visible_to(person).filter(lies_below(committee), year=day.year),
    evidence=(
        Evidence(
            "analysis",
            ("Q-12", "Q-22"),
            _("Årets riskanalyser"),
            lambda _day: Q(state__in=AnalysisState.values),
            nothing,
            "risk_analyses:list",
            _("Börja en riskanalys"),
        ),
    ),
)
RISKS = Source(
    rows=lambda person, committee, day: (
        risks_visible_to(person)
        .unmarked()
        .filter(lies_below(committee, "analysis__unit"), analysis__year=day.year)
        .present()
    ),
    evidence=(
        Evidence(
            "risk-assessed",
            ("Q-12",),
            _("Risker som är bedömda"),
            lambda _day: Q(band__isnull=False),
            lambda _day: is_without(Lack.ASSESSMENT),
            "risks:list",
            _("Bedöm riskerna"),
        ),
        Evidence(
            "risk-action",
            ("Q-19",),
            _("Röda risker med åtgärd, ansvarig och sista dag"),
            lambda _day: has_tone(Tone.RED) & ~is_without(Lack.ACTION),
            lambda _day: is_without(Lack.ACTION),
            "risks:list",
            _("Planera åtgärder"),
        ),
    ),
    unit=lambda row: row.analysis.unit_name,
)
