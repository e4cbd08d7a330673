"""The process in words: what the picture says to whoever cannot see it, or would rather read."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hjulet.base.documents.model import Column, Row, Table
from hjulet.rulebook.processes.diagram import Diagram, Link, Step, all_links, numbers
from hjulet.rulebook.processes.states import StepKind


@dataclass(frozen=True, slots=True)
class Told:
    """A step with its number, and where it leads: "om ja → 5"."""

    step: Step
    number: str
    what: str
    who: str
    then: str


def told(diagram: Diagram) -> list[Told]:
    number = numbers(diagram)
    leads: dict[str, list[Link]] = defaultdict(list)
    for link in all_links(diagram):
        leads[link.source].append(link)
    return [
        Told(step, number[step.key], what(step, number), name_of_lane(step.lane), then(step, leads[step.key], number))
        for step in diagram.steps
    ]


def what(step: Step, number: dict[str, str]) -> str:
    kind = StepKind(step.kind)
    said = step.title if kind == StepKind.TASK else f"{kind.label}: {step.title}" if step.title else str(kind.label)
    if step.attached_to in number:
        said = _("%(what)s (kan inträffa under steg %(number)s)") % {"what": said, "number": number[step.attached_to]}
    if step.parties:
        said = _("%(what)s, tillsammans med %(parties)s") % {"what": said, "parties": ", ".join(step.parties)}
    return said


def then(step: Step, links: list[Link], number: dict[str, str]) -> str:
    ways = [way(link, number) for link in links if link.target in number]
    if ways:
        return "; ".join(ways)
    return _("Här slutar processen.") if step.kind == StepKind.END or (step.stops and not step.inside) else "–"


def way(link: Link, number: dict[str, str]) -> str:
    to = f"→ {number[link.target]}"
    if link.is_message:
        return (_("meddelande: %(label)s") % {"label": link.label} if link.label else _("meddelande")) + f" {to}"
    label = link.label or (_("annars") if link.is_default else "")
    return f"{label} {to}".strip()


def name_of_lane(lane: str) -> str:
    return lane or _("Ingen roll angiven")


def said_of(diagram: Diagram) -> dict[str, str]:
    """What each shape of the picture is called by a screen reader."""
    return {one.step.key: f"{one.number} {one.what}. {one.who}. {one.then}" for one in told(diagram)}


def as_table(diagram: Diagram) -> Table:
    """The steps in order, with who does them and what comes then."""
    rows = tuple(Row((one.number, one.what, one.who, one.then)) for one in told(diagram))
    heads = Row((_("Nr"), _("Steg"), _("Vem"), _("Sedan")))
    return Table(_("Stegen i ordning"), (Column(0.6), Column(4), Column(2), Column(2)), (heads,), rows)


def by_lane(diagram: Diagram) -> list[tuple[str, list[Told]]]:
    """What each role does, in order; the roles as they first appear."""
    lanes: dict[str, list[Told]] = {}
    for one in told(diagram):
        lanes.setdefault(one.who, []).append(one)
    return list(lanes.items())
