"""What a kind of work that waits says of itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, Model, QuerySet, Value
from django.db.models.functions import Cast

from hjulet.organisation.models import Person, Unit
from hjulet.organisation.owners import Ownership
from hjulet.organisation.roles.permissions import Permission

# PostgreSQL joins no columns without a type.
NO_DAY = Cast(Value(None), DateField())
NO_TEXT = Value("", CharField())


@dataclass(frozen=True)
class Found(Ownership):
    """What the statement tells of one row that waits, whatever its kind."""

    kind: int
    pk: int
    day: date | None
    title: str
    facts: dict[str, Any]
    unit: Unit
    owner_person_id: int | None
    owner_role: str


@dataclass(frozen=True)
class Kind:
    """`awaiting` are the rows, and whoever lacks the permission is not asked about them, made responsible or not.

    `through` leads to the row that the unit stands on, and the owner where there is one, unless `owned_through` leads to
    another. A title that is more than a column is put into words from the `facts`.
    """

    heading: Any
    model: type[Model]
    permission: Permission
    awaiting: Callable[[Person], QuerySet]
    day: Any = NO_DAY
    title: Any = NO_TEXT
    through: str = ""
    owned_through: str = ""
    has_owner: bool = True
    facts: Mapping[str, str] = field(default_factory=dict)
    in_words: Callable[[Found], str] = lambda found: found.title
