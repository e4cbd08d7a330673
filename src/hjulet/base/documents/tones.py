"""The colours of cells and charts, the same on screen, on paper, in light and in dark."""

from dataclasses import dataclass
from typing import Final, Literal

ToneName = Literal["neutral", "blue", "green", "yellow", "red"]


@dataclass(frozen=True, slots=True)
class Tone:
    """A fill with the ink that is read on it, and an edge for lines and shapes. All as #rrggbb."""

    fill: str
    ink: str
    edge: str


INK: Final = "#1b1f23"
PAPER: Final = "#ffffff"
TONES: Final[dict[str, Tone]] = {
    "neutral": Tone(fill="#eceff2", ink=INK, edge="#55606a"),
    "blue": Tone(fill="#d3e5f7", ink=INK, edge="#1d5489"),
    "green": Tone(fill="#cdebd3", ink=INK, edge="#1d6b34"),
    "yellow": Tone(fill="#ffe9a8", ink=INK, edge="#7a5600"),
    "red": Tone(fill="#f8c8c0", ink=INK, edge="#a3231a"),
}


def contrast(first: str, second: str) -> float:
    """The contrast ratio of WCAG between two colours #rrggbb, from 1 to 21."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str) -> str:
    """The colour, darkened as little as text on white paper needs (4.5:1)."""
    red, green, blue = _channels(colour)
    shades = (
        "#" + "".join(f"{value * percent // 100:02x}" for value in (red, green, blue)) for percent in range(100, -1, -2)
    )
    return next(shade for shade in shades if contrast(shade, PAPER) >= 4.5)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(value / 255) for value in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
