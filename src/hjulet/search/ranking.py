"""Which rows answer a question best, from what of it stands where in each. Pure functions."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log
from typing import Final, NamedTuple

# How much a word of the question weighs where it was found, the nearest first: by stem in the title, in a compound or
# as a synonym there, by stem anywhere, one of a compound's own parts in the title, in a compound or as a synonym
# anywhere, all of its own parts anywhere, one of them anywhere.
WEIGHTS: Final = (3.0, 2.0, 1.0, 0.9, 0.6, 0.5, 0.2)
NOWHERE: Final = len(WEIGHTS)
ALL_WORDS: Final = 1.5


# For each word of the question the place in `WEIGHTS` of the nearest find, or `NOWHERE`.
Places = tuple[int, ...]


class Answer(NamedTuple):
    """A row by its key, and where in it the words were found."""

    key: int
    places: Places


def ranked(answers: Iterable[Answer]) -> list[int]:
    """The keys, the best answer first; of equal ones the latest row.

    A word that few of the rows have says more than one that nearly all have. A row with all the words goes before one
    that has some of them often.
    """
    found = list(answers)
    alike = Counter(answer.places for answer in found)  # hundreds of rows have the words in a few dozen ways
    rarity = rarity_of(alike)
    points = {places: score(places, rarity) for places in alike}
    return [answer.key for answer in sorted(found, key=lambda answer: (-points[answer.places], -answer.key))]


def rarity_of(alike: Counter[Places]) -> list[float]:
    """For each word of the question: the natural logarithm of how many times more rows there are than rows with it."""
    rows = alike.total()
    having = [
        sum(count for place, count in zip(places, alike.values(), strict=True) if place != NOWHERE)
        for places in zip(*alike, strict=True)
    ]
    return [log(1 + rows / count) if count else 0.0 for count in having]


def score(places: Places, rarity: Sequence[float]) -> float:
    points = sum(weight * WEIGHTS[place] for place, weight in zip(places, rarity, strict=True) if place != NOWHERE)
    return points * (ALL_WORDS if NOWHERE not in places else 1)
