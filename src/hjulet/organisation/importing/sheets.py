"""The organisation as two sheets of a workbook: their rows and columns.

The names of sheets and columns are the file format, the same in every language; `docs/reference/organisation-format.md`
describes them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hjulet.base.intake.cells import chosen, folded, read_day, read_text
from hjulet.base.intake.sheets import Column, FileSheet, longest
from hjulet.base.spreadsheets import write_workbook
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.roles import ROLES
from hjulet.organisation.units.models import Unit, UnitKind


@dataclass(frozen=True, slots=True)
class UnitRow:
    """None in a column that is not in the file: then nothing is said about it."""

    external_id: str
    name: str
    kind: str
    parent: str
    code: str | None
    valid_from: date | None
    valid_to: date | str | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with one of the roles; somebody with several roles has a row for each."""

    external_id: str
    name: str
    email: str
    title: str | None
    role: str | None
    unit: str | None
    valid_from: date | None
    valid_to: date | str | None


def read_kind(text: str, _vocabulary: Any) -> str:
    kinds = {str(kind.label): kind.value for kind in UnitKind}
    return kinds[chosen(text, folded(kinds), _("inget slag av enhet"))]


def read_role(text: str, _vocabulary: Any) -> str:
    roles = {str(role.name): role.key for role in ROLES.values()}
    return roles[chosen(text, folded(roles), _("ingen roll"))]


ID = "Id"
UNITS = FileSheet(
    "Enheter",
    UnitRow,
    (
        Column(ID, read_text, 14, required=True, longest=longest(Unit, "external_id")),
        Column("Namn", read_text, 34, required=True, longest=longest(Unit, "name")),
        Column("Slag", read_kind, 14, required=True),
        Column("Tillhör (id)", read_text, 14),
        Column("Beteckning", read_text, 14, longest=longest(Unit, "code"), may_be_missing=True),
        Column("Gäller från", read_day, 14, empty=None, may_be_missing=True),
        Column("Gäller till och med", read_day, 18, may_be_missing=True),
    ),
)
PEOPLE = FileSheet(
    "Personer",
    PersonRow,
    (
        Column(ID, read_text, 14, required=True, longest=longest(Person, "external_id")),
        Column("Namn", read_text, 30, longest=longest(Person, "name")),
        Column("E-postadress", read_text, 34, longest=longest(Person, "email")),
        Column("Titel", read_text, 26, longest=longest(Person, "title"), may_be_missing=True),
        Column("Roll", read_role, 22, may_be_missing=True),
        Column("Enhet (id)", read_text, 14, may_be_missing=True),
        Column("Från och med", read_day, 14, empty=None, may_be_missing=True),
        Column("Till och med", read_day, 14, may_be_missing=True),
    ),
)
SHEETS = (UNITS, PEOPLE)


def template() -> bytes:
    """An empty file to fill in."""
    return write_workbook(sheet.holding([]) for sheet in SHEETS)
