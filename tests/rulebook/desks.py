"""A unit where documents are written and decided."""

from dataclasses import dataclass

from hjulet.organisation.models import Person, Unit
from tests import factories
from tests.rulebook.documents import walks


@dataclass(frozen=True)
class Desk:
    writer: Person
    chief: Person
    unit: Unit

    def in_force(self, **given):
        return walks.in_force(self.writer, self.chief, self.unit, **given)


def desk():
    home_care = factories.unit(factories.committee())
    return Desk(walks.writer(home_care), walks.decider(home_care), home_care)
