"""What hangs together with the rulebook: links from rows of the year, texts that resemble each other, addresses of others."""

from typing import Any

from hjulet.actions.models import Action
from hjulet.monitoring.models import Control
from hjulet.organisation.models import Person
from hjulet.planning.models import Risk
from hjulet.reporting.outside_links.operations import note_addresses
from hjulet.rulebook.copies.operations import compare_new_texts, keep_both
from hjulet.rulebook.links.operations import link_to_rule
from hjulet.rulebook.models import Copy
from tests.rulebook.documents import walks as documents

TEXT = " ".join(f"ord{number}" for number in range(120))


def hang_together(person: Person, place: Any) -> None:
    machine = Person.objects.machine()
    rows = [
        documents.in_force(person, person, place, title=f"Rutin {name}", body=f"{TEXT} {name} https://example.org/a")
        for name in ("ett", "två", "tre")
    ]
    for kind in (Risk, Action, Control):
        for row in kind.objects.all():
            link_to_rule(row, by=person, document=rows[0], note="Den är oklar.")
    compare_new_texts(by=machine, day=documents.TODAY)
    keep_both(Copy.objects.first(), by=person, reason="Skilda avtal.")
    note_addresses(by=machine)
