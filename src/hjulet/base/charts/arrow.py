"""An arrow with a number on it."""

from dataclasses import dataclass

from hjulet.base.charts import svg
from hjulet.base.documents.tones import INK, PAPER


@dataclass(frozen=True, slots=True)
class Arrow:
    """Along the line through (x, y) in the direction (ux, uy), whose length is 1.

    `first`, `last` and `number` say how far from that point it begins, ends and carries its number.
    """

    x: float
    y: float
    ux: float
    uy: float
    first: float
    last: float
    number: float
    count: int

    def line(self) -> str:
        (x1, y1), (x2, y2), (x, y) = self._at(self.first), self._at(self.last - 7), self._at(self.last)
        ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
        back, side = (x - self.ux * 9, y - self.uy * 9), (self.uy * 5, self.ux * 5)
        head = (
            f"M{x:.1f} {y:.1f} L{back[0] - side[0]:.1f} {back[1] + side[1]:.1f}"
            f" L{back[0] + side[0]:.1f} {back[1] - side[1]:.1f} Z"
        )
        return "".join(
            (
                svg.tag("line", **ends, stroke=PAPER, stroke_width=5),
                svg.tag("line", **ends, stroke=INK, stroke_width=2),
                svg.tag("path", d=head, fill=INK, stroke=PAPER, stroke_width=1),
            )
        )

    def label(self) -> str:
        x, y = self._at(self.number)
        return svg.tag("circle", cx=x, cy=y, r=8.5, fill=PAPER, stroke=INK, stroke_width=1.5) + svg.text(
            self.count, x, y + 4.5, fill=INK, font_weight=svg.BOLD, text_anchor="middle"
        )

    def _at(self, way: float) -> tuple[float, float]:
        return self.x + self.ux * way, self.y + self.uy * way
