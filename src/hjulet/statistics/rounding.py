"""How many decimals to show, so that the figure on the page never contradicts the verdict beside it."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

NEAR: Final = Decimal("0.05")
MOST_DECIMALS: Final = 12


def decimals(value: Decimal, target: Decimal | None = None) -> int:
    """One decimal, two within 0.05 of the target, and as many more as it takes to agree with the verdict.

    They agree when the rounded figure stands on the same side of the target as the figure itself.
    """
    if target is None:
        return 1
    places = 2 if abs(value - target) < NEAR else 1
    while places < MOST_DECIMALS and side(rounded(value, places), target) != side(value, target):
        places += 1
    return places


def rounded(value: Decimal, places: int) -> Decimal:
    """Half away from zero, as people round."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def shown(value: Decimal, target: Decimal | None = None) -> Decimal:
    """The figure as it is shown: rounded as `decimals` says, without trailing zeros and without a minus before 0."""
    short = rounded(value, decimals(value, target)).normalize() + 0
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


def side(value: Decimal, target: Decimal) -> int:
    """-1 below the target, 0 on it, 1 above it."""
    return (value > target) - (value < target)
