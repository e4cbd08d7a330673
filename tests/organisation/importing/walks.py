"""Files as the other system makes them."""

import csv
from io import BytesIO, StringIO

import openpyxl

from hjulet.organisation.importing.operations import import_organisation
from hjulet.organisation.importing.sheets import PEOPLE, SHEETS, UNITS
from hjulet.organisation.models import Person

HEADINGS = {sheet.name: [column.heading for column in sheet.columns] for sheet in SHEETS}

# Children before their parents, as a payroll may have them.
UNIT_ROWS = (
    ("U3", "Grupp Gul", "Grupp", "U2", "", "2026-01-01", ""),
    ("U2", "Hemtjänst Norr", "Enhet", "U1", "4711", "2026-01-01", ""),
    ("U1", "Socialnämnden", "Nämnd", "", "SN", "2026-01-01", ""),
)
PERSON_ROWS = (
    ("P1", "Karin Ek", "karin@example.org", "Chef", "Enhetschef", "U2", "2026-02-01", ""),
    ("P1", "", "", "", "Kvalitetsutvecklare", "U1", "2026-02-01", "2026-12-31"),
    ("P2", "Åsa Öst", "asa@example.org", "", "", "", "", ""),
)


def book(units=UNIT_ROWS, people=PERSON_ROWS, **headings):
    """A workbook; a sheet of None is left out."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in ((UNITS.name, units), (PEOPLE.name, people)):
        if rows is not None:
            sheet = made.create_sheet(name)
            sheet.append(headings.get(name, HEADINGS[name]))
            for row in rows:
                sheet.append([None if cell == "" else cell for cell in row])
    saved = BytesIO()
    made.save(saved)
    return saved.getvalue()


def csv_file(name, rows, *, encoding="utf-8-sig", delimiter=";"):
    text = StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([HEADINGS[name], *rows])
    return text.getvalue().encode(encoding)


def take_in(content=None, *, by=None, **given):
    return import_organisation(
        by=by or Person.objects.machine(), content=book() if content is None else content, **given
    )


def changed(rows, number, **values):
    """The rows with other values in one of them, by the names of its fields."""
    sheet = UNITS if len(rows[0]) == len(UNITS.columns) else PEOPLE
    names = sheet.row.__dataclass_fields__.keys()
    row = tuple(values.get(name, cell) for name, cell in zip(names, rows[number], strict=True))
    return (*rows[:number], row, *rows[number + 1 :])
