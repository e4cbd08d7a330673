from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.fields import DateField, DecimalField
from hjulet.base.forms.filters import YearFilter
from hjulet.base.forms.performing import Form
from hjulet.monitoring.filters import DueFilter, OwnedFilters
from hjulet.monitoring.indicators.figures import ASKED, RECORDED
from hjulet.monitoring.indicators.models import Indicator
from hjulet.monitoring.indicators.parts import Measurement
from hjulet.monitoring.indicators.queries import earlier_periods, units_measured
from hjulet.monitoring.indicators.scales import IndicatorKind
from hjulet.monitoring.indicators.states import MeasurementState
from hjulet.monitoring.self_monitoring.periods import period_in_words
from hjulet.organisation.choices import UnitFilter
from hjulet.organisation.models import Unit
from hjulet.organisation.roles.permissions import Permission

ON_A_PHONE = {"inputmode": "numeric"}


class FiguresForm(Form):
    """Asks only for what belongs to the indicator's kind: the numbers behind the figure first, then the figure alone."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    count = forms.IntegerField(min_value=0, required=False, widget=forms.NumberInput(attrs=ON_A_PHONE))
    total = forms.IntegerField(min_value=0, required=False, widget=forms.NumberInput(attrs=ON_A_PHONE))
    is_census = forms.BooleanField(
        label=_("Alla under perioden är räknade"),
        required=False,
        help_text=_("Lämna tomt om ni räknade några av dem. Då räknas en felmarginal."),
    )
    value = DecimalField(label=_("Mätvärde"), max_digits=14, decimal_places=4, required=False)
    measured_date = DateField(label=_("Vilken dag mättes det?"))
    comment = forms.CharField(
        label=_("Kommentar"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Det som läsaren behöver veta om siffran. Skriv inga namn."),
    )

    def __init__(self, *args: Any, measurement: Measurement, **kwargs: Any):
        super().__init__(*args, **kwargs)
        indicator = measurement.indicator
        kind = IndicatorKind(indicator.kind)
        for name in {"count", "total", "is_census", "value"} - ASKED[kind]:
            del self.fields[name]
        self.say(indicator, kind)
        self.steps = [f"answers_{step}" for step in range(1, (indicator.scale_steps or 0) + 1)]
        for step, name in enumerate(self.steps, 1):
            label = _("Antal som svarade %(step)s") % {"step": step}
            number = forms.NumberInput(attrs=ON_A_PHONE)
            self.fields[name] = forms.IntegerField(label=label, min_value=0, required=False, widget=number)
        self.order_fields(["count"] if kind == IndicatorKind.SHARE else [*self.steps, "value", "total"])
        standing = {name: getattr(measurement, name) for name in ("revision", *RECORDED)}
        if measurement.answers:
            standing |= dict(zip(self.steps, measurement.answers, strict=False)) | {"value": None, "total": None}
        self.initial = standing | {"measured_date": measurement.measured_date or timezone.localdate()}

    def say(self, indicator: Indicator, kind: IndicatorKind) -> None:
        """The words of the form are those of the indicator."""
        fields = self.fields
        fields["value"].help_text = indicator.measure
        fields["value"].required = kind not in {IndicatorKind.SHARE, IndicatorKind.MEAN}
        if kind == IndicatorKind.SHARE:
            fields["count"].label = _("Hur många: %(what)s?") % {"what": indicator.numerator}
            fields["total"].label = _("Av hur många: %(what)s?") % {"what": indicator.denominator}
            fields["value"].label = _("Eller bara andelen, i procent")
            fields["value"].help_text = _("Om du har procenttalet men inte hur många som räknades.")
        elif kind == IndicatorKind.MEAN:
            fields["value"].label = _("Eller bara medelvärdet")
            fields["value"].help_text = _(
                "Om du inte har hur många som valde varje steg. Då kan felmarginalen inte räknas."
            )
        if kind != IndicatorKind.SHARE and "total" in fields:
            fields["total"].label = _("Hur många bygger siffran på?")

    def clean(self) -> dict[str, Any]:
        """The answers of each step as one list; none of them given is no answers."""
        typed = super().clean()
        answers = [typed.pop(name, None) for name in self.steps]
        if self.steps:
            typed["answers"] = [given or 0 for given in answers] if any(g is not None for g in answers) else []
        return typed


class CorrectionForm(FiguresForm):
    reason = forms.CharField(
        label=_("Varför rättas mätningen?"),
        help_text=_("Det som stod finns kvar och går att läsa."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )


class OpenPeriodForm(Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Enhet"))
    period = forms.ChoiceField(
        label=_("Period"), help_text=_("Perioder som var slut innan nyckeltalet började användas.")
    )

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any):
        super().__init__(*args, **kwargs)
        units = units_measured(indicator)
        self.fields["unit"].queryset = units
        self.periods = {str(part.start): part for unit in units for part in earlier_periods(indicator, unit)}
        latest_first = sorted(self.periods.items(), reverse=True)
        self.fields["period"].choices = [(key, period_in_words(part.start, part.end)) for key, part in latest_first]

    def clean_period(self) -> Any:
        return self.periods[self.cleaned_data["period"]]


class MeasurementFilters(OwnedFilters):
    READ = Permission.INDICATORS_READ
    more = ("year", "due_from", "due_to")

    q = django_filters.CharFilter(field_name="indicator__name", lookup_expr="icontains", label=_("Sök"))
    state = django_filters.ChoiceFilter(choices=MeasurementState, label=_("Läge"), empty_label=_("Alla"))
    unit = UnitFilter(method="in_unit", label=_("Enhet och det som hör till"))
    year = YearFilter(field_name="due_date__year", label=_("Klar senast under år"))
    due_from = DueFilter("gte", label=_("Klar från och med"))
    due_to = DueFilter("lte", label=_("Klar till och med"))
    mine = django_filters.BooleanFilter(method="only_mine", label=_("Bara mina"), widget=forms.CheckboxInput)
    overdue = django_filters.BooleanFilter(method="only_overdue", label=_("Bara försenade"), widget=forms.CheckboxInput)

    class Meta:
        model = Measurement
        fields = []
