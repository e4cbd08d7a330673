"""Choosing a unit or a person, where there are a thousand units and twenty thousand people."""

from collections.abc import Callable, Hashable
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.choices import NamedField, NamedFilter, SoughtField, is_key
from hjulet.base.statements import repr_of
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.organisation.standing import standing_of
from hjulet.organisation.units.models import lies_below


class UnitField(NamedField):
    def __init__(self, **kwargs: Any):
        super().__init__(Unit.objects.none(), **kwargs)


class UnitFilter(NamedFilter):
    def __init__(self, **kwargs: Any):
        super().__init__(queryset=Unit.objects.none(), empty_label=_("Alla"), **kwargs)


class Filters(django_filters.FilterSet):
    """Filters over the rows that a function gives the person who looks; asked for when they are read."""

    def __init__(self, data: Any, rows_of: Callable[[Person], QuerySet], *, request: Any):
        super().__init__(data, self._meta.model._default_manager.none(), request=request)
        self.rows_of = rows_of

    @property
    def qs(self) -> QuerySet:
        if not hasattr(self, "_qs"):
            self.queryset = self.rows_of(self.request.user)
        return super().qs

    @property
    def rests_on(self) -> tuple[Hashable, ...] | None:
        """All that decides how the rows are asked for. None for words that are looked up on the way there."""
        faulty, chosen = tuple(sorted(self.errors)), self.form.cleaned_data
        if any(chosen.get(name) and getattr(one, "is_read_for", False) for name, one in self.filters.items()):
            return None
        values = tuple((name, repr_of(value)) for name, value in sorted(chosen.items()))
        return (type(self), self.rows_of), standing_of(self.request.user), values, faulty


class ReachFilters(Filters):
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
