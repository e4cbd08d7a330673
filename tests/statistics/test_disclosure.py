from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjulet.statistics.disclosure import Gate, ShownShare

GATE = Gate()


def published(counts):
    """What an outsider sees: the total unless it is itself hidden, and the parts as the gate shows them."""
    total = sum(counts)
    parts = GATE.breakdown(dict(enumerate(counts)))
    return (None if GATE.hides(total) else total, parts and tuple(parts.values()))


def every_world(parts, most):
    """All ways the figures could be, by what an outsider would see of each."""
    worlds = {}
    for counts in product(range(most + 1), repeat=parts):
        worlds.setdefault(published(counts), []).append(counts)
    return worlds


@pytest.mark.parametrize(("parts", "most"), [(1, 30), (2, 30), (3, 16), (4, 9)])
def test_no_outsider_who_knows_the_rules_can_derive_a_hidden_part(parts, most):
    derived = [
        (seen, part)
        for seen, worlds in every_world(parts, most).items()
        if seen[0] is None or seen[0] <= most  # beyond that, a world with one larger part has been left out
        for part in range(parts)
        if GATE.hides(worlds[0][part]) and len({counts[part] for counts in worlds}) == 1
    ]

    assert derived == []


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8))
def test_what_is_shown_is_true_and_never_1_to_4(counts):
    shown = GATE.breakdown(dict(enumerate(counts))) or {}

    assert all(value is None or (value == counts[part] and not 0 < value < 5) for part, value in shown.items())


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8))
def test_shown_range_of_a_hidden_part_holds_more_than_one_value(counts):
    shown = GATE.breakdown(dict(enumerate(counts))) or {}
    hidden = [part for part, value in shown.items() if value is None]
    left = sum(counts) - sum(value for value in shown.values() if value is not None)

    others = len(hidden) - 1
    assert all(max(1, left - 4 * others) < min(4, left - others) for _ in hidden)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 10, "b": 0}, {"a": 10, "b": 0}),
        ({"a": 10, "b": 3}, None),
        ({"a": 10, "b": 3, "c": 2}, {"a": 10, "b": None, "c": None}),
        ({"a": 10, "b": 1, "c": 1}, None),
        ({"a": 10, "b": 4, "c": 4}, None),
        ({"a": 2, "b": 0}, None),
        ({"a": 2, "b": 2}, None),
        ({"a": 3, "b": 2}, {"a": None, "b": None}),
        ({"a": 0, "b": 0}, {"a": 0, "b": 0}),
        ({}, {}),
    ],
)
def test_breakdown(counts, shown):
    assert GATE.breakdown(counts) == shown


@pytest.mark.parametrize(("count", "hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_counts_1_to_4_are_hidden(count, hidden):
    assert GATE.hides(count) is hidden


@pytest.mark.parametrize(("total", "through"), [(0, False), (4, False), (5, True)])
def test_derived_figures_need_five(total, through):
    assert GATE.lets_through(total) is through


@pytest.mark.parametrize(
    ("count", "total", "plain", "sensitive"),
    [
        (2, 4, None, None),
        (0, 5, ShownShare("=", 0), ShownShare("<", 3 / 5)),
        (6, 6, ShownShare("=", 1), ShownShare(">", 3 / 6)),
        (3, 6, ShownShare("=", 0.5), ShownShare("<", 4 / 6)),
        (3, 11, ShownShare("=", 3 / 11), ShownShare("<", 5 / 11)),
        (5, 11, ShownShare("=", 5 / 11), ShownShare("=", 5 / 11)),
        (19, 19, ShownShare("=", 1), ShownShare(">", 14 / 19)),
        (20, 20, ShownShare("=", 1), ShownShare("=", 1)),
        (0, 20, ShownShare("=", 0), ShownShare("=", 0)),
        (19, 20, ShownShare("=", 0.95), ShownShare(">", 15 / 20)),
    ],
)
def test_share(count, total, plain, sensitive):
    assert (GATE.share(count, total), GATE.share(count, total, sensitive=True)) == (plain, sensitive)


@pytest.mark.parametrize("total", range(5, 40))
def test_no_outsider_can_derive_a_small_count_from_a_sensitive_share(total):
    worlds = {}
    for count in range(total + 1):
        worlds.setdefault(GATE.share(count, total, sensitive=True), []).append(count)

    told = [counts[0] for counts in worlds.values() if len(counts) == 1]

    assert [count for count in told if GATE.hides(count) or GATE.hides(total - count)] == []
    assert ({0, total} & set(told) == set()) is (total < 20)


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_share_that_is_shown_is_true(one, other):
    count, total = min(one, other), max(one, other)
    shown = GATE.share(count, total, sensitive=True)

    relation = {"=": float.__eq__, "<": float.__lt__, ">": float.__gt__}
    assert shown is None or relation[shown.relation](count / total, shown.value)


def test_a_stricter_gate():
    strict = Gate(10)

    assert (strict.hides(9), strict.hides(10), strict.lets_through(9), strict.share(1, 9)) == (True, False, False, None)


@pytest.mark.parametrize("nonsense", [lambda: Gate(2), lambda: Gate(31), lambda: GATE.share(3, 2)])
def test_nonsense_is_refused(nonsense):
    with pytest.raises(ValueError):
        nonsense()
