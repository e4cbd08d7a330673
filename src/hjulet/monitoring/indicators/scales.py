"""What an indicator is measured in: one unit for the figure and for its target, and which figures there can be."""

from decimal import Decimal
from typing import Final

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PERCENT: Final = "%"
OF_HUNDRED: Final = "av 100"
HUNDRED: Final = Decimal(100)
FEWEST_STEPS, MOST_STEPS = 2, 10


class IndicatorKind(models.TextChoices):
    SHARE = "share", gettext_lazy("Andel i procent")
    MEAN = "mean", gettext_lazy("Medelvärde på en skala")
    INDEX = "index", gettext_lazy("Index från 0 till 100")
    COUNT = "count", gettext_lazy("Antal")
    TIME = "time", gettext_lazy("Tid")
    NUMBER = "number", gettext_lazy("Annat tal")


class Direction(models.TextChoices):
    HIGHER = "higher", gettext_lazy("Högre är bättre")
    LOWER = "lower", gettext_lazy("Lägre är bättre")
    BAND = "band", gettext_lazy("Lagom är bäst, mellan två värden")
    NEUTRAL = "neutral", gettext_lazy("Varken högre eller lägre är bättre")


class Operator(models.TextChoices):
    AT_LEAST = ">=", gettext_lazy("minst")
    AT_MOST = "<=", gettext_lazy("högst")
    BETWEEN = "<>", gettext_lazy("från och till")


# A target is set in the direction that is better; where neither is, there is none to set.
OPERATORS: Final = {
    Direction.HIGHER: Operator.AT_LEAST,
    Direction.LOWER: Operator.AT_MOST,
    Direction.BAND: Operator.BETWEEN,
}
# Of these the unit has a name of its own that somebody must give.
NAMED_BY_HAND: Final = (IndicatorKind.COUNT, IndicatorKind.TIME, IndicatorKind.NUMBER)


def measure_of(kind: str, scale_steps: int | None, given: str) -> str:
    """The name of the unit, as it stands behind a figure: "%", "på 5-gradig skala", or what somebody has called it.

    Kept with the figures, so it is the same in whichever language somebody happens to read the page.
    """
    if kind == IndicatorKind.SHARE:
        return PERCENT
    if kind == IndicatorKind.MEAN:
        return f"på {scale_steps}-gradig skala"
    if kind == IndicatorKind.INDEX:
        return OF_HUNDRED
    return given.strip()


def obstacle_to_value(value: Decimal, *, kind: str, scale_steps: int | None) -> str | None:
    """Why no figure, and no target, of this kind can be the value."""
    if kind in {IndicatorKind.SHARE, IndicatorKind.INDEX} and not 0 <= value <= HUNDRED:
        return _("Skriv ett tal från 0 till 100.")
    if kind == IndicatorKind.MEAN and not 1 <= value <= (scale_steps or 0):
        return _("Skriv ett tal från 1 till %(steps)s, som på skalan.") % {"steps": scale_steps}
    if kind == IndicatorKind.COUNT and (value < 0 or value != value.to_integral_value()):
        return _("Skriv ett helt antal, 0 eller mer.")
    if kind == IndicatorKind.TIME and value < 0:
        return _("En tid kan inte vara mindre än 0.")
    return None
