import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjulet.rulebook.copies.likeness import PIECES_KEPT, likeness, pieces, sketch

pytestmark = pytest.mark.once

WORDS = st.lists(st.sampled_from(["nyckel", "larm", "dörr", "ring", "brukare", "åker", "bil"]), max_size=80)
TEXT = " ".join(f"ord{number}" for number in range(60))


@given(WORDS, WORDS)
def test_likeness_is_a_share_and_the_same_from_both_sides(first, second):
    ours, theirs = " ".join(first), " ".join(second)

    assert 0 <= likeness(ours, theirs) <= 1
    assert likeness(ours, theirs) == likeness(theirs, ours)
    assert likeness(ours, ours) == (1.0 if pieces(ours) else 0.0)


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        (TEXT, TEXT.upper(), 1.0),
        (TEXT, TEXT.replace(" ", ", "), 1.0),
        # One word of sixty is in five of the fifty-six pieces: 51 are shared of 61.
        (TEXT, TEXT.replace("ord30", "annat"), 51 / 61),
        (TEXT, "helt andra ord står här i stället", 0.0),
        ("", "", 0.0),
        ("för få ord", "för få ord", 0.0),
    ],
)
def test_pieces_in_common(first, second, share):
    assert likeness(first, second) == share


def test_a_sketch_is_the_least_pieces_of_a_text_that_is_long_enough():
    long = " ".join(f"ord{number}" for number in range(400))

    assert sketch(long) == sorted(pieces(long))[:PIECES_KEPT]
    assert len(sketch(TEXT)) == 56
    assert sketch(" ".join(TEXT.split()[:20])) == []


def test_a_piece_is_the_same_number_in_every_process():
    assert pieces("Ett, två tre fyra fem") == {166286410849425}
