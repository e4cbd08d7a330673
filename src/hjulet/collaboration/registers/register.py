"""A register as data: what the audited list, form and history pages need to know about it."""

from dataclasses import dataclass
from typing import Any

from django.db import models

from hjulet.organisation.change_log.queries import label_of
from hjulet.organisation.roles.permissions import Permission


@dataclass(frozen=True)
class Register:
    """`key` stands in the address; `fields` are those a person fills in, the first names the row."""

    key: str
    model: type[models.Model]
    fields: tuple[str, ...]
    title: Any
    intro: Any
    permission: Permission = Permission.REGISTERS_MANAGE

    def field(self, name: str) -> models.Field:
        return self.model._meta.get_field(name)

    def label(self, name: str) -> str:
        return label_of(self.model, name)

    def values_of(self, row: models.Model) -> dict[str, Any]:
        return {name: getattr(row, name) for name in self.fields}
