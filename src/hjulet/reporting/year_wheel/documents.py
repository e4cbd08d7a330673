"""The year to send or print: the same picture and the same rows as on the page."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from hjulet.base.documents.model import Block, Cell, Column, Document, Heading, Paragraph, Row, Table
from hjulet.base.documents.rendering import RENDERED
from hjulet.base.spreadsheets import Sheet, write_workbook
from hjulet.reporting.year_wheel.milestones import Entry
from hjulet.reporting.year_wheel.pictures import TONES, year_figure
from hjulet.reporting.year_wheel.queries import Year

COLUMNS = (Column(1.2), Column(3.4), Column(1.6), Column(2), Column(2), Column(1.5))


def year_file(year: Year, format: str) -> bytes:
    if format == "xlsx":
        return workbook(year)
    return RENDERED[format](year_document(year))


def year_document(year: Year) -> Document:
    names = {"year": year.year, "late": year.late, "total": year.total}
    return Document(
        title=_("Årshjul %(year)s") % names,
        organisation=year.committee.name,
        date=year.today,
        blocks=(
            Paragraph(_("Uppgifter under året: %(total)s. Försenade: %(late)s.") % names, "lead"),
            year_figure(year),
            *([Paragraph(_("Listan är för lång för att visas hel."), "note")] if year.has_more else []),
            *months(year),
        ),
    )


def months(year: Year) -> Iterator[Block]:
    if year.undated:
        yield Heading(1, _("Utan dag under året"))
        yield table(_("Utan dag under året"), [row(entry) for entry in year.undated])
    for month in year.months:
        rows = [row(entry) for entry in month.entries]
        rows += [
            Row(("", tally.layer.label, "", "", "", f"{standing.label}: {count}"))
            for tally in month.tallies
            for standing, count in tally.told
        ]
        if rows:
            name = f"{month.name} {year.year}"
            yield Heading(1, name)
            yield table(name, rows)


def table(caption: str, rows: list[Row]) -> Table:
    return Table(caption, COLUMNS, (Row(tuple(headings())),), tuple(rows))


def headings() -> list[str]:
    return [_("Klar senast"), _("Uppgift"), _("Slag"), _("Enhet"), _("Ansvarig"), _("Läge")]


def row(entry: Entry) -> Row:
    *said, standing = cells(entry)
    return Row((str(said[0] or ""), *said[1:], Cell(str(standing), tone=TONES.get(entry.standing, "neutral"))))


def cells(entry: Entry) -> list[Any]:
    return [entry.day, entry.title, entry.kind, entry.unit, entry.owner, str(entry.standing.label)]


def workbook(year: Year) -> bytes:
    """What is told one by one on the first sheet, the numbers of each month on the second."""
    entries = [entry for month in year.months for entry in month.entries]
    numbers = [
        [month.name, str(tally.layer.label), str(standing.label), count]
        for month in year.months
        for tally in month.tallies
        for standing, count in tally.told
    ]
    return write_workbook(
        [
            Sheet(_("Årshjul %(year)s") % {"year": year.year}, headings(), map(cells, [*year.undated, *entries])),
            Sheet(_("Antal per månad"), [_("Månad"), _("Vad"), _("Läge"), _("Antal")], numbers),
        ]
    )
