"""What points to laws and provisions. Each slice says so of its own rows; the settings name them in order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils.module_loading import import_string

from hjulet.organisation.models import Person
from hjulet.rulebook.laws.models import Law, Provision


@dataclass(frozen=True)
class Pointing:
    """One kind of row that is governed.

    `rows` are those that still count; `law` and `provision` are the paths from a row to what it points to. A row has
    `unit`, `owner_person`, `owner_role` and a page, and is called what `str` says.
    """

    key: str
    model: type[Model]
    name: Any
    rows: Callable[[], QuerySet]
    provision: str = ""
    law: str = ""
    beside: tuple[str, ...] = ("unit", "owner_person")

    def to_any(self, laws: Iterable[Law], provisions: Iterable[Provision] | QuerySet) -> QuerySet:
        pointed = Q(pk__in=())
        if self.provision:
            pointed |= Q(**{f"{self.provision}__in": provisions})
        if self.law:
            pointed |= Q(**{f"{self.law}__in": laws})
        keys = self.model._default_manager.filter(pointed).order_by().values("pk")
        return self.rows().filter(pk__in=keys)

    def with_owners(self, rows: QuerySet) -> QuerySet:
        """For whoever goes through them one by one."""
        return rows.select_related(*self.beside)

    def seen_by(self, person: Person, rows: QuerySet) -> list[QuerySet]:
        """What is shown for them to the person: here themselves."""
        visible = self.model._default_manager.visible_to(person)  # type: ignore[attr-defined]
        return [rows.filter(pk__in=visible.order_by().values("pk"))]


@cache
def pointings() -> tuple[Pointing, ...]:
    return tuple(pointing for path in settings.POINTS_TO_LAWS for pointing in import_string(path))
