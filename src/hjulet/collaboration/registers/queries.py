from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import ForeignKey, Model, QuerySet

from hjulet.collaboration.registers.models import RegisterVersion
from hjulet.collaboration.registers.register import Register
from hjulet.organisation.change_log.queries import as_text


@dataclass(frozen=True)
class Difference:
    """One field of one version beside what it was before; `before` is None in the first version."""

    label: str
    before: str | None
    after: str


@dataclass(frozen=True)
class ShownVersion:
    number: int
    at: datetime
    by: str
    reason: str
    differences: tuple[Difference, ...]


def rows_of(register: Register) -> QuerySet:
    related = [name for name in register.fields if isinstance(register.field(name), ForeignKey)]
    rows = register.model._default_manager.all()
    return rows.select_related(*related) if related else rows


def versions_of(register: Register, row: Model) -> QuerySet[RegisterVersion]:
    return RegisterVersion.objects.filter(register=register.key, row_id=row.pk)


def latest_version(register: Register, row: Model) -> int:
    """0 for a row that stands as the library left it."""
    return versions_of(register, row).values_list("number", flat=True).order_by("-number").first() or 0


def history_of(register: Register, row: Model) -> list[ShownVersion]:
    """Latest first, each with what it changed."""
    versions = list(versions_of(register, row).select_related("by").order_by("number"))
    before: dict[str, Any] | None = None
    shown = []
    for version in versions:
        shown.append(
            ShownVersion(
                number=version.number,
                at=version.at,
                by=version.by.name,
                reason=version.reason,
                differences=differences(register, before, version.values),
            )
        )
        before = version.values
    return shown[::-1]


def differences(register: Register, before: dict | None, after: dict) -> tuple[Difference, ...]:
    return tuple(
        Difference(
            register.label(name), None if before is None else as_text(register.model, name, before.get(name)), text
        )
        for name in register.fields
        if before is None or before.get(name) != after.get(name)
        for text in [as_text(register.model, name, after.get(name))]
    )
