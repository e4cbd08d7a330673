import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.performing import ModelForm
from hjulet.organisation.choices import Filters
from hjulet.organisation.models import Marking, Unit


class MarkForm(ModelForm):
    class Meta:
        model = Marking
        fields = ["provision", "reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}


class MarkingFilters(Filters):
    q = django_filters.NumberFilter(field_name="target_id", label=_("Nummer"))
    unit = django_filters.ModelChoiceFilter(
        queryset=Unit.objects.none(), method="in_unit", label=_("Enhet och det som hör till"), empty_label=_("Alla")
    )
    lifted = django_filters.BooleanFilter(method="with_lifted", label=_("Visa också hävda"), widget=forms.CheckboxInput)

    class Meta:
        model = Marking
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reach = Unit.objects.filter(pk__in=self.rows_of(self.request.user).order_by().values("unit"))
        self.filters["unit"].queryset = reach.order_by("path")

    def in_unit(self, rows, name, unit):
        return rows.filter(unit__path__startswith=unit.path)

    def with_lifted(self, rows, name, value):
        return rows if value else rows.in_force()
