import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.choices import UnitFilter
from hjulet.organisation.models import Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.reporting.gaps.queries import gaps_page


class GapFilters(django_filters.FilterSet):
    """Kind and unit decide which rows there are, so the page is read here; nothing is left to filter."""

    kind = django_filters.CharFilter(widget=forms.HiddenInput, method="as_read")
    unit = UnitFilter(label=_("Enhet och under den"), method="as_read")

    def __init__(self, data, *, request):
        super().__init__(data, Unit.objects.none(), request=request)
        self.filters["unit"].queryset = units_within_reach(request.user, Permission.ACTIONS_READ).order_by("path")
        unit = self.form.cleaned_data.get("unit") if self.is_valid() else None
        self.page = gaps_page(request.user, data.get("kind", ""), unit)
        self.queryset = self.page.rows

    def as_read(self, rows, name, value):
        return rows
