"""The plan as a document, drawn the same on the page, in Word and in PDF."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from hjulet.base import markdown
from hjulet.base.charts import heat_grid
from hjulet.base.charts.heat_grid import Axis, GridCell, GridWords, HeatGrid, Step
from hjulet.base.documents.model import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Row,
    Table,
    Text,
)
from hjulet.planning.quality_plan.content import (
    AreaGroup,
    Chapter,
    GoalGroup,
    GoneRisk,
    MatrixCounts,
    PlanContent,
    PlannedAction,
    PlannedControl,
    PlannedRisk,
)
from hjulet.planning.quality_plan.targets import read_target

COLUMNS = (Column(0.9), Column(3), Column(1.9), Column(3.6), Column(3.6))


def document_of(content: PlanContent, *, status: str, day: date, linked: bool = False) -> Document:
    """`status` says what is not adopted yet, as in "Utkast"; `linked` leads each risk, action and control to its page."""
    return Document(
        title=_("Kvalitetsplan %(year)s") % {"year": content.year},
        subtitle=said_of(content, status),
        organisation=content.committee,
        date=day,
        landscape=True,
        blocks=(
            *chapters(content.introduction, level=1),
            *improvements(content, linked=linked),
            *gone(content.gone),
            *area_texts(content.area_chapters),
        ),
    )


def said_of(content: PlanContent, status: str) -> str:
    version = _("version %(number)s") % {"number": content.version}
    if not content.adoption:
        return f"{status}, {version}"
    return _("Antagen av %(committee)s %(day)s, %(paragraph)s, dnr %(registry)s (%(version)s)") % {
        "committee": content.committee,
        "day": content.adoption.meeting_date.isoformat(),
        "paragraph": content.adoption.paragraph,
        "registry": content.adoption.registry_number,
        "version": version,
    }


def chapters(given: Iterable[Chapter], *, level: int) -> list[Block]:
    """A chapter nobody has written is left out: a heading alone says nothing."""
    blocks: list[Block] = []
    for chapter in given:
        if chapter.body.strip():
            body = markdown.to_blocks(chapter.body, top=level + 1, table_caption=chapter.title)
            blocks += [Heading(level, chapter.title), *body]
    return blocks


def area_texts(given: tuple[Chapter, ...]) -> list[Block]:
    told = chapters(given, level=2)
    return [Heading(1, _("Om kvalitetsområdena")), *told] if told else []


def improvements(content: PlanContent, *, linked: bool) -> list[Block]:
    blocks: list[Block] = [Heading(1, _("Risker, åtgärder och egenkontroll"))]
    if content.matrix:
        blocks += [*levels(content.matrix), matrix_figure(content.matrix, linked=linked)]
    if not content.goals:
        blocks.append(Paragraph(_("Det finns inga gula eller röda risker det här året.")))
    for goal in content.goals:
        blocks += goal_blocks(goal, linked=linked)
    return blocks


def levels(matrix: MatrixCounts) -> list[Block]:
    return [Bullets(tuple((Text(level.word, bold=True), f": {level.meaning}") for level in reversed(matrix.levels)))]


def matrix_figure(matrix: MatrixCounts, *, linked: bool) -> Figure:
    return heat_grid.figure(grid_of(matrix, linked=linked), width=0.34)


def grid_of(matrix: MatrixCounts, *, linked: bool) -> HeatGrid:
    rated = sum(cell.count for cell in matrix.cells)
    return HeatGrid(
        title=_("Riskmatris"),
        description=_("Antal risker i varje ruta efter sannolikhet och allvarlighetsgrad, %(count)s risker totalt.")
        % {"count": rated},
        horizontal=Axis(_("Allvarlighetsgrad"), steps(matrix.severity)),
        vertical=Axis(_("Sannolikhet"), steps(matrix.probability)),
        cells=tuple(
            GridCell(
                column=cell.severity - 1,
                row=cell.probability - 1,
                tone=cell.tone,  # type: ignore[arg-type] - the tones of a matrix are among those of the chart
                word=cell.word,
                score=str(cell.probability * cell.severity),
                count=cell.count,
            )
            for cell in matrix.cells
        ),
        words=GridWords(things=_("st"), new=_("nya"), gone=_("borta"), moved=_("flyttade")),
    )


def steps(axis) -> tuple[Step, ...]:
    return tuple(Step(str(step.value), step.word) for step in axis)


def goal_blocks(goal: GoalGroup, *, linked: bool) -> list[Block]:
    title = goal.overall or goal.focus or _("Utan mål")
    focus = (Row(((Text(_("Fokusområde: "), bold=True), goal.focus),), section=True),)
    rows = [row for area in goal.areas for row in area_rows(area, linked=linked)]
    header = Row((_("Risk nr"), _("Risk och brist"), _("Risknivå"), _("Åtgärd"), _("Egenkontroll")))
    caption = _("Risker: %(goal)s") % {"goal": Truncator(title).chars(80)}
    body = (*(focus if goal.overall and goal.focus else ()), *rows)
    return [Heading(2, title), Table(caption, COLUMNS, (header,), body)]


def area_rows(area: AreaGroup, *, linked: bool) -> list[Row]:
    heading = Row((Text(f"{area.number} {area.name}", bold=True),), section=True)
    return [heading, *(risk_row(risk, linked=linked) for risk in area.risks)]


def risk_row(risk: PlannedRisk, *, linked: bool) -> Row:
    return Row(
        (
            Cell(Text(risk.number, href=address("risks:detail", risk.pk, linked=linked)), header=True),
            Cell((Paragraph(risk.title), Paragraph(risk.deficiency, style="note"), *told_change(risk))),
            level_cell(risk),
            Cell(tuple(action_blocks(risk.actions, linked=linked))),
            Cell(tuple(control_blocks(risk.controls, linked=linked))),
        )
    )


def told_change(risk: PlannedRisk) -> tuple[Paragraph, ...]:
    """What happened since last year; said only when there was one to compare with."""
    if not risk.change:
        return ()
    reason = f": {risk.change_reason}" if risk.change_reason else ""
    return (Paragraph((Text(risk.change, bold=True), _(" sedan förra året"), reason), style="note"),)


def level_cell(risk: PlannedRisk) -> Cell:
    level = risk.level
    if level is None:
        return Cell(_("Inte bedömd"))
    told = (
        Text(f"{level.score} {level.word}", bold=True),
        "\n" + _("sannolikhet %(value)s") % {"value": level.probability},
        "\n" + _("allvarlighetsgrad %(value)s") % {"value": level.severity},
        f"\n{level.assessed_date.isoformat()}",
    )
    return Cell(told, tone=level.tone)  # type: ignore[arg-type] - the tones of a matrix are among those of a cell


def action_blocks(actions: Iterable[PlannedAction], *, linked: bool) -> Iterable[Paragraph | Bullets]:
    """Actions with the same heading stand under it once."""
    for title, together in groupby(actions, key=lambda action: action.title):
        yield Paragraph(Text(title, bold=True))
        yield Bullets(tuple(action_content(action, linked=linked) for action in together))


def action_content(action: PlannedAction, *, linked: bool) -> tuple[str | Text, ...]:
    due = _("senast %(day)s") % {"day": action.due_date.isoformat()} if action.due_date else ""
    told = Text(action.description, href=address("actions:detail", action.pk, linked=linked))
    return (told, small(action.responsible, action.unit, due))


def control_blocks(controls: tuple[PlannedControl, ...], *, linked: bool) -> Iterable[Bullets]:
    if controls:
        yield Bullets(tuple(control_content(control, linked=linked) for control in controls))


def control_content(control: PlannedControl, *, linked: bool) -> tuple[str | Text, ...]:
    target = read_target(control.target)
    goal = _("mål %(target)s") % {"target": target.in_words} if target else ""
    told = Text(control.title, href=address("self_monitoring:detail", control.pk, linked=linked))
    return (told, small(control.method, control.frequency, goal, control.responsible, control.unit))


def small(*parts: str) -> str:
    """What is said after the main thing, on a line of its own."""
    told = ", ".join(part for part in parts if part)
    return f"\n{told}" if told else ""


def gone(risks: tuple[GoneRisk, ...]) -> list[Block]:
    if not risks:
        return []
    header = Row((_("Risk nr"), _("Risk"), _("Varför den är borta")))
    rows = tuple(Row((Cell(risk.number, header=True), risk.title, risk.reason)) for risk in risks)
    caption = _("Risker som är borta sedan förra året")
    return [Heading(1, caption), Table(caption, (Column(0.8), Column(4), Column(4)), (header,), rows)]


def address(name: str, pk: int, *, linked: bool) -> str:
    return reverse(name, args=[pk]) if linked else ""
