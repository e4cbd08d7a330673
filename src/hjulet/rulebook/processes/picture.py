"""The process as swim lanes: SVG from plain data, with the same told in words beneath."""

from dataclasses import replace
from math import ceil
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjulet.base.charts import svg
from hjulet.base.documents.model import Figure
from hjulet.base.documents.tones import INK, PAPER, TONES
from hjulet.rulebook.processes.diagram import Diagram
from hjulet.rulebook.processes.layout import (
    BOX_WIDTH,
    LANE_WIDTH,
    MARGIN,
    Band,
    Box,
    Plan,
    Point,
    Stub,
    Way,
    arrange,
    columns_of,
)
from hjulet.rulebook.processes.states import GATEWAYS, StepKind
from hjulet.rulebook.processes.telling import as_table, name_of_lane, said_of

SMALL: Final = 12
COLUMNS_ON_PAPER: Final = 5
FEWEST_ON_PAPER: Final = 3  # a short process is not blown up to fill the page
LINE: Final = TONES["neutral"].edge


def draw(diagram: Diagram) -> str:
    """The whole process in one picture, as wide as it is long: the page lets it scroll."""
    return _draw(diagram, arrange(diagram), title_of(diagram))


def figure(diagram: Diagram) -> Figure:
    """For a page: one picture, with the steps in words beside it."""
    return Figure(draw(diagram), title_of(diagram), description_of(diagram), as_table(diagram))


def figures(diagram: Diagram) -> tuple[Figure, ...]:
    """For paper: as many pictures as it takes to be read without a glass, and the words after the last."""
    bare = replace(diagram, steps=tuple(replace(step, href="") for step in diagram.steps))
    count = max(columns_of(bare).values(), default=-1) + 1
    most = ceil(count / ceil(count / COLUMNS_ON_PAPER)) if count else 1  # about as many in each, and none almost empty
    parts = [(first, min(first + most, count) - 1) for first in range(0, count, most)]
    drawn = []
    for number, (first, last) in enumerate(parts, start=1):
        title = title_of(diagram) if len(parts) == 1 else _part_of(diagram, number, len(parts))
        plan = arrange(bare, first=first, last=last, room=max(most, FEWEST_ON_PAPER))
        table = as_table(bare) if number == len(parts) else None
        drawn.append(Figure(_draw(bare, plan, title), title, description_of(diagram), table))
    return tuple(drawn)


def title_of(diagram: Diagram) -> str:
    return _("Bild av processen %(title)s") % {"title": diagram.title}


def _part_of(diagram: Diagram, number: int, parts: int) -> str:
    words = {"title": diagram.title, "number": number, "parts": parts}
    return _("Bild av processen %(title)s, del %(number)s av %(parts)s") % words


def description_of(diagram: Diagram) -> str:
    """What the picture is, for whoever cannot see it; step by step it is told beneath."""
    steps = [step for step in diagram.steps if not step.inside]
    counted = ngettext("%(n)s steg", "%(n)s steg", len(steps)) % {"n": len(steps)}
    lanes = [name_of_lane(lane) for pool in diagram.pools for lane in diagram.lanes(pool)]
    return _("%(steps)s i banor för %(lanes)s. Stegen i ordning står som text under bilden.") % {
        "steps": counted,
        "lanes": ", ".join(dict.fromkeys(lanes)) or _("ingen roll"),
    }


def _draw(diagram: Diagram, plan: Plan, title: str) -> str:
    said = said_of(diagram)
    return svg.picture(
        *(_pool(band, plan.width) for band in plan.pools),
        *(_lane(band, plan.width) for band in plan.lanes),
        *(_line(way) for way in plan.ways),
        *(_stub(stub) for stub in plan.stubs),
        *(_box(box, said[box.step.key]) for box in plan.boxes),
        *(_words(way) for way in plan.ways),
        width=plan.width,
        height=plan.height,
        title=title,
        description=description_of(diagram),
        has_links=any(box.step.href for box in plan.boxes),
        keeps_size=True,
    )


def _pool(band: Band, width: float) -> str:
    frame = {"x": MARGIN, "y": band.y, "width": width - 2 * MARGIN, "height": band.height}
    return svg.tag("rect", **frame, fill="none", stroke=LINE, stroke_width=2) + svg.text(
        band.name, MARGIN + 8, band.y + 18, size=14, font_weight=svg.BOLD
    )


def _lane(band: Band, width: float) -> str:
    frame = {"y": band.y, "height": band.height, "stroke": LINE}
    return "".join(
        (
            svg.tag("rect", x=MARGIN, width=width - 2 * MARGIN, fill="none", **frame),
            svg.tag("rect", x=MARGIN, width=LANE_WIDTH - MARGIN, fill=TONES["neutral"].fill, **frame),
            svg.lines(
                name_of_lane(band.name),
                MARGIN + 8,
                band.y + band.height / 2,
                width=LANE_WIDTH - 18,
                most=5,
                fill=INK,
                font_weight=svg.BOLD,
            ),
        )
    )


def _box(box: Box, said: str) -> str:
    drawn = {StepKind.TASK: _task, StepKind.SUB_PROCESS: _task}.get(StepKind(box.step.kind))
    if drawn is None:
        drawn = _gateway if box.step.kind in GATEWAYS else _event
    return svg.link(drawn(box), href=box.step.href, label=said)


def _task(box: Box) -> str:
    x, y = box.middle
    is_sub = box.step.kind == StepKind.SUB_PROCESS
    tone = TONES["blue"]
    frame = {"x": box.x, "y": box.y, "width": box.width, "height": box.height, "rx": 7}
    drawn = [
        svg.tag("rect", **frame, fill=PAPER, stroke=tone.edge, stroke_width=3 if box.step.calls else 1.5),
        svg.text(box.number, box.x + 7, box.y + 15, size=SMALL, fill=tone.edge, font_weight=svg.BOLD),
        svg.lines(box.step.title, x, y + 6, width=box.width - 12, size=SMALL, fill=INK, text_anchor="middle"),
    ]
    if is_sub:
        drawn.append(svg.text("+", box.x + box.width - 14, box.y + 16, size=16, fill=tone.edge, font_weight=svg.BOLD))
    if box.step.parties:
        drawn.append(_envelope(box.x + box.width - (34 if is_sub else 21), box.y + 5))
    return "".join(drawn)


def _envelope(x: float, y: float) -> str:
    """Somebody outside takes part."""
    edge = TONES["blue"].edge
    return svg.tag("rect", x=x, y=y, width=15, height=10, fill="none", stroke=edge) + svg.tag(
        "path", d=f"M{x:.1f} {y:.1f} L{x + 7.5:.1f} {y + 6:.1f} L{x + 15:.1f} {y:.1f}", fill="none", stroke=edge
    )


def _gateway(box: Box) -> str:
    x, y = box.middle
    half = box.width / 2
    d = f"M{x:.1f} {y - half:.1f} L{x + half:.1f} {y:.1f} L{x:.1f} {y + half:.1f} L{x - half:.1f} {y:.1f} Z"
    sign = {StepKind.EXCLUSIVE: "×", StepKind.PARALLEL: "+", StepKind.INCLUSIVE: "○"}[StepKind(box.step.kind)]
    tone = TONES["yellow"]
    return "".join(
        (
            svg.tag("path", d=d, fill=tone.fill, stroke=tone.edge, stroke_width=1.5),
            svg.text(sign, x, y + 7, size=20, fill=tone.ink, text_anchor="middle"),
            _beneath(box),
        )
    )


def _event(box: Box) -> str:
    x, y = box.middle
    kind = box.step.kind
    tone = TONES["green" if kind == StepKind.START else "red" if kind == StepKind.END else "neutral"]
    circle = {"cx": x, "cy": y, "fill": tone.fill, "stroke": tone.edge}
    drawn = svg.tag("circle", **circle, r=box.width / 2, stroke_width=4 if kind == StepKind.END else 1.5)
    if kind == StepKind.EVENT:
        drawn += svg.tag("circle", cx=x, cy=y, r=box.width / 2 - 4, fill="none", stroke=tone.edge)
    return drawn + _beneath(box)


def _beneath(box: Box) -> str:
    """The number and the words, under the shape."""
    x, _y = box.middle
    folded = svg.fold(f"{box.number} {box.step.title}", width=BOX_WIDTH + 12, size=SMALL, most=2)
    low = box.y + box.height + 13
    return "".join(svg.text(line, x, low + 13 * at, size=SMALL, text_anchor="middle") for at, line in enumerate(folded))


def _line(way: Way) -> str:
    d = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in way.points)
    is_message = way.link.is_message
    line = svg.tag(
        "path",
        d=d,
        fill="none",
        stroke="currentColor",
        stroke_width=1.5,
        stroke_dasharray="6 4" if is_message else None,
    )
    return line + _head(way.points[-1], fill=PAPER if is_message else "currentColor")


def _head(at: Point, *, fill: str) -> str:
    """Every way comes in from the left."""
    x, y = at
    d = f"M{x:.1f} {y:.1f} L{x - 8:.1f} {y - 4.5:.1f} L{x - 8:.1f} {y + 4.5:.1f} Z"
    return svg.tag("path", d=d, fill=fill, stroke="currentColor")


def _words(way: Way) -> str:
    if not way.link.label:
        return ""
    x, y = way.words_at
    folded = svg.fold(way.link.label, width=way.words_width, size=SMALL, most=2)
    return "".join(
        svg.text(line, x, y - 12 * above, size=SMALL, font_style="italic")
        for above, line in enumerate(reversed(folded))
    )


def _stub(stub: Stub) -> str:
    x, y = stub.point
    if stub.is_out:
        line = svg.tag("path", d=f"M{x:.1f} {y:.1f} L{x + 16:.1f} {y:.1f}", stroke="currentColor", fill="none")
        return line + _head((x + 22, y), fill="currentColor") + svg.text(stub.numbers, x + 3, y - 5, size=SMALL)
    line = svg.tag("path", d=f"M{x - 24:.1f} {y:.1f} L{x - 8:.1f} {y:.1f}", stroke="currentColor", fill="none")
    return (
        line + _head((x, y), fill="currentColor") + svg.text(stub.numbers, x - 6, y - 6, size=SMALL, text_anchor="end")
    )
