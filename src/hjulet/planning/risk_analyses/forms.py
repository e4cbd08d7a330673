import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.performing import Form
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.planning.risks.models import RiskAnalysis
from hjulet.planning.risks.states import AnalysisState


class StartForm(Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Nämnd eller enhet"))
    year = forms.IntegerField(label=_("År"), min_value=2000, max_value=2100, initial=lambda: timezone.localdate().year)

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_within_reach(person, Permission.RISKS_EDIT).order_by("path")


class AnalysisFilters(django_filters.FilterSet):
    unit = django_filters.ModelChoiceFilter(
        queryset=Unit.objects.none(), label=_("Enhet och under den"), empty_label=_("Alla"), method="in_unit"
    )
    year = django_filters.NumberFilter(label=_("År"))
    state = django_filters.ChoiceFilter(choices=AnalysisState, label=_("Läge"), empty_label=_("Alla"))

    class Meta:
        model = RiskAnalysis
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reach = units_within_reach(self.request.user, Permission.RISKS_READ)
        self.filters["unit"].queryset = reach.order_by("path")

    def in_unit(self, rows, name, unit):
        return rows.filter(unit__path__startswith=unit.path)
