"""Which readings are reviewed: a draw that anyone can make again from the same seed and get the same."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

# Of somebody who reads a great deal so many are always looked at.
OF_ONE_WHO_READS_MUCH = 3

OUTSIDE, MUCH, RANDOM = "outside", "much", "random"


@dataclass(frozen=True)
class Row:
    """What the draw needs to know of a reading."""

    pk: int
    person_id: int
    is_outside: bool


def draw(rows: Iterable[Row], *, seed: str, size: int, much: int) -> dict[int, str]:
    """The keys drawn and why each is there, in the order of the keys.

    All that were read with a reason outside one's own work, some of everyone with at least `much` readings, and then
    others until there are `size`. Each reading's lot is the checksum of seed and key: it depends on no library.
    """
    lots = sorted(rows, key=lambda row: lot(seed, row.pk))
    drawn = {row.pk: OUTSIDE for row in lots if row.is_outside}
    counts, taken = Counter(row.person_id for row in lots), Counter[int]()
    for row in lots:
        if row.pk not in drawn and counts[row.person_id] >= much and taken[row.person_id] < OF_ONE_WHO_READS_MUCH:
            drawn[row.pk] = MUCH
            taken[row.person_id] += 1
    rest = [row.pk for row in lots if row.pk not in drawn]
    drawn |= dict.fromkeys(rest[: max(size - len(drawn), 0)], RANDOM)
    return dict(sorted(drawn.items()))


def lot(seed: str, key: int) -> str:
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()
