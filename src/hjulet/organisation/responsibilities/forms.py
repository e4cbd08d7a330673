from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.choices import NamedField
from hjulet.base.forms.fields import DateField
from hjulet.base.forms.performing import Form, RevisedModelForm
from hjulet.organisation.choices import ReachFilters, UnitFilter
from hjulet.organisation.models import AreaResponsibility, Person, ResponsibilityArea, Unit
from hjulet.organisation.responsibilities.models import MARKS
from hjulet.organisation.responsibilities.queries import areas_on, units_edited_by
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.roles import role_choices
from hjulet.organisation.units.models import UnitKind


class PlaceChoice(forms.Form):
    """Whose map is shown: the unit asked for, else the first nämnd that the person sees, else the first unit."""

    enhet = forms.ChoiceField(label=_("Enhet och det som hör till"), required=False)
    kinds: tuple[str, ...] = ()

    def __init__(self, data: Any, *, places: Sequence[Unit]):
        by_key = {str(place.pk): place for place in places if not self.kinds or place.kind in self.kinds}
        first = next((place for place in by_key.values() if place.kind == UnitKind.COMMITTEE), None)
        self.unit: Unit | None = by_key.get(data.get("enhet", "")) or first or next(iter(by_key.values()), None)
        super().__init__({"enhet": str(self.unit.pk) if self.unit else ""})
        self.fields["enhet"].choices = [(key, place.name) for key, place in by_key.items()]


class CommitteeChoice(PlaceChoice):
    kinds = (UnitKind.COMMITTEE,)

    def __init__(self, data: Any, *, places: Sequence[Unit]):
        super().__init__(data, places=places)
        self.fields["enhet"].label = _("Nämnd")


class ResponsibilityForm(RevisedModelForm):
    class Meta:
        model = AreaResponsibility
        fields = ["role", *MARKS, "comment", "valid_from"]
        field_classes = {"valid_from": DateField}
        widgets = {"comment": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"role": _("Den som har rollen i enheten, eller i en enhet under den, är ansvarig.")}


class NewResponsibilityForm(ResponsibilityForm):
    """Also says for which area and where; nobody else can have changed it yet."""

    revision = None
    area = forms.ModelChoiceField(
        ResponsibilityArea.objects.none(), label=_("Område"), empty_label=_("Välj ett område")
    )
    unit = NamedField(Unit.objects.none(), label=_("Nämnd eller enhet"), empty_label=None)

    field_order = ["area", "unit"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas_on(timezone.localdate())
        self.fields["unit"].queryset = units_edited_by(person)
        self.initial.setdefault("valid_from", timezone.localdate())


class EndForm(Form):
    valid_to = DateField(label=_("Sista dag"), initial=timezone.localdate)


class ResponsibilityFilters(ReachFilters):
    READ = Permission.ORGANISATION_READ

    area = django_filters.ModelChoiceFilter(
        queryset=ResponsibilityArea.objects.all(), label=_("Område"), empty_label=_("Alla")
    )
    role = django_filters.ChoiceFilter(choices=role_choices, label=_("Ansvarig roll"), empty_label=_("Alla"))
    unit = UnitFilter(method="in_unit", label=_("Enhet och det som hör till"))
    over = django_filters.BooleanFilter(method="as_read", label=_("Visa även avslutade"), widget=forms.CheckboxInput)

    class Meta:
        model = AreaResponsibility
        fields = []

    @property
    def qs(self):
        rows = super().qs
        return rows if self.form.cleaned_data.get("over") else rows.on(timezone.localdate())

    def as_read(self, rows, name, value):
        return rows

    def in_unit(self, rows, name, unit):
        return rows.filter(unit__path__startswith=unit.path)
