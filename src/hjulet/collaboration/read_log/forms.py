from typing import Any

import django_filters
from django import forms
from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.audit.models import How, Reading
from hjulet.base.forms.fields import DateField
from hjulet.base.forms.filters import DayFilter
from hjulet.base.forms.performing import Form
from hjulet.collaboration.read_log.extract import AskedBy, Format
from hjulet.collaboration.read_log.queries import kept_since
from hjulet.organisation.choices import Filters, ReachFilters
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.people.queries import people_visible_to
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.secrecy.marked import Markable


def markable_kinds() -> list[tuple[str, Any]]:
    """The kinds of row that can be marked as secret, by their name."""
    markable = (model for model in apps.get_models() if issubclass(model, Markable))
    return sorted(
        ((model._meta.label_lower, model._meta.verbose_name) for model in markable), key=lambda it: str(it[1])
    )


class ReadingFilters(ReachFilters):
    READ = Permission.READ_LOG_REVIEW
    more = ("kind", "number", "how", "old")

    q = django_filters.CharFilter(field_name="person_name", lookup_expr="icontains", label=_("Vem"))
    unit = django_filters.ModelChoiceFilter(
        queryset=Unit.objects.none(), method="in_unit", label=_("Enhet och det som hör till"), empty_label=_("Alla")
    )
    first = DayFilter(field_name="at", lookup_expr="date__gte", label=_("Från och med"))
    last = DayFilter(field_name="at", lookup_expr="date__lte", label=_("Till och med"))
    reason = django_filters.ChoiceFilter(
        choices=[("with", _("Med angivet skäl")), ("without", _("Utan skäl"))],
        method="with_reason",
        label=_("Skäl"),
        empty_label=_("Alla"),
    )
    kind = django_filters.ChoiceFilter(
        choices=markable_kinds, field_name="target_type", label=_("Vad som lästes"), empty_label=_("Allt")
    )
    number = django_filters.NumberFilter(field_name="target_id", label=_("Nummer"))
    how = django_filters.ChoiceFilter(choices=How, label=_("Hur"), empty_label=_("Alla"))
    old = django_filters.BooleanFilter(
        method="only_old", label=_("Bara det som inte längre måste bevaras"), widget=forms.CheckboxInput
    )

    class Meta:
        model = Reading
        fields = []

    def in_unit(self, rows, name, unit):
        return rows.filter(unit_id__in=Unit.objects.below(unit).order_by().values("pk"))

    def with_reason(self, rows, name, value):
        return rows.exclude(reason="") if value == "with" else rows.filter(reason="")

    def only_old(self, rows, name, value):
        return rows.filter(at__date__lt=kept_since()) if value else rows


class MyReadingFilters(Filters):
    first = DayFilter(field_name="at", lookup_expr="date__gte", label=_("Från och med"))
    last = DayFilter(field_name="at", lookup_expr="date__lte", label=_("Till och med"))

    class Meta:
        model = Reading
        fields = []


class ExtractForm(Form):
    reader = forms.ModelChoiceField(
        Person.objects.none(), label=_("Vad en person har läst"), required=False, empty_label=_("Ingen vald")
    )
    kind = forms.ChoiceField(label=_("eller vem som har läst en post"), required=False)
    number = forms.IntegerField(
        label=_("Postens nummer"), required=False, min_value=1, help_text=_("Numret i postens adress.")
    )
    first = DateField(label=_("Från och med"))
    last = DateField(label=_("Till och med"), initial=timezone.localdate)
    asked_by = forms.ChoiceField(label=_("Begärt av"), choices=AskedBy)
    purpose = forms.CharField(
        label=_("Vad utdraget ska användas till"),
        help_text=_("Sparas i läsloggen. Skriv inget namn på en enskild."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
    )
    with_names = forms.BooleanField(
        label=_("Visa läsarnas namn"),
        required=False,
        help_text=_("Till den enskilde räcker ofta roll, enhet och tid. Pröva om namnen får lämnas ut."),
    )
    format = forms.ChoiceField(label=_("Format"), choices=Format)

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reader"].queryset = people_visible_to(person)
        self.fields["kind"].choices = [("", _("Ingen vald")), *markable_kinds()]

    def clean(self) -> dict:
        typed = super().clean()
        if bool(typed.get("reader")) == bool(typed.get("kind") and typed.get("number")):
            self.add_error(None, _("Välj antingen en person, eller en sorts post och dess nummer."))
        if typed.get("first") and typed.get("last") and typed["first"] > typed["last"]:
            self.add_error("last", _("Slutdatum ska vara samma dag som startdatum eller senare."))
        return typed
