"""The diagram of a BPMN file: a shape for everything that is drawn, where our own picture has it."""

from collections.abc import Callable
from typing import Any

from lxml import etree

from hjulet.rulebook.processes.bpmn.names import BOUNDS, DIAGRAM, SEEN_AS_KEPT, WAYPOINTS, local
from hjulet.rulebook.processes.diagram import WITHIN, Diagram
from hjulet.rulebook.processes.layout import LANE_WIDTH, Box, Plan, Point, Way, arrange
from hjulet.rulebook.processes.states import StepKind

Fresh = Callable[[str], str]
POOL_EDGE = 30
PARTY_HEIGHT = 60
BETWEEN = 40
SMALL = 60


def add_shapes(root: Any, diagram: Diagram, named: dict[str, str], fresh: Fresh) -> None:
    """`named` gives the ids of pools, lanes and parties by their place."""
    plan = arrange(diagram)
    drawing = etree.SubElement(root, f"{{{DIAGRAM}}}BPMNDiagram", id=fresh(f"{diagram.key}-diagram"))
    plane = etree.SubElement(drawing, f"{{{DIAGRAM}}}BPMNPlane", id=fresh(f"{diagram.key}-plane"))
    plane.set("bpmnElement", next(one.get("id") for one in root if local(one.tag) == "collaboration"))
    shapes = _Shapes(plane, plan, fresh)
    shapes.add_pools(diagram, named)
    for box in plan.boxes:
        shapes.add_box(box)
    low = shapes.add_parties(diagram, named)
    shapes.add_kept(root, low)
    for way in plan.ways:
        shapes.add_way(way)
    for place, said in named.items():
        if place.startswith("message:"):
            shapes.add_message(place.removeprefix("message:"), *said.split(" ", 1))


class _Shapes:
    def __init__(self, plane: Any, plan: Plan, fresh: Fresh):
        self.plane, self.plan, self.fresh = plane, plan, fresh
        self.boxes = {box.step.key: box for box in plan.boxes}
        self.parties: dict[str, Point] = {}

    def add(self, element: str, x: float, y: float, width: float, height: float, **more: str) -> Any:
        shape = etree.SubElement(self.plane, f"{{{DIAGRAM}}}BPMNShape", id=self.fresh(f"{element}-shape"))
        shape.set("bpmnElement", element)
        for name, value in more.items():
            shape.set(name, value)
        bounds = {"x": x, "y": y, "width": width, "height": height}
        etree.SubElement(shape, f"{{{BOUNDS}}}Bounds", {name: _number(value) for name, value in bounds.items()})
        return shape

    def add_pools(self, diagram: Diagram, named: dict[str, str]) -> None:
        """Each pool round its own lanes; one without any step on the first level is a strip at the top."""
        for pool in diagram.pools:
            drawn = [(band.name, band) for band in self.plan.lanes if band.pool == pool]
            low = drawn[-1][1].y + drawn[-1][1].height if drawn else SMALL
            top = drawn[0][1].y if drawn else 0
            self.add(named[f"pool:{pool}"], 0, top, self.plan.width, low - top, isHorizontal="true")
            self.add_lanes(pool, drawn, named)

    def add_lanes(self, pool: str, drawn: list[tuple[str, Any]], named: dict[str, str]) -> None:
        spans: dict[str, tuple[float, float]] = {}
        for name, band in drawn:
            parts = name.split(WITHIN) if name else []
            for depth in range(1, len(parts) + 1):
                path = WITHIN.join(parts[:depth])
                top, low = spans.get(path, (band.y, band.y))
                spans[path] = (min(top, band.y), max(low, band.y + band.height))
        for path, (top, low) in spans.items():
            left = POOL_EDGE * (1 + path.count(WITHIN))
            self.add(named[f"lane:{pool}:{path}"], left, top, self.plan.width - left, low - top, isHorizontal="true")

    def add_box(self, box: Box) -> None:
        more = {"isExpanded": "false"} if box.step.kind == StepKind.SUB_PROCESS else {}
        more |= {"isMarkerVisible": "true"} if box.step.kind == StepKind.EXCLUSIVE and not box.step.element else {}
        self.add(box.step.key, box.x, box.y, box.width, box.height, **more)

    def add_parties(self, diagram: Diagram, named: dict[str, str]) -> float:
        """Those outside lie beneath, as closed pools; returns how far down they reach."""
        low = self.plan.height + BETWEEN
        for party in diagram.parties:
            self.add(named[f"party:{party}"], 0, low, self.plan.width, PARTY_HEIGHT, isHorizontal="true")
            self.parties[party] = (self.plan.width / 2, low)
            low += PARTY_HEIGHT + BETWEEN
        return low

    def add_kept(self, root: Any, low: float) -> None:
        """Data and notes of an imported file, in a row beneath the rest; what lies inside a sub-process is not shown."""
        x = float(LANE_WIDTH)
        for process in root:
            if local(process.tag) not in {"process", "collaboration"}:
                continue
            for one in process:
                name, key = local(one.tag), one.get("id")
                if key and name in SEEN_AS_KEPT - {"association", "dataObject"}:
                    self.add(key, x, low, SMALL * 2, SMALL)
                    x += SMALL * 2 + BETWEEN
                elif key and name == "participant" and not self.has(key):
                    self.add(key, 0, low + SMALL + BETWEEN, self.plan.width, PARTY_HEIGHT, isHorizontal="true")
                    low += PARTY_HEIGHT + BETWEEN

    def has(self, element: str) -> bool:
        return any(shape.get("bpmnElement") == element for shape in self.plane)

    def add_way(self, way: Way) -> None:
        self.add_edge(way.link.key, way.points)

    def add_message(self, key: str, step: str, said: str) -> None:
        party, _space, direction = said.rpartition(" ")
        if step not in self.boxes or party not in self.parties:
            return
        box, (_x, y) = self.boxes[step], self.parties[party]
        points = [(box.middle[0], box.y + box.height), (box.middle[0], y)]
        self.add_edge(key, points if direction == "out" else points[::-1])

    def add_edge(self, element: str, points: Any) -> None:
        edge = etree.SubElement(self.plane, f"{{{DIAGRAM}}}BPMNEdge", id=self.fresh(f"{element}-edge"))
        edge.set("bpmnElement", element)
        for x, y in points:
            etree.SubElement(edge, f"{{{WAYPOINTS}}}waypoint", x=_number(x), y=_number(y))


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
