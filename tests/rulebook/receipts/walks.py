"""A document that is in force, and a request to read it, reached by the real operations."""

from datetime import date

import time_machine

from hjulet.organisation.models import Person
from hjulet.rulebook.receipts import operations
from tests.rulebook.documents import walks as documents

TODAY = date(2026, 3, 16)
DUE = date(2026, 3, 31)
SINCE = date(2026, 1, 1)


def version_in_force(unit, *, title="Rutin för basal hygien", owner=None, valid_from=SINCE):
    """Written and decided by the machine, so that nobody more works in the unit."""
    machine = Person.objects.machine()
    with time_machine.travel(min(valid_from, TODAY), tick=False):
        document = documents.start(machine, unit, title=title, owner_person=owner)
        version = documents.write(documents.first(document), machine, changes="Handskar byts oftare.")
        documents.decide(documents.send(version, machine), machine, valid_from)
    return documents.first(document)


def followed(version):
    """Another version applies from today on."""
    machine = Person.objects.machine()
    later = documents.next_version(version.document, machine)
    documents.decide(documents.send(later, machine), machine)
    version.refresh_from_db()


def ask(version, by, unit, *, roles=(), due_date=DUE):
    """As a page would load it."""
    (asked,) = operations.ask_to_read(version, by=by, unit=unit, roles=roles, due_date=due_date)
    return asked
