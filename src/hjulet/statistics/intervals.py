"""95 % intervals: what else the figure could have been if chance had fallen otherwise.

None of them is narrowed because everyone was asked: a comparison with a target or with last year is about the work,
and even a full count is one outcome of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Final

from hjulet.statistics import beta

Z: Final = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Interval:
    """From `lower` to `upper`, both included, in the unit of the figure."""

    lower: float
    upper: float

    def __contains__(self, value: float) -> bool:
        return self.lower <= value <= self.upper


def share(count: int, total: int) -> Interval:
    """Wilson's interval for `count` of `total`, as shares from 0 to 1 (Brown, Cai & DasGupta 2001).

    Exactly 0 at the lower end when none were counted, exactly 1 at the upper end when all were.
    ValueError unless 0 <= count <= total and total > 0.
    """
    if not 0 <= count <= total or total == 0:
        raise ValueError("A share needs something to count, and no more of it than there is.")
    p, z2 = count / total, Z * Z
    middle = p + z2 / (2 * total)
    reach = Z * sqrt(p * (1 - p) / total + z2 / (4 * total * total))
    scale = 1 + z2 / total
    return Interval(
        0.0 if count == 0 else (middle - reach) / scale,
        1.0 if count == total else (middle + reach) / scale,
    )


def mean(counts: Sequence[int]) -> Interval:
    """Interval for the mean of answers on the scale 1, 2, … K; `counts` holds how many chose each, lowest first.

    A Dirichlet distribution with one extra answer spread over all K steps, matched by its moments to a beta
    distribution and widened to include the observed mean: holds for skewed answers and small groups, where the t
    interval fails. ValueError for fewer than two steps, a negative count or no answers.
    """
    steps, answers = len(counts), sum(counts)
    if steps < 2 or min(counts) < 0 or answers == 0:
        raise ValueError("A mean needs at least two steps on the scale and at least one answer.")
    weights = [(count + 1 / steps) / (answers + 1) for count in counts]
    expected = sum(weight * place for place, weight in enumerate(weights))
    variance = (sum(weight * place**2 for place, weight in enumerate(weights)) - expected**2) / (answers + 2)
    m = expected / (steps - 1)
    kappa = m * (1 - m) * (steps - 1) ** 2 / variance - 1
    lower, upper = (1 + (steps - 1) * beta.quantile(q, m * kappa, (1 - m) * kappa) for q in (0.025, 0.975))
    observed = sum(count * step for step, count in enumerate(counts, start=1)) / answers
    return Interval(min(lower, observed), max(upper, observed))


def difference_of_shares(count: int, total: int, earlier_count: int, earlier_total: int) -> Interval:
    """Interval for a share minus an earlier or other, independent share, from -1 to 1 (Newcombe 1998, method 10).

    Two overlapping intervals do not show that nothing has changed; this one does, when it contains 0.
    """
    later, earlier = share(count, total), share(earlier_count, earlier_total)
    return difference(count / total, later, earlier_count / earlier_total, earlier)


def difference(value: float, interval: Interval, earlier_value: float, earlier: Interval) -> Interval:
    """Interval for a figure minus an independent one, from the intervals of the two: Newcombe's way, for any figure."""
    return Interval(
        value - earlier_value - sqrt((value - interval.lower) ** 2 + (earlier.upper - earlier_value) ** 2),
        value - earlier_value + sqrt((interval.upper - value) ** 2 + (earlier_value - earlier.lower) ** 2),
    )


def misses_not_excluded(total: int) -> float:
    """The share of misses, 0 to 1, that a sample of `total` without a single miss cannot rule out (one-sided 95 %)."""
    if total < 1:
        raise ValueError("A sample holds at least one.")
    return 1 - 0.05 ** (1 / total)
