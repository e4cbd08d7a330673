"""Choosing a unit or a person, where there are a thousand units and twenty thousand people."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.choices import NamedField, NamedFilter, SoughtField, is_key
from hjulet.organisation.models import Person, Unit


class UnitField(NamedField):
    def __init__(self, **kwargs: Any):
        super().__init__(Unit.objects.none(), **kwargs)


class UnitFilter(NamedFilter):
    def __init__(self, **kwargs: Any):
        super().__init__(queryset=Unit.objects.none(), empty_label=_("Alla"), **kwargs)


class PersonField(SoughtField):
    words, sign = "name", "email"

    def matching(self, written: str) -> QuerySet[Person]:
        """By the address alone when there is one: two may have the same name."""
        addresses = [word for word in written.split() if "@" in word]
        return super().matching(addresses[-1] if addresses else written)

    def in_words(self, written: str) -> str:
        person = self.queryset.filter(pk=written).first() if is_key(written) else None
        return f"{person.name}, {person.email}" if person else written
