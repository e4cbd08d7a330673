"""Two separate statements: whether the figure reaches its target, and how sure that is."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hjulet.statistics.disclosure import THRESHOLD
from hjulet.statistics.intervals import Interval


class Status(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NO_TARGET = "no_target"
    NOT_MEASURED = "not_measured"
    TOO_FEW = "too_few"


class Certainty(StrEnum):
    CLEAR = "clear"
    UNCERTAIN = "uncertain"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Target:
    """What is good enough: at least (>=), at most (<=) or exactly (=) `value`, in the unit of the figure."""

    comparator: str
    value: float

    def __post_init__(self) -> None:
        if self.comparator not in _IS_MET:
            raise ValueError("A target is >=, <= or =.")

    def is_met_by(self, value: float) -> bool:
        return _IS_MET[self.comparator](value, self.value)

    def is_met_within(self, interval: Interval) -> bool:
        """Whether any value of the interval would do."""
        return self.value in interval or self.is_met_by(interval.lower) or self.is_met_by(interval.upper)


@dataclass(frozen=True, slots=True)
class Band:
    """What is good enough lies from `lower` to `upper`, both included: too little is as bad as too much."""

    lower: float
    upper: float

    def __post_init__(self) -> None:
        if self.lower > self.upper:
            raise ValueError("A band begins before it ends.")

    def is_met_by(self, value: float) -> bool:
        return self.lower <= value <= self.upper

    def is_met_within(self, interval: Interval) -> bool:
        return interval.lower <= self.upper and self.lower <= interval.upper


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure, unrounded. `total` is how many it rests on and `interval` its 95 % interval, where they are known.

    `is_exact` says that every case of the period was counted and that the target concerns that very period.
    """

    value: float
    total: int | None = None
    interval: Interval | None = None
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """`certainty` is None where there is nothing to be sure of, or no way to say."""

    status: Status
    certainty: Certainty | None = None


_IS_MET: Final[Mapping[str, Callable[[float, float], bool]]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "=": operator.eq,
}


def judge(measured: Measured | None, target: Target | Band | None, *, minimum: int = THRESHOLD) -> Verdict:
    """Set the figure against its target; fewer than `minimum` behind it says nothing about either."""
    if measured is None:
        return Verdict(Status.NOT_MEASURED)
    if measured.total is not None and measured.total < minimum:
        return Verdict(Status.TOO_FEW)
    if target is None:
        return Verdict(Status.NO_TARGET)
    status = Status.MET if target.is_met_by(measured.value) else Status.NOT_MET
    return Verdict(status, certainty_of(measured, target))


def certainty_of(measured: Measured, target: Target | Band) -> Certainty | None:
    """Clear when the whole interval lies on the same side of the target as the figure."""
    if measured.is_exact:
        return Certainty.EXACT
    if measured.interval is None:
        return None
    if target.is_met_by(measured.value):
        is_clear = target.is_met_by(measured.interval.lower) and target.is_met_by(measured.interval.upper)
    else:
        is_clear = not target.is_met_within(measured.interval)
    return Certainty.CLEAR if is_clear else Certainty.UNCERTAIN
