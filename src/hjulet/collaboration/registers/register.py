"""A register as data: what the audited list, form and history pages need to know about it."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse

from hjulet.organisation.change_log.queries import label_of
from hjulet.organisation.roles.permissions import Permission


@dataclass(frozen=True)
class Register:
    """`key` stands in the address; `fields` are those a person fills in, the first names the row.

    Any one of the `permissions` is enough to change it. One that has pages of its own names its list and a row's page.
    """

    key: str
    model: type[models.Model]
    fields: tuple[str, ...]
    title: Any
    intro: Any
    permissions: tuple[Permission, ...] = (Permission.REGISTERS_MANAGE,)
    own_pages: tuple[str, str] | None = None

    def field(self, name: str) -> models.Field:
        return self.model._meta.get_field(name)

    def label(self, name: str) -> str:
        return label_of(self.model, name)

    @property
    def address(self) -> str:
        return reverse(self.own_pages[0]) if self.own_pages else reverse("registers:rows", args=[self.key])

    def address_of(self, key: int) -> str:
        if self.own_pages:
            return reverse(self.own_pages[1], args=[key])
        return reverse("registers:row", args=[self.key, key])

    def values_of(self, row: models.Model) -> dict[str, Any]:
        return {name: getattr(row, name) for name in self.fields}
