from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.choices import SeveralField
from hjulet.base.forms.fields import DateField
from hjulet.base.forms.performing import Form, RevisedModelForm
from hjulet.monitoring.filters import OwnedFilters
from hjulet.monitoring.recurring_duties.models import DutyKind, DutyOccurrence, DutyTemplate, RecurringDuty
from hjulet.monitoring.recurring_duties.queries import all_templates, units_to_plan_in
from hjulet.monitoring.recurring_duties.states import DutyState
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.owners import possible_owners
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.roles import role_choices


class DutyForm(RevisedModelForm):
    first_due_date = DateField(
        label=_("Klar senast, första gången"),
        help_text=_("Sedan återkommer den så ofta som du väljer. Det som redan är gjort eller missat ligger kvar."),
    )

    class Meta:
        model = RecurringDuty
        fields = [
            "title",
            "kind",
            "description",
            "legal_basis",
            "frequency",
            "first_due_date",
            "lead_days",
            "owner_person",
            "owner_role",
        ]
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "title": _("Skriv vad som ska göras, till exempel ”Brukarenkät i hemtjänsten”. Skriv inga namn."),
            "owner_person": _("Välj en person, eller en roll i enheten."),
        }

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner_person"].queryset = possible_owners(person, Permission.CONTROLS_READ)


class NewDutyForm(DutyForm):
    """A new duty also says where it belongs; nobody else can have changed it yet."""

    revision = None
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Enhet"))

    field_order = ["unit"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, person=person, **kwargs)
        self.fields["unit"].queryset = units_to_plan_in(person)


class FromTemplatesForm(Form):
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Vems årshjul?"), help_text=_("Det som redan finns där lämnas som det är.")
    )
    templates = SeveralField(
        DutyTemplate.objects.none(),
        label=_("Uppgifter"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ansvarig, dag och text kan du ändra efteråt."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_to_plan_in(person)
        self.fields["templates"].queryset = all_templates()


class FinishForm(RevisedModelForm):
    done_date = DateField(label=_("Vilken dag blev den gjord?"))
    link = forms.URLField(label=_("Länk till dokumentet"), required=False, max_length=500, assume_scheme="https")

    class Meta:
        model = DutyOccurrence
        fields = ["done_date", "result", "link"]
        labels = {"result": _("Vad blev resultatet?")}
        widgets = {"result": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["done_date"] = timezone.localdate()


class DutyFilters(OwnedFilters):
    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label=_("Sök"))
    unit = django_filters.ModelChoiceFilter(
        queryset=Unit.objects.none(), method="in_unit", label=_("Enhet och det som hör till"), empty_label=_("Alla")
    )
    kind = django_filters.ChoiceFilter(choices=DutyKind, label=_("Slag"), empty_label=_("Alla"))
    owner_role = django_filters.ChoiceFilter(choices=role_choices, label=_("Ansvarig roll"), empty_label=_("Alla"))
    mine = django_filters.BooleanFilter(method="only_mine", label=_("Bara mina"), widget=forms.CheckboxInput)

    class Meta:
        model = RecurringDuty
        fields = []

    def in_unit(self, rows, name, unit):
        return rows.filter(unit__path__startswith=unit.path)


class DutyOccurrenceFilters(OwnedFilters):
    q = django_filters.CharFilter(field_name="duty__title", lookup_expr="icontains", label=_("Sök"))
    state = django_filters.ChoiceFilter(choices=DutyState, label=_("Läge"), empty_label=_("Alla"))
    unit = django_filters.ModelChoiceFilter(
        queryset=Unit.objects.none(), method="in_unit", label=_("Enhet och det som hör till"), empty_label=_("Alla")
    )
    kind = django_filters.ChoiceFilter(field_name="duty__kind", choices=DutyKind, label=_("Slag"))
    year = django_filters.NumberFilter(
        field_name="due_date", lookup_expr="year", label=_("År"), min_value=2000, max_value=2100
    )
    mine = django_filters.BooleanFilter(method="only_mine", label=_("Bara mina"), widget=forms.CheckboxInput)
    overdue = django_filters.BooleanFilter(method="only_overdue", label=_("Bara försenade"), widget=forms.CheckboxInput)

    class Meta:
        model = DutyOccurrence
        fields = []

    def in_unit(self, rows, name, unit):
        return rows.in_unit(unit)
