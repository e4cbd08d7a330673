"""Writing SVG: escaped text, presentation attributes only, so that a strict content policy lets it through."""

from collections.abc import Iterator
from functools import lru_cache
from html import escape
from typing import Final

from hjulet.base.documents.model import clean

FONT: Final = "'Source Sans 3', system-ui, sans-serif"
BOLD: Final = "600"
# A figure follows from what it shows and nothing else, so one that has been drawn is not drawn again.
kept = lru_cache(maxsize=256)
_NARROW: Final = frozenset("fijlrtIJ.,:;!|()[]'-/ ")
_WIDE: Final = frozenset("mwMWÅÄÖ%@—")


def tag(name: str, *inside: str, **attributes: object) -> str:
    """An element; `font_size=3` becomes font-size="3", and None leaves the attribute out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(clean(_short(value)))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(inside)}</{name}>" if inside else f"<{name}{written}/>"


def words(text: object) -> str:
    """Text as it may stand inside an element."""
    return escape(clean(text), quote=False)


def text(content: object, x: float, y: float, *, size: float = 13, **attributes: object) -> str:
    """A line of text, in the colour of its surroundings unless `fill` says otherwise."""
    return tag("text", words(content), x=x, y=y, font_size=size, **({"fill": "currentColor"} | attributes))


def lines(content: object, x: float, y: float, *, width: float, size: float = 13, most: int = 3, **attributes) -> str:
    """Text folded to a width; `y` is the middle of the block."""
    folded = fold(str(content), width=width, size=size, most=most)
    top = y - (len(folded) - 1) * size * 0.56 + size * 0.35
    return "".join(
        text(line, x, top + index * size * 1.12, size=size, **attributes) for index, line in enumerate(folded)
    )


def picture(
    *inside: str,
    width: float,
    height: float,
    title: str,
    description: str,
    has_links: bool,
    keeps_size: bool = False,
) -> str:
    """The whole picture: an image to a screen reader, or a group when there are links to walk through.

    One that `keeps_size` is never made smaller to fit: the page lets it scroll.
    """
    size = {"width": width, "height": height} if keeps_size else {}
    return tag(
        "svg",
        tag("title", words(title)),
        tag("desc", words(description)),
        *inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_short(width)} {_short(height)}",
        **size,
        role="group" if has_links else "img",
        aria_label=title,
        class_="doc-chart doc-chart-wide" if keeps_size else "doc-chart",
        font_family=FONT,
    )


def link(*inside: str, href: str, label: str) -> str:
    """A link with a name of its own, or only what is inside when there is nowhere to go."""
    return tag("a", *inside, href=href, aria_label=label) if href else tag("g", *inside)


def mark(tone: str, x: float, y: float, *, size: float, fill: str) -> str:
    """A shape for a tone, so that colour never speaks alone: circle, triangle, diamond, square."""
    half = size / 2
    match tone:
        case "green":
            return tag("circle", cx=x, cy=y, r=half, fill=fill)
        case "yellow":
            return tag("path", d=_path((x, y - half), (x + half, y + half), (x - half, y + half)), fill=fill)
        case "red":
            reach = half * 1.2
            return tag("path", d=_path((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)), fill=fill)
    return tag("rect", x=x - half, y=y - half, width=size, height=size, fill=fill)


def fold(content: str, *, width: float, size: float, most: int) -> list[str]:
    """Lines no wider than `width`; a long word is broken with a hyphen, what does not fit ends in an ellipsis."""
    folded: list[str] = []
    line = ""
    for word in _pieces(content, width=width, size=size):
        joined = f"{line} {word}".strip()
        if measure(joined, size=size) <= width and not line.endswith("-"):
            line = joined
        else:
            folded += [line] if line else []
            line = word
    folded.append(line)
    return folded if len(folded) <= most else [*folded[: most - 1], folded[most - 1].rstrip("-") + "…"]


def _pieces(content: str, *, width: float, size: float) -> Iterator[str]:
    """The words, those that are wider than a line cut with hyphens."""
    for word in content.split():
        rest = word
        while measure(rest, size=size) > width and len(rest) > 1:
            fitting = [cut for cut in range(1, len(rest)) if measure(rest[:cut] + "-", size=size) <= width]
            cut = max(fitting, default=1)
            yield rest[:cut] + "-"
            rest = rest[cut:]
        yield rest


def measure(content: str, *, size: float) -> float:
    """About how wide the text is; a little on the wide side."""
    return size * sum(0.3 if c in _NARROW else 0.85 if c in _WIDE else 0.6 if c.isupper() else 0.51 for c in content)


def _path(*points: tuple[float, float]) -> str:
    return "M" + " L".join(f"{_short(x)} {_short(y)}" for x, y in points) + " Z"


def _short(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
