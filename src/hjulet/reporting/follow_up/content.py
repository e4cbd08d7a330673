"""A follow-up as data: what the page, the files and the frozen copy are all made of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from hjulet.actions.models import Effect
from hjulet.actions.states import ActionState
from hjulet.monitoring.self_monitoring.states import OccurrenceState


@dataclass(frozen=True)
class Level:
    """A risk as it was judged on a day; score 1–16."""

    score: int
    band: str
    tone: str
    assessed_date: date


@dataclass(frozen=True)
class ActionRow:
    pk: int
    title: str
    owner: str
    due_date: date | None
    state: str
    state_words: str
    is_late: bool
    effect: str
    effect_words: str
    url: str


@dataclass(frozen=True)
class ControlRow:
    """One occasion of an egenkontroll that fell due in the period. `outcome` is empty until there is a result."""

    pk: int
    title: str
    due_date: date
    state: str
    state_words: str
    is_late: bool
    outcome: str
    color: str
    url: str


@dataclass(frozen=True)
class RiskRow:
    pk: int
    number: str
    title: str
    deficiency: str
    before: Level
    now: Level
    is_assessed_anew: bool
    actions: tuple[int, ...]
    controls: tuple[int, ...]
    url: str


@dataclass(frozen=True)
class AreaPart:
    """A quality area with its text and risks; actions and occasions stand once each, in `Content`."""

    name: str
    text: str
    risks: tuple[RiskRow, ...]


@dataclass(frozen=True)
class Content:
    committee: str
    year: int
    period: str
    from_date: date
    to_date: date
    as_of: date
    summary: str
    areas: tuple[AreaPart, ...]
    actions: tuple[ActionRow, ...]
    controls: tuple[ControlRow, ...]
    lessons: tuple[str, ...]

    @property
    def title(self) -> str:
        return _("Uppföljning av kvalitetsplan %(year)s, %(period)s") % {
            "year": self.year,
            "period": self.period.lower(),
        }

    @property
    def risks(self) -> tuple[RiskRow, ...]:
        return tuple(risk for area in self.areas for risk in area.risks)


@dataclass(frozen=True)
class Figure:
    """A number that is nothing but a count of rows: `rows` says which of the content's lists, `counts` which of them."""

    key: str
    label: Any
    rows: str
    counts: Callable[[Any], bool]

    def rows_in(self, content: Content) -> list[Any]:
        return [row for row in getattr(content, self.rows) if self.counts(row)]


def lowered(risk: RiskRow) -> bool:
    return risk.now.score < risk.before.score


def raised(risk: RiskRow) -> bool:
    return risk.now.score > risk.before.score


FIGURES = (
    Figure("risker", _("Risker som följs upp"), "risks", bool),
    Figure("roda-risker", _("Röda risker nu"), "risks", lambda risk: risk.now.tone == "red"),
    Figure("sankta-risker", _("Risker med lägre nivå än förut"), "risks", lowered),
    Figure("hojda-risker", _("Risker med högre nivå än förut"), "risks", raised),
    Figure("obedomda-risker", _("Risker utan ny bedömning"), "risks", lambda risk: not risk.is_assessed_anew),
    Figure("atgarder", _("Åtgärder"), "actions", lambda action: action.state != ActionState.CANCELLED),
    Figure(
        "genomforda-atgarder",
        _("Genomförda åtgärder"),
        "actions",
        lambda action: action.state in (ActionState.DONE, ActionState.CLOSED),
    ),
    Figure("forsenade-atgarder", _("Försenade åtgärder"), "actions", lambda action: action.is_late),
    Figure("hindrade-atgarder", _("Hindrade åtgärder"), "actions", lambda action: action.state == ActionState.HINDERED),
    Figure(
        "atgarder-med-effekt",
        _("Åtgärder som fick effekt, helt eller delvis"),
        "actions",
        lambda action: action.effect in (Effect.YES, Effect.PARTLY),
    ),
    Figure(
        "egenkontroller",
        _("Egenkontroller i perioden"),
        "controls",
        lambda control: control.state != OccurrenceState.NOT_APPLICABLE,
    ),
    Figure(
        "gjorda-egenkontroller",
        _("Gjorda egenkontroller"),
        "controls",
        lambda control: control.state == OccurrenceState.DONE,
    ),
    Figure("forsenade-egenkontroller", _("Försenade egenkontroller"), "controls", lambda control: control.is_late),
)
BY_KEY = {figure.key: figure for figure in FIGURES}
