"""What a plan says, as plain data: the same for the page, the files and the frozen copy.

The frozen copy of a proposed or adopted plan is this as JSON (`hjulet.base.frozen`). A field that is added later
needs a default, so that what was frozen before can still be read; a change of meaning needs a new `SCHEMA`.
"""

from dataclasses import dataclass
from datetime import date

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Level:
    """A risk's level on a day: the score is 1 to 16, the word and the tone are those of its band."""

    probability: int
    severity: int
    word: str
    tone: str
    assessed_date: date

    @property
    def score(self) -> int:
        return self.probability * self.severity


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """`unit` is empty when the action belongs where its risk does."""

    pk: int
    title: str
    description: str
    responsible: str
    unit: str
    due_date: date | None


@dataclass(frozen=True, slots=True)
class PlannedControl:
    pk: int
    title: str
    method: str
    frequency: str
    responsible: str
    unit: str
    target: str


@dataclass(frozen=True, slots=True)
class PlannedRisk:
    pk: int
    number: str
    title: str
    deficiency: str
    responsible: str
    level: Level | None
    change: str
    change_reason: str
    actions: tuple[PlannedAction, ...]
    controls: tuple[PlannedControl, ...]


@dataclass(frozen=True, slots=True)
class AreaGroup:
    number: str
    name: str
    risks: tuple[PlannedRisk, ...]


@dataclass(frozen=True, slots=True)
class GoalGroup:
    """An overarching goal with a focus area below it; either may be empty."""

    overall: str
    focus: str
    areas: tuple[AreaGroup, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A text in Markdown; `area` names the quality area it is about, empty for the chapters before the risks."""

    key: str
    title: str
    area: str
    body: str


@dataclass(frozen=True, slots=True)
class GoneRisk:
    """A risk of last year that is no longer there, and why."""

    number: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class AxisStep:
    value: int
    word: str


@dataclass(frozen=True, slots=True)
class MatrixLevel:
    tone: str
    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class CellCount:
    probability: int
    severity: int
    tone: str
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class MatrixCounts:
    """How many risks stand in each cell, the green ones too."""

    probability: tuple[AxisStep, ...]
    severity: tuple[AxisStep, ...]
    levels: tuple[MatrixLevel, ...]
    cells: tuple[CellCount, ...]


@dataclass(frozen=True, slots=True)
class Adoption:
    meeting_date: date
    paragraph: str
    registry_number: str


@dataclass(frozen=True, slots=True)
class PlanContent:
    committee: str
    year: int
    version: int
    chapters: tuple[Chapter, ...]
    goals: tuple[GoalGroup, ...]
    gone: tuple[GoneRisk, ...]
    matrix: MatrixCounts | None
    adoption: Adoption | None = None
    schema: int = SCHEMA

    @property
    def risks(self) -> tuple[PlannedRisk, ...]:
        return tuple(risk for goal in self.goals for area in goal.areas for risk in area.risks)

    @property
    def introduction(self) -> tuple[Chapter, ...]:
        return tuple(chapter for chapter in self.chapters if not chapter.area)

    @property
    def area_chapters(self) -> tuple[Chapter, ...]:
        return tuple(chapter for chapter in self.chapters if chapter.area)
