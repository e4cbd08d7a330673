import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.choices import UnitFilter
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.organisation.units.models import lies_below
from hjulet.reporting.outside_links.models import OutsideAddress, OutsidePlace


class OutsideLinkFilters(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="address__url", lookup_expr="icontains", label=_("Sök i adressen"))
    unit = UnitFilter(method="in_unit", label=_("Enhet och det som hör till"))
    broken = django_filters.BooleanFilter(method="only_broken", label=_("Bara brutna"), widget=forms.CheckboxInput)

    class Meta:
        model = OutsidePlace
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reach = units_within_reach(self.request.user, Permission.RULEBOOK_READ)
        self.filters["unit"].queryset = reach.order_by("path")

    def in_unit(self, rows, name, unit):
        return rows.filter(lies_below(unit))

    def only_broken(self, rows, name, value):
        return rows.filter(address__in=OutsideAddress.objects.broken().order_by()) if value else rows
