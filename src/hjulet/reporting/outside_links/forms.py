import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.choices import ReachFilters, UnitFilter
from hjulet.organisation.roles.permissions import Permission
from hjulet.reporting.outside_links.models import OutsideAddress, OutsidePlace


class OutsideLinkFilters(ReachFilters):
    READ = Permission.RULEBOOK_READ

    q = django_filters.CharFilter(field_name="address__url", lookup_expr="icontains", label=_("Sök i adressen"))
    unit = UnitFilter(method="in_unit", label=_("Enhet och det som hör till"))
    broken = django_filters.BooleanFilter(method="only_broken", label=_("Bara brutna"), widget=forms.CheckboxInput)

    class Meta:
        model = OutsidePlace
        fields = []

    def only_broken(self, rows, name, value):
        return rows.filter(address__in=OutsideAddress.objects.broken().order_by()) if value else rows
