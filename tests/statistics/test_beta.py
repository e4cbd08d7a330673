import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjulet.statistics.beta import cumulative, quantile

SHAPES = st.floats(0.05, 500)
# Points whose complement is exact, so that a mirror image is one.
POINTS = st.integers(0, 4096).map(lambda place: place / 4096)


@pytest.mark.parametrize(
    ("x", "a", "b", "probability"),
    [
        (0, 2, 3, 0),
        (1, 2, 3, 1),
        (0.3, 1, 1, 0.3),
        (0.5, 4, 1, 0.0625),
        (0.5, 1, 4, 0.9375),
        (0.5, 300, 300, 0.5),
        (0.2, 2, 2, 0.104),
        (0.9, 2, 2, 0.972),
    ],
)
def test_cumulative_where_it_is_known(x, a, b, probability):
    assert cumulative(x, a, b) == pytest.approx(probability, rel=1e-12)


@given(POINTS, SHAPES, SHAPES)
def test_cumulative_mirrors(x, a, b):
    assert cumulative(x, a, b) == pytest.approx(1 - cumulative(1 - x, b, a), abs=1e-9)


@given(POINTS, POINTS, SHAPES, SHAPES)
def test_cumulative_never_falls(x, y, a, b):
    low, high = sorted((x, y))

    assert cumulative(low, a, b) <= cumulative(high, a, b) + 1e-12


@given(st.floats(0.001, 0.999), SHAPES, SHAPES)
def test_quantile_is_the_inverse(probability, a, b):
    x = quantile(probability, a, b)

    # Where the density is huge the nearest floats beside x enclose the probability.
    assert cumulative(x * (1 - 1e-12), a, b) <= probability + 1e-9
    assert cumulative(min(1.0, x * (1 + 1e-12)), a, b) >= probability - 1e-9


@pytest.mark.parametrize(("probability", "x"), [(0, 0), (1, 1), (0.3, 0.3)])
def test_quantile_of_the_even_distribution(probability, x):
    assert quantile(probability, 1, 1) == pytest.approx(x, rel=1e-12, abs=1e-300)


@pytest.mark.parametrize(("x", "a", "b"), [(0.5, 0, 1), (0.5, 1, -1), (-0.1, 1, 1), (1.1, 1, 1)])
def test_cumulative_refuses_what_is_no_beta(x, a, b):
    with pytest.raises(ValueError):
        cumulative(x, a, b)


@pytest.mark.parametrize("probability", [-0.1, 1.1])
def test_quantile_refuses_what_is_no_probability(probability):
    with pytest.raises(ValueError):
        quantile(probability, 1, 1)


def test_cumulative_gives_up_rather_than_guess():
    with pytest.raises(ArithmeticError):
        cumulative(0.5, 1e12, 1e12)
