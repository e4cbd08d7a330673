from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjulet.statistics.rounding import decimals, shown, side

FIGURES = st.decimals(-100, 1000, places=4)


@pytest.mark.parametrize(
    ("value", "target", "text"),
    [
        ("3.98039", "4", "3.98"),
        ("3.996", "4", "3.996"),
        ("3.99999", "4", "3.99999"),
        ("4", "4", "4"),
        ("4.04", "4", "4.04"),
        ("4.05", "4", "4.1"),
        ("97.91666", "100", "97.9"),
        ("99.96", "100", "99.96"),
        ("100", "100", "100"),
        ("0.05", "0", "0.1"),
        ("4.25", None, "4.3"),
        ("-4.25", None, "-4.3"),
        ("-0.01", None, "0"),
        ("1200", None, "1200"),
    ],
)
def test_shown(value, target, text):
    assert str(shown(D(value), target and D(target))) == text


@given(FIGURES, FIGURES)
def test_the_shown_figure_agrees_with_the_verdict(value, target):
    assert side(shown(value, target), target) == side(value, target)


@given(FIGURES, FIGURES)
def test_two_decimals_only_near_the_target(value, target):
    assert (decimals(value, target) == 1) is (abs(value - target) >= D("0.05"))


@given(FIGURES)
def test_the_shown_figure_is_near_the_figure(value):
    assert abs(shown(value) - value) <= D("0.05")
