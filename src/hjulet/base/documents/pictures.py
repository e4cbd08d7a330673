"""Pictures as SVG: refused when they could do harm in a page, and made into PNG for Word."""

from functools import lru_cache
from pathlib import Path
from typing import Final

import resvg_py
from lxml import etree

FONTS: Final = Path(__file__).parent.parent / "fonts"
FONT_FAMILY: Final = "Source Sans 3"

_TAGS: Final = frozenset("svg g a title desc text tspan rect circle ellipse line polyline polygon path".split())
_NAMESPACE: Final = "{http://www.w3.org/2000/svg}"


def refuse_unsafe(svg: str) -> None:
    """Raise ValueError for anything but plain shapes, text and links to web pages.

    The picture is put into pages as it stands, so what it may hold is listed and the rest refused.
    """
    for element in _parsed(svg).iter():
        name = str(element.tag).removeprefix(_NAMESPACE)
        if name not in _TAGS:
            raise ValueError(f"A picture may not hold <{name}>.")
        for attribute, value in element.attrib.items():
            if attribute.lower().startswith("on") or attribute in {"style", "id"}:
                raise ValueError(f"A picture may not hold the attribute {attribute}.")
            if "href" in attribute and not value.startswith(("/", "#", "?", "https://", "http://")):
                raise ValueError("A link in a picture leads to a page and nowhere else.")
            if "url(" in value.lower():
                raise ValueError("A picture may not point outside itself.")


def proportions(svg: str) -> float:
    """Height divided by width, by the viewBox."""
    _, _, width, height = map(float, _parsed(svg).get("viewBox", "0 0 1 1").split())
    return height / width


def fitted(svg: str, share: float, *, landscape: bool) -> float:
    """The share of the text's width, made smaller when the picture would be higher than four fifths of an A4."""
    width, height = (253, 165) if landscape else (166, 250)
    return min(share, 0.8 * height / (width * proportions(svg)))


def without_links(svg: str) -> str:
    """The same picture for a file that leaves the web site, as one image to a screen reader."""
    root = _parsed(svg)
    etree.strip_tags(root, f"{_NAMESPACE}a")
    root.set("role", "img")
    return etree.tostring(root, encoding="unicode")


@lru_cache(maxsize=32)
def png(svg: str, *, width: int) -> bytes:
    """The picture on white, `width` pixels wide. Only the fonts that we ship are used."""
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        background="#ffffff",
        skip_system_fonts=True,
        font_family=FONT_FAMILY,
        font_files=[str(path) for path in sorted(FONTS.glob("*.ttf"))],
    )


def _parsed(svg: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(svg.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("A picture must be well-formed SVG.") from error
