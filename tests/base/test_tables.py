from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Deadline, Link, Table, Tag, kind_of, plain

DAY = date(2026, 3, 16)


def test_two_columns_of_one_key_are_refused():
    column = Column("name", "Namn", str)
    with pytest.raises(ValueError, match="share a key"):
        Table("t", "T", (column, column), sort="name")


@pytest.mark.parametrize(
    ("cell", "kind", "in_excel"),
    [
        (None, "empty", None),
        ("", "empty", ""),
        (0, "text", 0),
        (Decimal("1.5"), "text", Decimal("1.5")),
        (DAY, "date", DAY),
        (Link("Ramp", "/1/"), "link", "Ramp"),
        (Tag(_("Pågår"), "info"), "tag", "Pågår"),
        (Tag("röd", "danger", 12), "tag", "12 röd"),
        (Deadline(DAY), "deadline", DAY),
        (Deadline(None), "deadline", None),
        (_("Åtgärder"), "text", "Åtgärder"),
    ],
)
def test_cells(cell, kind, in_excel):
    assert (kind_of(cell), plain(cell)) == (kind, in_excel)
