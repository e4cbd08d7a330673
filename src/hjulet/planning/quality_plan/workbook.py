"""The plan as three sheets of a workbook: their rows and columns, and how they are written.

The names of sheets and columns are the file format, the same in every language; `docs/reference/import-format.md`
describes them.
"""

from dataclasses import dataclass
from datetime import date

from hjulet.actions.models import Action
from hjulet.base.intake.cells import read_day, read_text, tidy
from hjulet.base.intake.sheets import Column, FileSheet, longest
from hjulet.base.spreadsheets import write_workbook
from hjulet.monitoring.models import Control
from hjulet.planning.quality_plan.cells import (
    read_area,
    read_frequency,
    read_goal_value,
    read_number,
    read_past_day,
    read_probability,
    read_responsible,
    read_role,
    read_severity,
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
    """The .xlsx file; nothing in it becomes a formula."""
    tables: tuple[tuple[Row, ...], ...] = (rows.risks, rows.actions, rows.controls)
    return write_workbook(sheet.holding(given) for sheet, given in zip(SHEETS, tables, strict=True))


RISKS = FileSheet(
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
ACTIONS = FileSheet(
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
CONTROLS = FileSheet(
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


def sheet_of(row: Row) -> FileSheet:
    return next(sheet for sheet in SHEETS if isinstance(row, sheet.row))
