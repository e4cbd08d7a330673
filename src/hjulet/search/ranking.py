"""Which rows answer a question best, from what of it stands where in each. Pure functions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

# How much a word of the question weighs where it was found, the nearest first: by stem in the title, in a compound or
# as a synonym there, by stem anywhere, one of a compound's own parts in the title, in a compound or as a synonym
# anywhere, all of its own parts anywhere, one of them anywhere.
WEIGHTS: Final = (3.0, 2.0, 1.0, 0.9, 0.6, 0.5, 0.2)
NOWHERE: Final = len(WEIGHTS)
ALL_WORDS: Final = 1.5


@dataclass(frozen=True)
class Answer:
    """A row by its key, and for each word of the question the place in `WEIGHTS` of the nearest find, or `NOWHERE`."""

    key: int
    places: tuple[int, ...]


def ranked(answers: Iterable[Answer]) -> list[int]:
    """The keys, the best answer first; of equal ones the latest row.

    A word that few of the rows have says more than one that nearly all have. A row with all the words goes before one
    that has some of them often.
    """
    found = list(answers)
    rarity = rarity_of(found)
    return [answer.key for answer in sorted(found, key=lambda answer: (-score(answer, rarity), -answer.key))]


def rarity_of(answers: Sequence[Answer]) -> list[float]:
    """For each word of the question: the natural logarithm of how many times more rows there are than rows with it."""
    having = [
        sum(place != NOWHERE for place in places) for places in zip(*(one.places for one in answers), strict=True)
    ]
    return [log(1 + len(answers) / count) if count else 0.0 for count in having]


def score(answer: Answer, rarity: Sequence[float]) -> float:
    points = sum(
        weight * WEIGHTS[place] for place, weight in zip(answer.places, rarity, strict=True) if place != NOWHERE
    )
    return points * (ALL_WORDS if NOWHERE not in answer.places else 1)
