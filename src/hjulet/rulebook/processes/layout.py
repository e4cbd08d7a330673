"""Where everything stands in the picture: columns by the longest way there, rows by lane."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from hjulet.rulebook.processes.diagram import Diagram, Link, Step, all_links, numbers
from hjulet.rulebook.processes.states import GATEWAYS, StepKind

BOX_WIDTH: Final = 132
BOX_HEIGHT: Final = 66
GAP: Final = 84
CHANNEL: Final = 50  # above each row, for the ways that pass it
FOOT: Final = 30  # beneath each row, for the words of a gateway or an event
LANE_WIDTH: Final = 118
POOL_HEIGHT: Final = 26
MARGIN: Final = 2
EVENT: Final = 30
GATEWAY: Final = 44
TRACK: Final = 7
TRACK_ABOVE: Final = 13  # so high that the words of a way stand free of the next one
TRACKS: Final = 4
DIRECT: Final = 1

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A shape; the words of an event or a gateway stand beneath it."""

    step: Step
    number: str
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Band:
    """A lane of a pool, or a whole pool: a strip across the picture."""

    pool: str
    name: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Way:
    """A link as a line of points, and where its words begin, written upwards from there."""

    link: Link
    points: tuple[Point, ...]
    words_at: Point
    words_width: float


@dataclass(frozen=True, slots=True)
class Stub:
    """Links that leave this part of the picture or come into it: the numbers of the steps at the other end."""

    point: Point
    numbers: str
    is_out: bool


@dataclass(frozen=True, slots=True)
class Plan:
    boxes: tuple[Box, ...]
    lanes: tuple[Band, ...]
    pools: tuple[Band, ...]
    ways: tuple[Way, ...]
    stubs: tuple[Stub, ...]
    width: float
    height: float


def columns_of(diagram: Diagram) -> dict[str, int]:
    """The column of each step that is not inside another: one more than the furthest of those that lead to it."""
    top = [step for step in diagram.steps if not step.inside]
    keys = {step.key for step in top}
    leads: dict[str, list[str]] = {step.key: [] for step in top}
    for link in all_links(diagram):
        if not link.is_message and {link.source, link.target} <= keys and link.target not in leads[link.source]:
            leads[link.source].append(link.target)
    hosts = {step.key: step.attached_to for step in top if step.attached_to in keys}
    for key, host in hosts.items():
        leads[host] += leads[key]
    order = _forwards([step.key for step in top], leads)
    columns = dict.fromkeys(order, 0)
    place = {key: at for at, key in enumerate(order)}
    for key in order:
        for after in leads[key]:
            if place[after] > place[key]:
                columns[after] = max(columns[after], columns[key] + 1)
    return columns | {key: columns[host] for key, host in hosts.items()}


def _forwards(keys: list[str], leads: dict[str, list[str]]) -> list[str]:
    """An order in which every link leads forwards, but those that close a circle. No recursion: files are long."""
    done: list[str] = []
    seen: set[str] = set()
    for key in keys:
        waiting = [(key, iter(leads[key]))] if key not in seen else []
        seen.add(key)
        while waiting:
            here, rest = waiting[-1]
            after = next((one for one in rest if one not in seen), None)
            if after is None:
                done.append(here)
                waiting.pop()
            else:
                seen.add(after)
                waiting.append((after, iter(leads[after])))
    return done[::-1]


def arrange(diagram: Diagram, *, first: int = 0, last: int | None = None, room: int = 0) -> Plan:
    """The whole picture, or the columns from `first` to `last` of it, with stubs where its links are cut.

    It is at least `room` columns wide: what is shown equally wide has letters of the same size.
    """
    columns = columns_of(diagram)
    last = max(columns.values(), default=0) if last is None else last
    shown = [step for step in diagram.steps if first <= columns.get(step.key, -1) <= last]
    rows = _Rows(diagram, shown, columns)
    boxes = {}
    for step in shown:
        if step.attached_to not in columns:
            left = LANE_WIDTH + GAP / 2 + (columns[step.key] - first) * (BOX_WIDTH + GAP)
            boxes[step.key] = _box(step, rows.numbers[step.key], left, rows.top(step.key))
    for step in shown:
        if step.attached_to in boxes:
            boxes[step.key] = _on_the_edge(step, rows.numbers[step.key], boxes[step.attached_to])
    ways, stubs = _Ways(boxes, columns, rows).all(diagram)
    width = LANE_WIDTH + max(last - first + 1, room) * (BOX_WIDTH + GAP) + MARGIN
    placed = tuple(boxes[step.key] for step in shown)
    return Plan(placed, tuple(rows.lanes), tuple(rows.pools), ways, stubs, width, rows.height)


def _box(step: Step, number: str, left: float, top: float) -> Box:
    size = EVENT if _is_event(step) else GATEWAY if step.kind in GATEWAYS else 0
    width, height = (size, size) if size else (BOX_WIDTH, BOX_HEIGHT)
    return Box(step, number, left + (BOX_WIDTH - width) / 2, top + (BOX_HEIGHT - height) / 2, width, height)


def _on_the_edge(step: Step, number: str, host: Box) -> Box:
    x, y = host.x + host.width - EVENT - 6, host.y + host.height - EVENT / 2
    return Box(step, number, x, y, EVENT, EVENT)


def _is_event(step: Step) -> bool:
    return step.kind in {StepKind.START, StepKind.END, StepKind.EVENT}


class _Rows:
    """Each lane has as many rows as its fullest column needs."""

    def __init__(self, diagram: Diagram, shown: list[Step], columns: dict[str, int]):
        self.numbers = numbers(diagram)
        self.row: dict[str, int] = {}
        self.tops: list[float] = []
        self.lanes: list[Band] = []
        self.pools: list[Band] = []
        self.height: float = MARGIN
        in_lane: dict[tuple[str, str], list[Step]] = defaultdict(list)
        for step in shown:
            if step.attached_to not in columns:
                in_lane[step.pool, step.lane].append(step)
        pools = [pool for pool in diagram.pools if any(place[0] == pool for place in in_lane)]
        for pool in pools:
            lanes = [lane for lane in diagram.lanes(pool) if (pool, lane) in in_lane]
            self._add_pool(pool, diagram, [in_lane[pool, lane] for lane in lanes], columns, has_heading=len(pools) > 1)
        self.height += MARGIN

    def _add_pool(
        self, pool: str, diagram: Diagram, lanes: list[list[Step]], columns: dict[str, int], *, has_heading: bool
    ) -> None:
        begins = self.height
        self.height += POOL_HEIGHT if has_heading else 0
        for steps in lanes:
            self._add_lane(steps, columns)
        if has_heading:
            self.pools.append(Band(pool, pool or diagram.title, begins, self.height - begins))

    def _add_lane(self, steps: list[Step], columns: dict[str, int]) -> None:
        begins, filled = self.height, defaultdict(int)
        for step in steps:
            self.row[step.key] = len(self.tops) + filled[columns[step.key]]
            filled[columns[step.key]] += 1
        for _row in range(max(filled.values())):
            self.tops.append(self.height + CHANNEL)
            self.height += CHANNEL + BOX_HEIGHT + FOOT
        self.lanes.append(Band(steps[0].pool, steps[0].lane, begins, self.height - begins))

    def top(self, key: str) -> float:
        return self.tops[self.row[key]]


@dataclass
class _Ways:
    """Ways run in the gaps between columns and in the channels above rows, so that they cross no box."""

    boxes: dict[str, Box]
    columns: dict[str, int]
    rows: _Rows
    taken: dict[tuple[str, int], list[str]] = field(default_factory=lambda: defaultdict(list))

    def all(self, diagram: Diagram) -> tuple[tuple[Way, ...], tuple[Stub, ...]]:
        ways: list[Way] = []
        cut: dict[tuple[Point, bool], list[str]] = defaultdict(list)
        for link in all_links(diagram):
            if link.source in self.boxes and link.target in self.boxes:
                ways.append(self.way(link))
            elif link.source in self.boxes and link.target in self.columns:
                box = self.boxes[link.source]
                cut[(box.x + box.width, box.middle[1]), True].append(self.rows.numbers[link.target])
            elif link.target in self.boxes and link.source in self.columns:
                box = self.boxes[link.target]
                cut[(box.x, box.middle[1]), False].append(self.rows.numbers[link.source])
        stubs = (Stub(point, ", ".join(dict.fromkeys(numbers)), is_out) for (point, is_out), numbers in cut.items())
        return tuple(ways), tuple(stubs)

    def way(self, link: Link) -> Way:
        source, target = self.boxes[link.source], self.boxes[link.target]
        (x1, y1), (x2, y2) = (source.x + source.width, source.middle[1]), (target.x, target.middle[1])
        step = self.columns[link.target] - self.columns[link.source]
        out = self._right(link.source) + 10 + TRACK * self._track(("out", self.columns[link.source]), link.source)
        if step == DIRECT:
            points = [(x1, y1), (x2, y2)] if y1 == y2 else [(x1, y1), (out, y1), (out, y2), (x2, y2)]
            return Way(link, tuple(points), (out + 4, y2 - 4), x2 - out - 6)
        back = self._left(link.target) - 10 - TRACK * self._track(("in", self.columns[link.target]), link.target)
        row = self._row(link.target)
        over = self.rows.tops[row] - 8 - TRACK_ABOVE * self._track(("over", row), link.target)
        points = [(x1, y1), (out, y1), (out, over), (back, over), (back, y2), (x2, y2)]
        return Way(link, tuple(points), (min(out, back) + 4, over - 3), max(abs(back - out) - 8, GAP))

    def _right(self, key: str) -> float:
        return self._left(key) + BOX_WIDTH

    def _left(self, key: str) -> float:
        box = self.boxes[self.boxes[key].step.attached_to] if self._is_on_edge(key) else self.boxes[key]
        return box.middle[0] - BOX_WIDTH / 2

    def _row(self, key: str) -> int:
        return self.rows.row[self.boxes[key].step.attached_to if self._is_on_edge(key) else key]

    def _is_on_edge(self, key: str) -> bool:
        return self.boxes[key].step.attached_to in self.boxes

    def _track(self, place: tuple[str, int], key: str) -> int:
        """One to each that uses the place, and the first again when they have run out."""
        users = self.taken[place]
        if key not in users:
            users.append(key)
        return users.index(key) % TRACKS
