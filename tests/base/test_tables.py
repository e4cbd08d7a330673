from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Deadline, Link, Shown, Table, Tag, plain

DAY = date(2026, 3, 16)


def test_two_columns_of_one_key_are_refused():
    column = Column("name", "Namn", str)
    with pytest.raises(ValueError, match="share a key"):
        Table("t", "T", (column, column), sort="name")


@pytest.mark.parametrize(
    ("cell", "in_excel"),
    [
        (None, None),
        ("", ""),
        (0, 0),
        (Decimal("1.5"), Decimal("1.5")),
        (DAY, DAY),
        (Link("Ramp", "/1/"), "Ramp"),
        (Tag(_("Pågår"), "info"), "Pågår"),
        (Tag("röd", "danger", 12), "12 röd"),
        (Deadline(DAY), DAY),
        (Deadline(None), None),
        (_("Åtgärder"), "Åtgärder"),
    ],
)
def test_cells_in_excel(cell, in_excel):
    assert plain(cell) == in_excel


TABLE = Table(
    "steps",
    "Steg",
    (
        Column("title", "Rubrik", str, sort=("title",)),
        Column("unit", "Enhet", str),
        Column("note", "Not", str, is_extra=True),
    ),
    sort="title",
)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ((), ["title", "unit"]),
        (("x",), ["title", "unit"]),
        (("note", "title"), ["title", "note"]),
        (("unit", "x"), ["unit"]),
    ],
)
def test_columns_are_those_asked_for_in_the_order_of_the_table(asked, shown):
    assert [column.key for column in TABLE.chosen(asked)] == shown


def test_what_can_be_sorted_by_is_said_in_words_both_ways():
    shown = Shown(TABLE, filters=None, page=None, sort="title", columns=TABLE.columns)

    assert shown.sorts == [("title", "Rubrik, stigande"), ("-title", "Rubrik, fallande")]
