import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.choices import LongChoiceField, is_key
from hjulet.base.forms.performing import Form
from hjulet.organisation.choices import ReachFilters, UnitField, UnitFilter
from hjulet.organisation.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import open_units_within_reach
from hjulet.organisation.standing import kept_for, one_of
from hjulet.planning.risks.models import RiskAnalysis
from hjulet.planning.risks.queries import analyses_visible_to
from hjulet.planning.risks.states import AnalysisState


class StartForm(Form):
    unit = UnitField(label=_("Nämnd eller enhet"))
    year = forms.IntegerField(label=_("År"), min_value=2000, max_value=2100, initial=lambda: timezone.localdate().year)

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = open_units_within_reach(person, Permission.RISKS_EDIT)


class AnalysisFilters(ReachFilters):
    READ = Permission.RISKS_READ

    unit = UnitFilter(label=_("Enhet och under den"), method="in_unit")
    year = django_filters.NumberFilter(label=_("År"))
    state = django_filters.ChoiceFilter(choices=AnalysisState, label=_("Läge"), empty_label=_("Alla"))

    class Meta:
        model = RiskAnalysis
        fields = []


class PictureChoice(forms.Form):
    """Which year, and which of its analyses; what is not there to choose falls back to the latest year and its first."""

    year = forms.ChoiceField(label=_("År"), required=False)
    analysis = LongChoiceField(label=_("Nämnd eller enhet"), required=False)

    def __init__(self, data, *, person: Person):
        years = [str(year) for year in kept_for(person, years_of_analyses)]
        self.chosen = chosen_of(person, data.get("analysis", ""), data.get("year", ""), years)
        year = self.chosen.year if self.chosen else None
        super().__init__({"year": year, "analysis": self.chosen and self.chosen.pk})
        self.fields["year"].choices = [(year, year) for year in years]
        self.fields["analysis"].choices = kept_for(person, analyses_of_year, year)


def chosen_of(person: Person, analysis: str, year: str, years: list[str]) -> RiskAnalysis | None:
    """Another year than that of the analysis says that the year was what the person changed."""
    found = one_of(analyses_visible_to, person, int(analysis)) if is_key(analysis) else None
    if found and year in ("", str(found.year)):
        return found
    of_years = analyses_visible_to(person).filter(year__in=[year] if year in years else years[:1])
    return of_years.order_by("unit__path").first()


def years_of_analyses(person: Person) -> QuerySet:
    return analyses_visible_to(person).order_by("-year").values_list("year", flat=True).distinct()


def analyses_of_year(person: Person, year: int | None) -> QuerySet:
    """Key and unit of each, in the order of the tree."""
    return analyses_visible_to(person).filter(year=year).order_by("unit__path").values_list("pk", "unit__name")
