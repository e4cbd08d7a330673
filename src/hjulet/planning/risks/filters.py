import django_filters
from django import forms
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from hjulet.base.parts import PartFilter
from hjulet.organisation.choices import Filters, UnitFilter
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.planning.risk_matrix.models import SCALE
from hjulet.planning.risk_matrix.states import Tone
from hjulet.planning.risks.models import Change, Lack, Risk, RiskAnalysis, RiskSource
from hjulet.planning.risks.queries import analyses_visible_to
from hjulet.rulebook.laws.acts import Act
from hjulet.rulebook.models import QualityArea

STEPS = [(str(value), str(value)) for value in SCALE]


class RiskFilters(Filters):
    """The analysis comes with a link and has no field: a long list of them would only repeat unit and year."""

    more = ("quality_area", "source", "law", "probability", "severity", "change")

    q = PartFilter("title", label=_("Sök i risken"))
    analysis = django_filters.ModelChoiceFilter(queryset=RiskAnalysis.objects.none(), widget=forms.HiddenInput)
    unit = UnitFilter(label=_("Enhet och under den"), method="in_unit")
    year = django_filters.NumberFilter(label=_("År"))
    band = django_filters.ChoiceFilter(choices=Tone, label=_("Nivå"), empty_label=_("Alla"), method="in_band")
    lacking = django_filters.ChoiceFilter(choices=Lack, label=_("Saknar"), empty_label=_("–"), method="only_lacking")
    quality_area = django_filters.ModelChoiceFilter(
        queryset=QualityArea.objects.all(), label=_("Kvalitetsområde"), empty_label=_("Alla")
    )
    source = django_filters.ModelChoiceFilter(
        queryset=RiskSource.objects.all(), label=_("Källa"), empty_label=_("Alla")
    )
    law = django_filters.ChoiceFilter(choices=Act, label=_("Lagrum"), empty_label=_("Alla"), method="under_law")
    probability = django_filters.ChoiceFilter(choices=STEPS, label=_("Sannolikhet"), empty_label=_("Alla"))
    severity = django_filters.ChoiceFilter(choices=STEPS, label=_("Allvarlighetsgrad"), empty_label=_("Alla"))
    change = django_filters.ChoiceFilter(choices=Change, label=_("Sedan förra året"), empty_label=_("Alla utom borta"))

    class Meta:
        model = Risk
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        person = self.request.user
        self.filters["analysis"].queryset = analyses_visible_to(person)
        self.filters["unit"].queryset = units_within_reach(person, Permission.RISKS_READ).order_by("path")

    def filter_queryset(self, rows):
        if "analysis" in self.form.errors:
            return rows.none()
        rows = super().filter_queryset(rows)
        return rows if self.form.cleaned_data.get("change") else rows.present()

    @property
    def only_analysis(self) -> RiskAnalysis | None:
        """The one analysis whose risks are shown."""
        return self.form.cleaned_data.get("analysis") if self.is_valid() else None

    def in_unit(self, rows, name, unit):
        return rows.in_unit(unit)

    def in_band(self, rows, name, tone):
        return rows.in_bands(tone)

    def only_lacking(self, rows, name, what):
        return rows.lacking(what)

    def under_law(self, rows, name, law):
        return rows.alias(laws_text=Cast("laws", TextField())).filter(laws_text__contains=f'"{law}"')
