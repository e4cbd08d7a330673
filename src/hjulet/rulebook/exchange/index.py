"""The index of a folder of documents: one row each. The same format goes out and comes in.

The names of the sheet and the columns are the file format, the same in every language.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from hjulet.base.intake.cells import chosen, folded, read_day, read_text
from hjulet.base.intake.sheets import Column, FileSheet, longest
from hjulet.base.spreadsheets import write_workbook
from hjulet.organisation.models import Unit
from hjulet.organisation.roles.roles import role_choices
from hjulet.organisation.units.models import lies_below
from hjulet.rulebook.documents.kinds import decider_choices
from hjulet.rulebook.documents.models import DocumentKind, DocumentVersion, GoverningDocument
from hjulet.rulebook.laws.models import Provision
from hjulet.rulebook.quality_areas.models import QualityArea

INDEX = "innehall.xlsx"
COMMITTEE = "Nämnden"


@dataclass(frozen=True, slots=True)
class IndexRow:
    id: str
    file: str
    title: str
    kind: str
    unit: str
    summary: str
    owner_role: str
    decider: str
    valid_from: date | None
    next_review: date | None
    decided_by: str
    decided_on: date | None
    changes: str
    provisions: str
    roles: str
    areas: str
    search_words: str


class Vocabulary:
    """What the words of a row may name, by how they may be written; read once."""

    def __init__(self, committee: Unit):
        self.kinds = by_name(DocumentKind.objects.all())
        self.units = by_name(Unit.objects.filter(lies_below(committee, "pk")))
        self.roles = {str(name): key for key, name in role_choices()}
        self.deciders = {str(name): key for key, name in decider_choices()} | {COMMITTEE: ""}
        self.provisions = by_name(Provision.objects.select_related("law"))
        self.areas = by_name(QualityArea.objects.all())


def by_name(rows: Any) -> dict[str, Any]:
    return {str(row): row for row in rows}


def one_of(attribute: str, what: Any) -> Callable[[str, Vocabulary], str]:
    """Reads the name of one; says which there are."""

    def reader(text: str, vocabulary: Vocabulary) -> str:
        return chosen(text, folded(getattr(vocabulary, attribute)), str(what))

    return reader


def several_of(attribute: str, what: Any) -> Callable[[str, Vocabulary], str]:
    """Reads the names of several, with a semicolon between them."""
    read_one = one_of(attribute, what)

    def reader(text: str, vocabulary: Vocabulary) -> str:
        return "; ".join(read_one(part.strip(), vocabulary) for part in text.split(";") if part.strip())

    return reader


DOCUMENTS = FileSheet(
    "Dokument",
    IndexRow,
    (
        Column("Id", read_text, 14, required=True, longest=longest(GoverningDocument, "external_id")),
        Column("Fil", read_text, 40, required=True, longest=300),
        Column("Titel", read_text, 40, required=True, longest=longest(GoverningDocument, "title")),
        Column("Slag", one_of("kinds", _("inget slag av dokument")), 18, required=True),
        Column("Enhet", one_of("units", _("ingen enhet i nämnden")), 26, required=True),
        Column("I en mening", read_text, 40, longest=longest(GoverningDocument, "summary")),
        Column("Ansvarig roll", one_of("roles", _("ingen roll")), 20),
        Column("Beslutas av", one_of("deciders", _("ingen som beslutar om dokument")), 20, required=True),
        Column("Gäller från", read_day, 13, empty=None),
        Column("Ses över senast", read_day, 15, empty=None),
        Column("Beslutat av", read_text, 30, longest=longest(DocumentVersion, "decided_before")),
        Column("Beslutsdag", read_day, 13, empty=None),
        Column("Vad som har ändrats", read_text, 30, longest=longest(DocumentVersion, "changes")),
        Column("Lagrum", several_of("provisions", _("ingen bestämmelse i registret")), 30),
        Column("Roller", several_of("roles", _("ingen roll")), 30),
        Column("Kvalitetsområden", several_of("areas", _("inget kvalitetsområde")), 30),
        Column("Sökord", read_text, 30, longest=longest(GoverningDocument, "search_words")),
    ),
)


def write_index(rows: Any) -> bytes:
    return write_workbook([DOCUMENTS.holding(rows)])


def parts_of(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]
