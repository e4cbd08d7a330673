"""The beta distribution: its cumulative function and the inverse, to 1e-9 for parameters up to a hundred thousand."""

from math import exp, lgamma, log, log1p
from typing import Final

_TINY: Final = 1e-300
_CLOSE: Final = 1e-15
_MOST_TERMS: Final = 10_000


def cumulative(x: float, a: float, b: float) -> float:
    """Probability that a Beta(a, b) variable is at most `x`: the regularised incomplete beta function.

    ValueError unless `a` and `b` are positive and 0 <= x <= 1; ArithmeticError for parameters above some millions.
    """
    if a <= 0 or b <= 0 or not 0 <= x <= 1:
        raise ValueError("A beta distribution has positive parameters and lives between 0 and 1.")
    if x in {0.0, 1.0}:
        return x
    if x > (a + 1) / (a + b + 2):
        return 1 - _lower(1 - x, b, a)
    return _lower(x, a, b)


def quantile(probability: float, a: float, b: float) -> float:
    """The value that a Beta(a, b) variable stays below with the given probability (0 to 1).

    Halves the interval: slow beside Newton's method, but it cannot run away when all mass lies at one end.
    """
    if not 0 <= probability <= 1:
        raise ValueError("A probability lies between 0 and 1.")
    low, high = 0.0, 1.0
    while high - low > _CLOSE * high and low < (middle := (low + high) / 2) < high:
        if cumulative(middle, a, b) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _lower(x: float, a: float, b: float) -> float:
    """The function where its continued fraction converges fast (x below the mean), by Lentz's method."""
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    c = 1.0
    d = 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, _MOST_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _away_from_zero(1 + term * d)
            c = _away_from_zero(1 + term / c)
            fraction *= c * d
        if abs(c * d - 1) < _CLOSE:
            return front * fraction
    raise ArithmeticError("The parameters are too large for the continued fraction.")


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
