"""How the work is organised, and the map, to print or send: the same content as the pages."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from hjulet.base.documents.model import Block, Cell, Column, Document, Heading, Paragraph, Row, Table
from hjulet.base.documents.rendering import RENDERED
from hjulet.base.markdown import to_blocks
from hjulet.base.spreadsheets import Sheet, write_workbook
from hjulet.organisation.responsibilities.queries import (
    AnsweredArea,
    HeldRole,
    Holder,
    OrganisationPage,
    ResponsibilityMap,
    RoleInAll,
)
from hjulet.organisation.roles.roles import Responsibility

SIX = (Column(1),) * len(Responsibility)


def organisation_file(page: OrganisationPage, format: str) -> bytes:
    if format == "xlsx":
        return write_workbook([*map_sheets(page.map), areas_sheet(page.areas)])
    return RENDERED[format](organisation_document(page))


def map_file(shown: ResponsibilityMap, format: str) -> bytes:
    return write_workbook(map_sheets(shown)) if format == "xlsx" else RENDERED[format](map_document(shown))


def organisation_document(page: OrganisationPage) -> Document:
    return Document(
        title=_("Så är kvalitetsarbetet organiserat"),
        subtitle=_("Läget %(day)s") % {"day": page.day.isoformat()},
        organisation=page.committee.name,
        date=page.day,
        landscape=True,
        blocks=(
            *(block for text in page.texts for block in (Heading(1, text.title), *to_blocks(text.body, top=2))),
            Heading(1, _("Ansvarskarta")),
            whole_table(page.map.whole),
            Heading(1, _("Ansvarsområden")),
            *area_blocks(page.areas),
            Heading(1, _("Vem som har vilken roll")),
            *row_blocks(page.map),
        ),
    )


def map_document(shown: ResponsibilityMap) -> Document:
    return Document(
        title=_("Ansvarskarta"),
        subtitle=_("Läget %(day)s") % {"day": shown.day.isoformat()},
        organisation=shown.unit.name,
        date=shown.day,
        landscape=True,
        blocks=(
            Heading(1, _("Rollerna")),
            whole_table(shown.whole),
            Heading(1, _("Enhet för enhet")),
            *row_blocks(shown),
        ),
    )


def whole_table(whole: Iterable[RoleInAll]) -> Table:
    return Table(
        _("Vad varje roll ansvarar för"),
        (Column(2), *SIX, Column(4)),
        (Row((_("Roll"), *map(str, Responsibility.labels), _("I dag"))),),
        tuple(Row((Cell(str(row.role.name), header=True), *marks_of(row), in_all_cell(row))) for row in whole),
    )


def in_all_cell(row: RoleInAll) -> Cell:
    missing = _("Saknas: %(units)s") % {"units": ", ".join(unit.name for unit in row.missing_in)}
    said = "\n".join(filter(None, [holders_in_words(row), missing if row.missing_in else ""]))
    return Cell(said or "–", tone="yellow" if row.missing_in else None)


def row_blocks(shown: ResponsibilityMap) -> Iterator[Block]:
    if shown.has_more:
        yield Paragraph(_("Kartan är för stor för att visas hel. Välj en enhet."), "note")
    yield Table(
        _("Vem som har vilken roll %(day)s") % {"day": shown.day.isoformat()},
        (Column(3), Column(2), *SIX, Column(4)),
        (Row((_("Enhet"), _("Roll"), *map(str, Responsibility.labels), _("I dag"))),),
        tuple(
            Row((Cell(row.unit.name, header=True), str(row.role.name), *marks_of(row), holder_cell(row)))
            for row in shown.rows
        ),
    )


def holder_cell(row: HeldRole) -> Cell:
    return Cell(_("Saknas"), tone="red") if row.is_vacant else Cell(holders_in_words(row))


def marks_of(row: HeldRole) -> list[str]:
    return [_("Ja") if mark else "" for mark in row.marks]


def holders_in_words(row: HeldRole) -> str:
    """As in "Karin Ek (ersätts av Tove Ny), Mia Åsberg och 3 till"; the number alone where nobody is named."""
    if not row.holders:
        return _("%(n)s personer") % {"n": row.count} if row.count else ""
    names = ", ".join(map(holder_in_words, row.named))
    return _("%(names)s och %(n)s till") % {"names": names, "n": row.unnamed} if row.unnamed else names


def holder_in_words(holder: Holder) -> str:
    if not holder.deputies:
        return holder.person.name
    deputies = ", ".join(deputy.name for deputy in holder.deputies)
    return _("%(name)s (ersätts av %(deputies)s)") % {"name": holder.person.name, "deputies": deputies}


def area_blocks(areas: Iterable[AnsweredArea]) -> Iterator[Block]:
    for answered in areas:
        yield Heading(2, answered.area.name)
        yield Paragraph(answered.area.explanation)
        if answered.responsibilities:
            yield area_table(answered)
        else:
            yield Paragraph(_("Ingen ansvarar för området."), "note")


def area_table(answered: AnsweredArea) -> Table:
    return Table(
        _("Ansvariga: %(area)s") % {"area": answered.area.name},
        (Column(2), Column(2), Column(3), Column(3)),
        (Row((_("Ansvarig roll"), _("Enhet"), _("Ansvarar för att"), _("Kommentar"))),),
        tuple(
            Row(
                (
                    Cell(responsibility.role_name, header=True),
                    responsibility.unit_name,
                    responsibility.in_words,
                    responsibility.comment
                    if responsibility.held
                    else f"{_('Ingen har rollen.')} {responsibility.comment}",
                )
            )
            for responsibility in answered.responsibilities
        ),
    )


def map_sheets(shown: ResponsibilityMap) -> list[Sheet]:
    six = list(map(str, Responsibility.labels))
    return [
        Sheet(
            _("Enhet för enhet"),
            [_("Enhet"), _("Roll"), *six, _("I dag"), _("Ersättare"), _("Läge")],
            map(sheet_row, shown.rows),
        ),
        Sheet(
            _("Rollerna"),
            [_("Roll"), _("Ansvar"), *six, _("Antal"), _("Saknas i")],
            (
                [
                    str(row.role.name),
                    str(row.described.text),
                    *marks_of(row),
                    row.count,
                    ", ".join(unit.name for unit in row.missing_in),
                ]
                for row in shown.whole
            ),
        ),
    ]


def sheet_row(row: HeldRole) -> list[Any]:
    """In a file everybody has room."""
    names = ", ".join(holder.person.name for holder in row.holders) or (row.count and str(row.count)) or ""
    deputies = ", ".join(deputy.name for holder in row.holders for deputy in holder.deputies)
    standing = _("Saknas") if row.is_vacant else _("Finns")
    return [row.unit.name, str(row.role.name), *marks_of(row), names, deputies, standing]


def areas_sheet(areas: Iterable[AnsweredArea]) -> Sheet:
    lines: list[list[Any]] = []
    for answered in areas:
        lines += [
            [answered.area.name, r.role_name, r.unit_name, r.in_words, _("Finns") if r.held else _("Saknas"), r.comment]
            for r in answered.responsibilities
        ] or [[answered.area.name, "", "", "", _("Saknas"), ""]]
    headings = [_("Område"), _("Ansvarig roll"), _("Enhet"), _("Ansvarar för att"), _("Läge"), _("Kommentar")]
    return Sheet(_("Ansvarsområden"), headings, lines)
