"""The one gate: no figure about so few that somebody could be recognised leaves the group that may see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

Key = TypeVar("Key")

THRESHOLD: Final = 5
HOMOGENEOUS_BELOW: Final = 20


@dataclass(frozen=True, slots=True)
class ShownShare:
    """A share from 0 to 1 as it may be shown: equal to `value`, or only below or above it."""

    relation: Literal["=", "<", ">"]
    value: float


@dataclass(frozen=True, slots=True)
class Gate:
    """Hides what concerns fewer than `threshold` persons or cases. ValueError outside 3 to 30."""

    threshold: int = THRESHOLD

    def __post_init__(self) -> None:
        if not 3 <= self.threshold <= 30:
            raise ValueError("The threshold lies between 3 and 30.")

    def lets_through(self, total: int) -> bool:
        """Whether a figure derived from so many, such as a mean, a share or a free text, may be shown."""
        return total >= self.threshold

    def hides(self, count: int) -> bool:
        """Whether the count itself must be hidden: 1 up to the threshold. Zero concerns nobody and may be shown."""
        return 0 < count < self.threshold

    def share(self, count: int, total: int, *, sensitive: bool = False) -> ShownShare | None:
        """The share as it may be shown; None when nothing may.

        On a sensitive question a share printed beside its total would tell a small count, and in a small group 0 %
        and 100 % tell how everybody answered: both become "below" or "above", with the group halved if it is so small
        that its two ends meet.
        """
        if not 0 <= count <= total:
            raise ValueError("A share counts no more than there is.")
        if not self.lets_through(total):
            return None
        if sensitive and not (count in {0, total} and total >= HOMOGENEOUS_BELOW):
            below = min(self.threshold, total // 2 + 1)
            above = max(below - 1, total - self.threshold)
            if count < below:
                return ShownShare("<", below / total)
            if count > above:
                return ShownShare(">", above / total)
        return ShownShare("=", count / total)

    def breakdown(self, counts: Mapping[Key, int]) -> dict[Key, int | None] | None:
        """The parts of a total that is shown beside them, None for a hidden part; None for all when one could be told.

        A single hidden part is the total minus the rest. Several are told if their sum is as small or as large as so
        many hidden parts can make it. A hidden total hides its parts.
        """
        hidden = [count for count in counts.values() if self.hides(count)]
        told = sum(hidden) in {len(hidden), len(hidden) * (self.threshold - 1)}
        if self.hides(sum(counts.values())) or (hidden and (len(hidden) == 1 or told)):
            return None
        return {key: None if self.hides(count) else count for key, count in counts.items()}
