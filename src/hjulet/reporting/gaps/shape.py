"""What a kind of gap says of itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from hjulet.organisation.models import Person

NO_OWNER = Q(owner_person=None, owner_role="")


@dataclass(frozen=True)
class Kind:
    """`lacks` is the condition on a row of the source today, `page` the name of the page that mends it."""

    key: str
    label: Any
    button: Any
    page: str
    lacks: Callable[[date], Q]
    may_mend: Callable[[Person, Any], bool]


@dataclass(frozen=True)
class Source:
    """A model with its kinds, and the way from a row to its unit: none when the rows are units.

    `rows` are those of the year that the person may see and that can lack anything: all of them are counted.
    """

    rows: Callable[[Person, int], QuerySet]
    unit: str
    kinds: tuple[Kind, ...]
