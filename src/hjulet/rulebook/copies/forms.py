import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.choices import ReachFilters, UnitFilter
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.units.models import lies_below
from hjulet.rulebook.copies.models import Copy


class CopyFilters(ReachFilters):
    READ = Permission.RULEBOOK_READ

    unit = UnitFilter(method="in_unit", label=_("Enhet och det som hör till"))
    kept = django_filters.BooleanFilter(
        method="also_kept", label=_("Också de där båda behövs"), widget=forms.CheckboxInput
    )

    class Meta:
        model = Copy
        fields = []

    def in_unit(self, rows, name, unit):
        return rows.filter(lies_below(unit, "first__document__unit")) | rows.filter(
            lies_below(unit, "second__document__unit")
        )

    def also_kept(self, rows, name, value):
        return rows if value else rows.filter(kept_at=None)
