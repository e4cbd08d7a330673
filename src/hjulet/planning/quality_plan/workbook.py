"""The plan as three sheets of a workbook: their columns, how they are written, and how a cell is read.

The names of sheets and columns are the file format, the same in every language; `docs/reference/import-format.md`
describes them. A file is read in full before it is judged, so that all its faults are told at once.
"""

import re
from collections.abc import Callable
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from hjulet.actions.models import Action
from hjulet.base.documents.model import clean
from hjulet.base.spreadsheets import Sheet, write_workbook
from hjulet.monitoring.models import Control
from hjulet.planning.models import Risk
from hjulet.planning.quality_plan.content import PlanContent
from hjulet.planning.quality_plan.targets import read_target

NUMBER = re.compile(r"(?:(?P<unit>.+) )?(?P<area>[1-9]\d{0,3})\.(?P<ordinal>[1-9]\d{0,3})", re.DOTALL)
SCALE = (1, 2, 3, 4)


@dataclass(frozen=True)
class Vocabulary:
    """The names that hold here. Each maps what may be written, in small letters, to the name itself."""

    today: date
    units: dict[str, str]
    areas: dict[str, str]
    frequencies: dict[str, str]
    roles: dict[str, str]
    responsible: dict[str, str]


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
            risk.level and risk.level.probability,
            risk.level and risk.level.severity,
            risk.level and risk.level.assessed_date,
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


def write(rows: PlanRows) -> bytes:
    """The .xlsx file; days are ISO text, as people write them, and nothing becomes a formula."""
    return write_workbook(
        Sheet(
            sheet.name,
            [column.heading for column in sheet.columns],
            ([in_cell(value) for value in astuple(row)] for row in given),
            [column.width for column in sheet.columns],
        )
        for sheet, given in zip(SHEETS, (rows.risks, rows.actions, rows.controls), strict=True)
    )


def in_cell(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value


def tidy(value: Any) -> str:
    """The text of a cell: what Excel cannot hold and the space around is left out."""
    return clean(value).strip()


def as_text(value: Any) -> str:
    """What stands in a cell, as a person would have typed it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(value)


def read_text(text: str, _vocabulary: Vocabulary) -> str:
    return text


def read_number(text: str, vocabulary: Vocabulary) -> str:
    found = NUMBER.fullmatch(text)
    if not found:
        raise ValueError(_("”%(text)s” är inte ett risknummer. Skriv till exempel 1.1.") % {"text": text})
    if not found["unit"]:
        return text
    unit = chosen(found["unit"], vocabulary.units, _("ingen enhet med risker i planen"))
    return f"{unit} {found['area']}.{found['ordinal']}"


def read_probability(text: str, _vocabulary: Vocabulary) -> int:
    return read_step(text, _("en sannolikhet"))


def read_severity(text: str, _vocabulary: Vocabulary) -> int:
    return read_step(text, _("en allvarlighetsgrad"))


def read_step(text: str, thing: str) -> int:
    if text not in {str(step) for step in SCALE}:
        raise ValueError(_("%(text)s är inte %(thing)s. Tillåtet: 1, 2, 3 eller 4.") % {"text": text, "thing": thing})
    return int(text)


def read_day(text: str, _vocabulary: Vocabulary) -> date:
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(_("”%(text)s” är inte ett datum. Skriv ÅÅÅÅ-MM-DD.") % {"text": text}) from None


def read_past_day(text: str, vocabulary: Vocabulary) -> date:
    day = read_day(text, vocabulary)
    if day > vocabulary.today:
        raise ValueError(_("%(day)s har inte varit än. Skriv den dag då risken bedömdes.") % {"day": text})
    return day


def read_area(text: str, vocabulary: Vocabulary) -> str:
    return chosen(text, vocabulary.areas, _("inget kvalitetsområde"))


def read_frequency(text: str, vocabulary: Vocabulary) -> str:
    return chosen(text, vocabulary.frequencies, _("ingen frekvens"))


def read_role(text: str, vocabulary: Vocabulary) -> str:
    return chosen(text, vocabulary.roles, _("ingen roll"))


def read_responsible(text: str, vocabulary: Vocabulary) -> str:
    return chosen(text, vocabulary.responsible, _("ingen roll och ingen person med en roll i nämnden"))


def read_goal_value(text: str, _vocabulary: Vocabulary) -> str:
    target = read_target(text)
    return str(target) if target else ""


def chosen(text: str, names: dict[str, str], what: str) -> str:
    """The name as it is written here; ValueError lists the names, and the one that was probably meant."""
    wanted = " ".join(text.casefold().split())
    if wanted in names:
        return names[wanted]
    sentences = [_("”%(text)s” är %(what)s.") % {"text": text, "what": what}]
    if close := get_close_matches(wanted, names, n=1):
        sentences.append(_("Menade du %(name)s?") % {"name": names[close[0]]})
    if names:
        sentences.append(_("Tillåtet: %(names)s.") % {"names": ", ".join(dict.fromkeys(names.values()))})
    raise ValueError(" ".join(sentences))


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
