from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjulet.search.ranking import NOWHERE, Answer, ranked, rarity_of

TITLE, TITLE_WIDELY, TEXT = 0, 1, 2


@pytest.mark.parametrize(
    ("answers", "keys"),
    [
        ([], []),
        ([Answer(1, (TEXT,)), Answer(2, (TITLE,)), Answer(3, (TITLE_WIDELY,))], [2, 3, 1]),
        ([Answer(1, (TEXT,)), Answer(2, (TEXT,))], [2, 1]),
        # The word that stands in one of four says more than the one that all have.
        ([Answer(1, (TEXT, NOWHERE)), Answer(2, (TEXT, NOWHERE)), Answer(3, (TEXT, TEXT))], [3, 2, 1]),
        ([Answer(4, (TITLE, NOWHERE)), Answer(5, (TEXT, TEXT)), Answer(6, (TEXT, NOWHERE))], [5, 4, 6]),
    ],
)
def test_the_nearest_and_rarest_come_first(answers, keys):
    assert ranked(answers) == keys


def test_all_words_go_before_some_in_the_same_place():
    assert ranked([Answer(1, (TEXT, TEXT)), Answer(2, (TEXT, NOWHERE)), Answer(3, (NOWHERE, TEXT))]) == [1, 3, 2]


def test_a_word_that_stands_nowhere_weighs_nothing():
    assert rarity_of(Counter([(NOWHERE, TITLE)])) == [0.0, pytest.approx(0.693147, abs=1e-6)]


@given(st.lists(st.tuples(st.integers(0, NOWHERE), st.integers(0, NOWHERE)), max_size=30))
def test_each_row_is_ranked_once_and_a_nearer_find_never_falls_behind(rows):
    answers = [Answer(key, places) for key, places in enumerate(rows)]
    order = ranked(answers)

    assert sorted(order) == list(range(len(rows)))
    place = {key: at for at, key in enumerate(order)}
    nearer = [
        (a.key, b.key)
        for a in answers
        for b in answers
        if a.places != b.places and all(x <= y for x, y in zip(a.places, b.places, strict=True))
    ]
    rarity = rarity_of(Counter(rows))
    assert [pair for pair in nearer if place[pair[0]] > place[pair[1]] and min(rarity) > 0] == []
