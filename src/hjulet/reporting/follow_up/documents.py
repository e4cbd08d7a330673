"""A follow-up on paper: the same content as the page, as HTML, Word, PDF and Excel."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hjulet.base.documents.files import frozen_files
from hjulet.base.documents.model import Bullets, Cell, Column, Document, Heading, Paragraph, Row, Table
from hjulet.base.markdown import to_blocks
from hjulet.base.spreadsheets import Sheet, write_workbook
from hjulet.reporting.follow_up.content import FIGURES, ActionRow, AreaPart, Content, ControlRow, Level, RiskRow

TONES = {"success": "green", "warning": "yellow", "danger": "red"}


def files_of(content: Content, *, name: str, day: date) -> Iterator[dict[str, Any]]:
    """The follow-up as reported on the day, in all formats."""
    return frozen_files(document_of(content, day=day), workbook_of(content), name=name)


def document_of(content: Content, *, day: date) -> Document:
    return Document(
        title=str(content.title),
        subtitle=_("Läget %(day)s") % {"day": content.as_of.isoformat()},
        organisation=content.committee,
        date=day,
        landscape=True,
        blocks=(
            Heading(1, _("Sammanfattning")),
            *to_blocks(content.summary, top=2),
            figures_table(content),
            *(block for area in content.areas for block in area_blocks(area, content)),
            *lesson_blocks(content),
        ),
    )


def figures_table(content: Content) -> Table:
    return Table(
        _("Året i siffror"),
        (Column(4), Column(1, "end")),
        (Row((_("Vad"), _("Antal"))),),
        tuple(Row((Cell(str(figure.label), header=True), str(len(figure.rows_in(content))))) for figure in FIGURES),
    )


def area_blocks(area: AreaPart, content: Content) -> Iterator[Any]:
    actions = {action.pk: action for action in content.actions}
    wanted = {pk for risk in area.risks for pk in risk.actions}
    yield Heading(1, area.name)
    yield from to_blocks(area.text, top=2)
    yield risks_table(area)
    if chosen := [actions[pk] for pk in actions if pk in wanted]:
        yield actions_table(area, chosen)
    controls = {pk for risk in area.risks for pk in risk.controls}
    if occasions := [row for row in content.controls if row.pk in controls]:
        yield controls_table(area, occasions)


def risks_table(area: AreaPart) -> Table:
    return Table(
        _("Risker: %(area)s") % {"area": area.name},
        (Column(1), Column(6), Column(3), Column(3)),
        (Row((_("Nr"), _("Risk"), _("Nivå förut"), _("Nivå nu"))),),
        tuple(
            Row((Cell(risk.number, header=True), risk.title, level_cell(risk.before), level_cell(risk.now)))
            for risk in area.risks
        ),
    )


def level_cell(level: Level) -> Cell:
    return Cell(level_words(level), tone=level.tone)


def level_words(level: Level) -> str:
    """Number and word and day: the colour says nothing that these do not."""
    return f"{level.score} {level.band} ({level.assessed_date.isoformat()})"


def actions_table(area: AreaPart, actions: list[ActionRow]) -> Table:
    return Table(
        _("Åtgärder: %(area)s") % {"area": area.name},
        (Column(5), Column(3), Column(2), Column(2), Column(2)),
        (Row((_("Åtgärd"), _("Ansvarig"), _("Klart senast"), _("Läge"), _("Effekt"))),),
        tuple(
            Row(
                (
                    Cell(action.title, header=True),
                    action.owner,
                    day_or_dash(action.due_date),
                    state_cell(action),
                    action.effect_words or _("ej bedömd"),
                )
            )
            for action in actions
        ),
    )


def controls_table(area: AreaPart, occasions: list[ControlRow]) -> Table:
    return Table(
        _("Egenkontroller: %(area)s") % {"area": area.name},
        (Column(6), Column(2), Column(2), Column(4)),
        (Row((_("Egenkontroll"), _("Klar senast"), _("Läge"), _("Resultat"))),),
        tuple(
            Row(
                (
                    Cell(row.title, header=True),
                    row.due_date.isoformat(),
                    state_cell(row),
                    Cell(row.outcome, tone=TONES.get(row.color)) if row.outcome else Cell(_("ej mätt")),
                )
            )
            for row in occasions
        ),
    )


def state_cell(row: ActionRow | ControlRow) -> Cell:
    late = _("%(state)s, försenad") % {"state": row.state_words}
    return Cell(late, tone="red") if row.is_late else Cell(row.state_words)


def lesson_blocks(content: Content) -> Iterator[Any]:
    if content.lessons:
        yield Heading(1, _("Det här lärde året oss"))
        yield Bullets(content.lessons)
    else:
        yield Paragraph(_("Inga lärdomar är skrivna i den här uppföljningen."), "note")


def day_or_dash(day: date | None) -> str:
    return day.isoformat() if day else "–"


def workbook_of(content: Content) -> bytes:
    """The rows behind every figure, one sheet a kind."""
    return write_workbook([risk_sheet(content.risks), action_sheet(content.actions), control_sheet(content.controls)])


def risk_sheet(risks: tuple[RiskRow, ...]) -> Sheet:
    return Sheet(
        _("Risker"),
        [_("Nr"), _("Risk"), _("Brist"), _("Nivå förut"), _("Nivå nu")],
        [[r.number, r.title, r.deficiency, level_words(r.before), level_words(r.now)] for r in risks],
    )


def action_sheet(actions: tuple[ActionRow, ...]) -> Sheet:
    return Sheet(
        _("Åtgärder"),
        [_("Åtgärd"), _("Ansvarig"), _("Klart senast"), _("Läge"), _("Försenad"), _("Effekt")],
        [
            [a.title, a.owner, a.due_date, a.state_words, _("ja") if a.is_late else _("nej"), a.effect_words]
            for a in actions
        ],
    )


def control_sheet(controls: tuple[ControlRow, ...]) -> Sheet:
    return Sheet(
        _("Egenkontroll"),
        [_("Egenkontroll"), _("Klar senast"), _("Läge"), _("Försenad"), _("Resultat")],
        [[c.title, c.due_date, c.state_words, _("ja") if c.is_late else _("nej"), c.outcome] for c in controls],
    )
