from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.actions.models import Action
from hjulet.base.forms.fields import DateField, DecimalField
from hjulet.base.forms.filters import YearFilter
from hjulet.base.forms.performing import Form, ModelForm, RevisedModelForm
from hjulet.base.parts import PartFilter
from hjulet.monitoring.filters import DueFilter, OwnedFilters
from hjulet.monitoring.frequencies.models import Frequency
from hjulet.monitoring.self_monitoring.models import Control, Judgement, Occurrence, Phase, ResultKind
from hjulet.monitoring.self_monitoring.results import ASKED, NOTHING
from hjulet.monitoring.self_monitoring.states import OccurrenceState
from hjulet.organisation.choices import PersonField, UnitField, UnitFilter
from hjulet.organisation.models import Person
from hjulet.organisation.owner_forms import SharedOwnerForm
from hjulet.organisation.owners import possible_owners
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import open_units_within_reach


class ControlForm(RevisedModelForm):
    starts_date = DateField(label=_("Börjar"))
    ends_date = DateField(label=_("Slutar"))
    result_kind = forms.ChoiceField(
        label=_("Hur anges resultatet?"), choices=ResultKind, widget=forms.RadioSelect, initial=ResultKind.SHARE
    )
    target = DecimalField(
        label=_("Målvärde"), required=False, help_text=_("En andel skrivs i procent, till exempel 90.")
    )

    class Meta:
        model = Control
        fields = [
            "title",
            "requirement",
            "purpose",
            "quality_area",
            "method",
            "frequency",
            "starts_date",
            "ends_date",
            "owner_person",
            "owner_role",
            "result_kind",
            "comparator",
            "target",
            "measure",
        ]
        field_classes = {"owner_person": PersonField}
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "requirement": forms.Textarea(attrs={"rows": 2}),
            "purpose": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "title": _(
                "Skriv det som ska vara uppfyllt, till exempel ”Varje brukare har en aktuell genomförandeplan”."
            ),
            "requirement": _("Lagrum, riktlinje eller rutin."),
            "purpose": _("Vad kan gå fel om ingen kontrollerar?"),
            "method": _("Till exempel stickprov, journalgranskning, enkät eller mätning."),
            "frequency": _("Tillfällena läggs ut av sig själva och följer kalenderåret."),
            "owner_person": _("Välj en person, eller en roll i enheten."),
            "measure": _("Behövs bara för ett mätvärde, till exempel antal, dagar eller ”på 5-gradig skala”."),
        }

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner_person"].queryset = possible_owners(person, Permission.CONTROLS_READ)


class NewControlForm(ControlForm):
    """A new control also says where it belongs; nobody else can have changed it yet."""

    revision = None
    unit = UnitField(label=_("Enhet"))

    field_order = ["unit"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, person=person, **kwargs)
        self.fields["unit"].queryset = open_units_within_reach(person, Permission.CONTROLS_EDIT)
        year = timezone.localdate().year
        self.initial |= {"starts_date": f"{year}-01-01", "ends_date": f"{year}-12-31"}


class ManyControlsForm(SharedOwnerForm):
    READ = Permission.CONTROLS_READ

    frequency = forms.ModelChoiceField(
        Frequency.objects.all(), label=_("Hur ofta"), required=False, empty_label=_("Ändras inte")
    )
    ends_date = DateField(label=_("Slutar"), required=False)


class StopForm(Form):
    ends_date = DateField(label=_("Sista dag"), initial=timezone.localdate)
    reason = forms.CharField(
        label=_("Varför stoppas egenkontrollen?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class ResultForm(RevisedModelForm):
    """Asks only for what belongs to the control's kind of result."""

    done_date = DateField(label=_("Vilken dag gjordes kontrollen?"))
    checked_count = forms.IntegerField(
        label=_("Hur många granskades?"), min_value=0, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    fulfilled_count = forms.IntegerField(
        label=_("Hur många av dem uppfyller kravet?"),
        min_value=0,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    value = DecimalField(label=_("Mätvärde"), max_digits=14, decimal_places=4)
    judgement = forms.ChoiceField(label=_("Din bedömning"), choices=Judgement, widget=forms.RadioSelect)

    class Meta:
        model = Occurrence
        fields = [
            "checked_count",
            "fulfilled_count",
            "is_census",
            "value",
            "judgement",
            "done_date",
            "finding",
            "evidence",
        ]
        widgets = {"finding": forms.Textarea(attrs={"rows": 4}), "evidence": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        control = self.instance.control
        for name in NOTHING.keys() - ASKED[ResultKind(control.result_kind)]:
            del self.fields[name]
        if "value" in self.fields:
            self.fields["value"].help_text = control.measure
        if self.instance.done_date is None:
            self.initial["done_date"] = timezone.localdate()


class CorrectionForm(ResultForm):
    reason = forms.CharField(
        label=_("Varför rättas resultatet?"),
        help_text=_("Det gamla resultatet finns kvar i historiken."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )


class FindingActionForm(ModelForm):
    """An action in answer to what a control found, in the control's unit."""

    due_date = DateField(label=_("Klart senast"), required=False)

    class Meta:
        model = Action
        fields = ["title", "description", "type", "owner_person", "owner_role", "due_date"]
        field_classes = {"owner_person": PersonField}
        help_texts = {"owner_person": _("Välj en person, eller en roll i enheten.")}

    def __init__(self, *args: Any, person: Person, occurrence: Occurrence, **kwargs: Any):
        title = _("Rätta till: %(title)s") % {"title": occurrence.control.title}
        super().__init__(*args, initial={"title": title[:200], "description": occurrence.finding}, **kwargs)
        self.fields["owner_person"].queryset = possible_owners(person, Permission.ACTIONS_READ)


class ControlFilters(OwnedFilters):
    q = PartFilter("title", label=_("Sök"))
    unit = UnitFilter(method="in_unit", label=_("Enhet och det som hör till"))
    frequency = django_filters.ModelChoiceFilter(
        queryset=Frequency.objects.all(), label=_("Hur ofta"), empty_label=_("Alla")
    )
    phase = django_filters.ChoiceFilter(choices=Phase, method="in_phase", label=_("Läge"), empty_label=_("Alla"))
    mine = django_filters.BooleanFilter(method="only_mine", label=_("Bara mina"), widget=forms.CheckboxInput)

    class Meta:
        model = Control
        fields = []

    def in_unit(self, rows, name, unit):
        return rows.filter(unit__path__startswith=unit.path)

    def in_phase(self, rows, name, value):
        return rows.in_phase(value, timezone.localdate())


class OccurrenceFilters(OwnedFilters):
    more = ("year", "due_from", "due_to")

    q = PartFilter("title", of="control", label=_("Sök"))
    state = django_filters.ChoiceFilter(choices=OccurrenceState, label=_("Läge"), empty_label=_("Alla"))
    unit = UnitFilter(method="in_unit", label=_("Enhet och det som hör till"))
    year = YearFilter(field_name="due_date__year", label=_("Klar senast under år"))
    due_from = DueFilter("gte", label=_("Klar från och med"))
    due_to = DueFilter("lte", label=_("Klar till och med"))
    mine = django_filters.BooleanFilter(method="only_mine", label=_("Bara mina"), widget=forms.CheckboxInput)
    overdue = django_filters.BooleanFilter(method="only_overdue", label=_("Bara försenade"), widget=forms.CheckboxInput)

    class Meta:
        model = Occurrence
        fields = []

    def in_unit(self, rows, name, unit):
        return rows.in_unit(unit)
