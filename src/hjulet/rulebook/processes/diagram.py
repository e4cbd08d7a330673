"""A process as it is drawn and exchanged: plain data, the same for the picture, the text and BPMN."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from hjulet.rulebook.processes.states import StepKind

WITHIN = " › "  # between the names of a lane and the one that lies in it


@dataclass(frozen=True, slots=True)
class Kept:
    """What a file said that we have no word for, as it stood: attributes and whole elements."""

    attributes: tuple[tuple[str, str], ...] = ()
    elements: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.attributes or self.elements)


NOTHING = Kept()


@dataclass(frozen=True, slots=True)
class Step:
    """An activity, an event or a gateway. `inside` and `attached_to` are keys of other steps.

    `element` is its name in BPMN when that is not the usual one of its kind; `stops` says that nothing follows though
    it is no end; `calls` names another process.
    """

    key: str
    kind: str = StepKind.TASK
    title: str = ""
    lane: str = ""
    pool: str = ""
    inside: str = ""
    attached_to: str = ""
    element: str = ""
    description: str = ""
    parties: tuple[str, ...] = ()
    stops: bool = False
    calls: str = ""
    href: str = ""
    kept: Kept = NOTHING


@dataclass(frozen=True, slots=True)
class Link:
    key: str
    source: str
    target: str
    label: str = ""
    is_message: bool = False
    is_default: bool = False
    kept: Kept = NOTHING


@dataclass(frozen=True, slots=True)
class Diagram:
    """The steps stand in their order, those inside a sub-process after it. `kept` belongs to places of the file."""

    key: str
    title: str
    purpose: str = ""
    steps: tuple[Step, ...] = ()
    links: tuple[Link, ...] = ()
    kept: tuple[tuple[str, Kept], ...] = field(default=())

    def kept_at(self, place: str) -> Kept:
        return dict(self.kept).get(place, NOTHING)

    @property
    def by_key(self) -> dict[str, Step]:
        return {step.key: step for step in self.steps}

    @property
    def pools(self) -> list[str]:
        """The own one first, also when nothing lies in it."""
        return list(dict.fromkeys(["", *(step.pool for step in self.steps)]))

    def lanes(self, pool: str) -> list[str]:
        return list(dict.fromkeys(step.lane for step in self.steps if step.pool == pool and not step.inside))

    @property
    def parties(self) -> list[str]:
        """Those outside who take part."""
        return list(dict.fromkeys(party for step in self.steps for party in step.parties))


def in_order(diagram: Diagram) -> Diagram:
    """The own pool first, each sub-process followed by what is inside it, links by where they begin and messages last."""
    inside = defaultdict(list)
    for step in diagram.steps:
        inside[step.inside].append(step)
    pools = {pool: number for number, pool in enumerate(diagram.pools)}

    def walk(steps: Iterable[Step]) -> Iterable[Step]:
        for step in steps:
            yield step
            yield from walk(inside[step.key])

    top = sorted(inside[""], key=lambda step: pools[step.pool])
    steps = tuple(walk(top))
    place = {step.key: at for at, step in enumerate(steps)}
    links = sorted(diagram.links, key=lambda link: (link.is_message, place.get(link.source, -1)))
    return replace(diagram, steps=steps, links=tuple(links))


def implied(diagram: Diagram) -> tuple[Link, ...]:
    """The links that the order alone gives: to the next, from every step that leads nowhere and is no end."""
    leading = {link.source for link in diagram.links if not link.is_message}
    beside = defaultdict(list)
    for step in diagram.steps:
        if not step.attached_to:
            beside[step.pool, step.inside].append(step)
    return tuple(
        Link(f"{step.key}-{after.key}", step.key, after.key)
        for steps in beside.values()
        for step, after in pairwise(steps)
        if step.key not in leading and goes_on(step) and after.kind != StepKind.START
    )


def goes_on(step: Step) -> bool:
    return not step.stops and step.kind != StepKind.END


def all_links(diagram: Diagram) -> tuple[Link, ...]:
    return (*diagram.links, *implied(diagram))


def numbers(diagram: Diagram) -> dict[str, str]:
    """What each step is called in the list and in the picture: 3, and 3.1 inside it."""
    counted: dict[str, int] = defaultdict(int)
    given: dict[str, str] = {}
    for step in diagram.steps:
        counted[step.inside] += 1
        number = str(counted[step.inside])
        given[step.key] = f"{given[step.inside]}.{number}" if step.inside in given else number
    return given
