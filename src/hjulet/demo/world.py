"""What the story has made so far, and the events that make the rest."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils import timezone

from hjulet.demo.data import read
from hjulet.demo.days import Calendar
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.roles import ROLES


@dataclass(frozen=True)
class Event:
    """Something done on a day. Events of one day happen in the order in which the story tells them."""

    day: date
    do: Callable[[], Any]


@dataclass(eq=False, repr=False)
class World:
    """The rows made so far, by kind and by the key they have in the data files."""

    calendar: Calendar
    rows: dict[tuple[str, str], Any] = field(default_factory=dict)
    known: dict[tuple[type, str], Any] = field(default_factory=dict)

    def put(self, kind: str, key: str, row: Any) -> Any:
        self.rows[kind, key] = row
        return row

    def get(self, kind: str, key: str) -> Any:
        return self.rows[kind, key]

    def unit(self, key: str) -> Unit:
        return self.rows["unit", key]

    def person(self, key: str) -> Person:
        return self.rows["person", key]

    def library(self, model: type[Model], key: str) -> Any:
        """A row of the starter library, read once."""
        if (model, key) not in self.known:
            self.known[model, key] = model._default_manager.get(key=key)
        return self.known[model, key]

    def today(self) -> date:
        """The day on which the story now stands."""
        return timezone.localdate()

    def data(self, name: str) -> Any:
        return read(name, self.calendar)

    def owner(self, key: str) -> dict[str, Any]:
        """Who is responsible, as every operation asks for it: a role, a person, or nobody."""
        if key in ROLES:
            return {"owner_role": key}
        return {"owner_person": self.person(key)} if key else {}

    def developer_of(self, unit: Unit) -> Person:
        """Who plans in the nämnd that the unit belongs to."""
        years = self.data("years")
        committee = next(key for key in years if self.unit(key).pk == unit.committee_id)
        return self.person(years[committee]["developer"])

    def event(self, day: str, do: Callable[[], Any]) -> Event:
        return Event(self.calendar.working_day(day), do)
