"""The plan as three sheets of a workbook: their rows and columns, and how they are written.

The names of sheets and columns are the file format, the same in every language; `docs/reference/import-format.md`
describes them.
"""

from collections.abc import Callable
from dataclasses import astuple, dataclass, fields
from datetime import date
from typing import Any

from hjulet.actions.models import Action
from hjulet.base.spreadsheets import Sheet, write_workbook
from hjulet.monitoring.models import Control
from hjulet.planning.quality_plan.cells import (
    Vocabulary,
    read_area,
    read_day,
    read_frequency,
    read_goal_value,
    read_number,
    read_past_day,
    read_probability,
    read_responsible,
    read_role,
    read_severity,
    read_text,
    tidy,
)
from hjulet.planning.quality_plan.content import PlanContent, PlannedRisk
from hjulet.planning.risks.models import Risk


@dataclass(frozen=True, slots=True)
class RiskRow:
    number: str
    overall: str
    focus: str
    area: str
    title: str
    deficiency: str
    probability: int | None
    severity: int | None
    assessed_date: date | None
    responsible: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    risk: str
    title: str
    description: str
    responsible: str
    due_date: date | None


@dataclass(frozen=True, slots=True)
class ControlRow:
    risk: str
    title: str
    method: str
    frequency: str
    responsible: str
    target: str


Row = RiskRow | ActionRow | ControlRow


@dataclass(frozen=True)
class Column:
    """`reader` turns the cell's text into the value, or says in a ValueError what is wrong and what is allowed."""

    heading: str
    reader: Callable[[str, Vocabulary], Any]
    width: float
    required: bool = False
    longest: int = 0
    empty: Any = ""


@dataclass(frozen=True)
class PlanSheet:
    """The columns stand in the order of the row's fields."""

    name: str
    row: type[Row]
    columns: tuple[Column, ...]

    def heading(self, field: str) -> str:
        """What the column of a field is called."""
        return next(c.heading for c, f in zip(self.columns, fields(self.row), strict=True) if f.name == field)


@dataclass(frozen=True)
class PlanRows:
    risks: tuple[RiskRow, ...] = ()
    actions: tuple[ActionRow, ...] = ()
    controls: tuple[ControlRow, ...] = ()


def rows_of(content: PlanContent) -> PlanRows:
    """The plan as it stands in a workbook."""
    placed = [(goal, area, risk) for goal in content.goals for area in goal.areas for risk in area.risks]
    risks = (
        RiskRow(
            risk.number,
            tidy(goal.overall),
            tidy(goal.focus),
            area.name,
            tidy(risk.title),
            tidy(risk.deficiency),
            *judgement(risk),
            risk.responsible,
        )
        for goal, area, risk in placed
    )
    actions = (
        ActionRow(risk.number, tidy(it.title), tidy(it.description), it.responsible, it.due_date)
        for _goal, _area, risk in placed
        for it in risk.actions
    )
    controls = (
        ControlRow(risk.number, tidy(it.title), tidy(it.method), it.frequency, it.responsible, it.target)
        for _goal, _area, risk in placed
        for it in risk.controls
    )
    return PlanRows(tuple(risks), tuple(actions), tuple(controls))


def judgement(risk: PlannedRisk) -> tuple[int | None, int | None, date | None]:
    if risk.level is None:
        return None, None, None
    return risk.level.probability, risk.level.severity, risk.level.assessed_date


def write(rows: PlanRows) -> bytes:
    """The .xlsx file; days are ISO text, as people write them, and nothing becomes a formula."""
    tables: tuple[tuple[Row, ...], ...] = (rows.risks, rows.actions, rows.controls)
    return write_workbook(
        Sheet(
            sheet.name,
            [column.heading for column in sheet.columns],
            ([in_cell(value) for value in astuple(row)] for row in given),
            [column.width for column in sheet.columns],
        )
        for sheet, given in zip(SHEETS, tables, strict=True)
    )


def in_cell(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value


def longest(model: Any, field: str) -> int:
    return model._meta.get_field(field).max_length


RISKS = PlanSheet(
    "Risker",
    RiskRow,
    (
        Column("Nr", read_number, 8, required=True),
        Column("Övergripande mål", read_text, 30, longest=600),
        Column("Fokusområde", read_text, 40, longest=600),
        Column("Kvalitetsområde", read_area, 24, required=True),
        Column("Risk", read_text, 40, required=True, longest=longest(Risk, "title")),
        Column("Brist", read_text, 40, required=True, longest=longest(Risk, "deficiency")),
        Column("Sannolikhet", read_probability, 12, required=True),
        Column("Allvarlighetsgrad", read_severity, 16, required=True),
        Column("Bedömd", read_past_day, 12, required=True),
        Column("Ansvarig roll", read_role, 18),
    ),
)
ACTIONS = PlanSheet(
    "Åtgärder",
    ActionRow,
    (
        Column("Risknr", read_number, 8, required=True),
        Column("Rubrik", read_text, 30, required=True, longest=longest(Action, "title")),
        Column("Åtgärd", read_text, 60, required=True, longest=longest(Action, "description")),
        Column("Ansvarig roll", read_responsible, 18),
        Column("Klart senast", read_day, 14, empty=None),
    ),
)
CONTROLS = PlanSheet(
    "Egenkontroll",
    ControlRow,
    (
        Column("Risknr", read_number, 8, required=True),
        Column("Egenkontroll", read_text, 60, required=True, longest=longest(Control, "title")),
        Column("Metod", read_text, 20, required=True, longest=longest(Control, "method")),
        Column("Frekvens", read_frequency, 18, required=True),
        Column("Ansvarig roll", read_responsible, 18),
        Column("Målvärde", read_goal_value, 18),
    ),
)
SHEETS = (RISKS, ACTIONS, CONTROLS)


def sheet_of(row: Row) -> PlanSheet:
    return next(sheet for sheet in SHEETS if isinstance(row, sheet.row))
