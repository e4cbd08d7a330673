"""Choosing a unit or a person, where there are a thousand units and twenty thousand people."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.choices import NamedField, NamedFilter, SoughtField, is_key
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.organisation.units.models import lies_below


class UnitField(NamedField):
    def __init__(self, **kwargs: Any):
        super().__init__(Unit.objects.none(), **kwargs)


class UnitFilter(NamedFilter):
    def __init__(self, **kwargs: Any):
        super().__init__(queryset=Unit.objects.none(), empty_label=_("Alla"), **kwargs)


class ReachFilters(django_filters.FilterSet):
    """For a list of rows that belong to units: `unit` offers those where the person may `READ` them.

    A list names the methods that it has use for, and says its own where its rows stand farther from the unit.
    """

    READ: ClassVar[Permission]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.filters["unit"].queryset = units_within_reach(self.request.user, self.READ).order_by("path")

    def in_unit(self, rows, name, unit):
        return rows.filter(lies_below(unit))

    def only_mine(self, rows, name, value):
        return rows.owned_by(self.request.user) if value else rows


class PersonField(SoughtField):
    words, sign = "name", "email"

    def matching(self, written: str) -> QuerySet[Person]:
        """By the address alone when there is one: two may have the same name."""
        addresses = [word for word in written.split() if "@" in word]
        return super().matching(addresses[-1] if addresses else written)

    def in_words(self, written: str) -> str:
        person = self.queryset.filter(pk=written).first() if is_key(written) else None
        return f"{person.name}, {person.email}" if person else written
