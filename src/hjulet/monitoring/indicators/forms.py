from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.choices import SeveralField, SoughtField
from hjulet.base.forms.fields import DateField, DecimalField
from hjulet.base.forms.performing import Form, ModelForm, RevisedModelForm
from hjulet.monitoring.frequencies.models import Frequency
from hjulet.monitoring.indicators.models import Indicator, IndicatorTarget, IndicatorTemplate
from hjulet.monitoring.indicators.queries import all_templates, indicators_to_choose, units_measured
from hjulet.monitoring.indicators.scales import Direction
from hjulet.organisation.choices import PersonField, ReachFilters, UnitField, UnitFilter
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.owner_forms import SharedOwnerForm
from hjulet.organisation.owners import possible_owners
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import open_units_within_reach
from hjulet.organisation.roles.roles import role_choices
from hjulet.rulebook.models import Process, QualityArea


class IndicatorForm(RevisedModelForm):
    first_valid_date = DateField(
        label=_("Gäller från"), help_text=_("Den första dagen som mätningarna säger något om. Inget mäts före den.")
    )

    class Meta:
        model = Indicator
        fields = [
            "name",
            "definition",
            "kind",
            "scale_steps",
            "measure",
            "numerator",
            "denominator",
            "direction",
            "frequency",
            "lag_days",
            "first_valid_date",
            "method",
            "source",
            "collected_by",
            "owner_person",
            "owner_role",
            "quality_area",
            "smallest",
            "question",
        ]
        field_classes = {"owner_person": PersonField}
        widgets = {
            "definition": forms.Textarea(attrs={"rows": 3}),
            "question": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "name": _("Som det ska stå i planer och rapporter, till exempel ”Upplevt inflytande i hemtjänsten”."),
            "definition": _("Exakt vad som räknas och vad som inte gör det, så att två personer får samma siffra."),
            "kind": _("Ett nyckeltal har en enda måttenhet. Målet ska ha samma."),
            "scale_steps": _("Bara för ett medelvärde på en skala. En femgradig skala har 5 steg."),
            "measure": _("För antal, tid och annat tal, till exempel dagar, kundval eller kronor per timme."),
            "numerator": _("Det som räknas. Behövs för en andel, till exempel: ärenden där barnet har fått tala."),
            "denominator": _("Det som det räknas av. Behövs för en andel, till exempel: alla ärenden som rör barn."),
            "direction": _("Fler avvikelser och klagomål kan betyda att fler vågar rapportera. Välj då varken eller."),
            "lag_days": _("Så många dagar efter periodens sista dag ska mätningen vara klar."),
            "method": _("Till exempel enkät, manuell kontroll eller uttag ur verksamhetssystemet."),
            "owner_person": _("Välj en person, eller en roll i enheten."),
            "smallest": _("Siffror om färre personer än så visas inte. Lämna tomt om de inte handlar om personer."),
            "question": _(
                "Något som ska avgöras innan nyckeltalet kan användas fullt ut, till exempel vilket mål det ska ha."
            ),
        }

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner_person"].queryset = possible_owners(person, Permission.INDICATORS_READ)


class NewIndicatorForm(IndicatorForm):
    """A new indicator also says where it belongs; nobody else can have changed it yet."""

    revision = None
    unit = UnitField(
        label=_("Enhet"), help_text=_("Vems nyckeltal det är. Mäts det i flera enheter väljer du dem sedan.")
    )

    field_order = ["unit"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, person=person, **kwargs)
        self.fields["unit"].queryset = open_units_within_reach(person, Permission.INDICATORS_EDIT)
        self.initial["first_valid_date"] = f"{timezone.localdate().year}-01-01"


class PlacesForm(Form):
    """Which of the units that lie in the indicator's own it is measured in."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    measured_in = SeveralField(
        Unit.objects.none(),
        label=_("Enheter"),
        help_text=_(
            "Nyckeltalet mäts för sig i varje enhet. Det som redan är mätt i en enhet som du tar bort ligger kvar."
        ),
    )

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["measured_in"].queryset = Unit.objects.below(indicator.unit).filter(valid_to=None).order_by("path")
        self.initial = {"revision": indicator.revision, "measured_in": list(units_measured(indicator))} | self.initial


class FromTemplatesForm(Form):
    unit = UnitField(label=_("Vems nyckeltal?"), help_text=_("Det som redan används där lämnas som det är."))
    templates = SeveralField(
        IndicatorTemplate.objects.none(),
        label=_("Nyckeltal"),
        help_text=_("De mäts från årets början. Ansvarig, text och mål kan du ändra efteråt."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = open_units_within_reach(person, Permission.INDICATORS_EDIT)
        self.fields["templates"].queryset = all_templates()


class ManyIndicatorsForm(SharedOwnerForm):
    READ = Permission.INDICATORS_READ

    frequency = forms.ModelChoiceField(
        Frequency.objects.all(), label=_("Hur ofta"), required=False, empty_label=_("Ändras inte")
    )
    quality_area = forms.ModelChoiceField(
        QualityArea.objects.all(), label=_("Kvalitetsområde"), required=False, empty_label=_("Ändras inte")
    )


class TargetForm(ModelForm):
    value = DecimalField(label=_("Målvärde"))
    upper = DecimalField(label=_("Till och med"))
    measure = forms.CharField(
        label=_("Målet anges i"),
        max_length=40,
        help_text=_("Samma måttenhet som nyckeltalet mäts i. Är målet satt i en annan hör det inte hit."),
    )
    tolerance = DecimalField(
        label=_("Tolerans"),
        required=False,
        help_text=_(
            "Så nära målet räknas som nära. Det är ett beslut, inte en felmarginal. Lämna tomt om inget är bestämt."
        ),
    )
    valid_from = DateField(label=_("Gäller från"))
    valid_to = DateField(label=_("Gäller till och med"), required=False)

    class Meta:
        model = IndicatorTarget
        fields = ["value", "upper", "measure", "tolerance", "valid_from", "valid_to", "decision"]
        help_texts = {"decision": _("Var målet är beslutat, till exempel nämnden 2026-02-18 § 12.")}

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if indicator.direction == Direction.BAND:
            self.fields["value"].label = _("Från och med")
        else:
            del self.fields["upper"]
        year = timezone.localdate().year
        self.initial |= {
            "measure": indicator.measure,
            "valid_from": max(f"{year}-01-01", str(indicator.first_valid_date)),
        }


class EndTargetForm(Form):
    last_date = DateField(
        label=_("Sista dag"),
        help_text=_("Har målet aldrig gällt? Välj dagen före den första."),
        initial=timezone.localdate,
    )
    reason = forms.CharField(
        label=_("Varför slutar målet gälla?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class ChooseForProcessForm(Form):
    indicator = SoughtField(
        Indicator.objects.none(),
        label=_("Nyckeltal"),
        help_text=_("Finns inget som passar? Definiera det under Nyckeltal och kom tillbaka hit."),
    )

    def __init__(self, *args: Any, person: Person, process: Process, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["indicator"].words = "name"
        choices = indicators_to_choose(person, process.unit).exclude(processes=process)
        self.fields["indicator"].queryset = choices


class IndicatorFilters(ReachFilters):
    """Starts at those in use."""

    READ = Permission.INDICATORS_READ
    more = ("owner_role", "quality_area", "has_question", "withdrawn")

    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("Sök"))
    unit = UnitFilter(method="in_unit", label=_("Enhet och det som hör till"))
    quality_area = django_filters.ModelChoiceFilter(
        queryset=QualityArea.objects.all(), label=_("Kvalitetsområde"), empty_label=_("Alla")
    )
    owner_role = django_filters.ChoiceFilter(choices=role_choices, label=_("Ansvarig roll"), empty_label=_("Alla"))
    mine = django_filters.BooleanFilter(method="only_mine", label=_("Bara mina"), widget=forms.CheckboxInput)
    has_question = django_filters.BooleanFilter(
        method="only_questions", label=_("Bara de att ta ställning till"), widget=forms.CheckboxInput
    )
    withdrawn = django_filters.BooleanFilter(
        method="also_withdrawn", label=_("Visa även upphävda"), widget=forms.CheckboxInput
    )

    class Meta:
        model = Indicator
        fields = []

    def filter_queryset(self, queryset):
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("withdrawn") else rows.in_use()

    def only_questions(self, rows, name, value):
        return rows.exclude(question="") if value else rows

    def also_withdrawn(self, rows, name, value):
        return rows
