from datetime import date, datetime
from decimal import Decimal

import pytest

from hjulet.base.intake.cells import as_text, chosen, folded


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (" a\r\nb ", "a\nb"),
        (3, "3"),
        (3.0, "3"),
        (12.5, "12.5"),
        (Decimal("12.500"), "12.5"),
        (Decimal(100), "100"),
        (1e-05, "0.00001"),
        (date(2026, 3, 16), "2026-03-16"),
        (datetime(2026, 3, 16), "2026-03-16"),
        (datetime(2026, 3, 16, 9, 30), "2026-03-16 09:30:00"),
    ],
)
def test_a_cell_says_the_same_whoever_wrote_it(value, text):
    assert as_text(value) == text


def test_of_many_names_the_first_thirty_are_told():
    names = [f"namn {number:02}" for number in range(31)]

    with pytest.raises(ValueError, match=r"namn 29 med flera\.$"):
        chosen("x", folded(names), "inget namn")
    with pytest.raises(ValueError, match=r"namn 29\.$"):
        chosen("x", folded(names[:30]), "inget namn")
