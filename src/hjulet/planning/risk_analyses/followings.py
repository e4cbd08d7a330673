from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hjulet.organisation.models import Unit
from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.roles.permissions import Permission
from hjulet.planning.risk_analyses.operations import relocate_risk
from hjulet.planning.risks.models import Change, Risk, RiskAnalysis


def living(day: date) -> Q:
    """Still there, and not yet in the analysis of the year after: those of last year go on until that is begun."""
    return Q(next=None, year__gte=day.year - 1) & ~Q(change=Change.GONE)


def risks_of(units: QuerySet[Unit]) -> QuerySet[Risk]:
    return Risk.objects.filter(analysis__unit__in=units)


def obstacle_to_meeting(units: QuerySet[Unit], to: Unit | None, day: date) -> str | None:
    """Risks of one year are judged on one scale: those that meet in one analysis must have the same."""
    living_in = risks_of(units).filter(living(day), analysis=OuterRef("pk")).order_by()
    analyses = RiskAnalysis.objects.annotate(goes_on=Exists(living_in)).filter(Q(goes_on=True) | Q(unit=to)).order_by()
    rows = list(analyses.values_list("year", "matrix", "goes_on"))
    years = {year for year, _matrix, goes_on in rows if goes_on}
    if len({(year, matrix) for year, matrix, _goes_on in rows if year in years}) == len(years):
        return None
    return _(
        "Riskanalyserna för samma år är gjorda på olika versioner av riskmatrisen. "
        "Bedöm riskerna på samma version innan enheterna slås ihop."
    )


FOLLOWINGS = (
    Following(
        key="risks",
        model=Risk,
        name=gettext_lazy("Risker som lever"),
        open_in=lambda units, day: risks_of(units).filter(living(day)),
        follow=relocate_risk,
        visible_to=Risk.objects.visible_to,
        sorted_by=Permission.RISKS_EDIT,
        unit="analysis__unit",
        kept_name=gettext_lazy("Risker i tidigare riskanalyser"),
        kept_in=lambda units, day: risks_of(units).exclude(living(day)),
        obstacle=obstacle_to_meeting,
    ),
)
