"""A measure over time: what is drawn, what the table says, and what is refused."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from hjulet.base.charts.line import LineChart, LineWords, Point, as_table, draw, figure

SVG = "{http://www.w3.org/2000/svg}"
WORDS = LineWords("Period", "Mätvärde", "Felmarginal", "Mål", "Utfall")


def point(year, value=80.0, **given):
    said = "" if value is None else f"{value:g} %"
    return Point(str(year), str(year), value, said, "Ej mätt" if value is None else "Uppnått", **given)


def chart(*points, **given):
    return LineChart("Planer, Norr", "Mätningar i tidsordning.", points, WORDS, **given)


def drawn(of):
    return etree.fromstring(draw(of).encode())


def circles(of):
    return [float(node.get("cy")) for node in drawn(of).iter(f"{SVG}circle") if node.get("r") == "8"]


def test_each_value_has_a_mark_and_the_higher_lies_higher():
    low, high, middle = circles(chart(point(2024, 70.0), point(2025, 90.0), point(2026, 80.0)))

    assert high < middle < low


def test_a_period_without_a_value_is_a_gap():
    whole = chart(*(point(year) for year in range(2022, 2027)))
    broken = chart(point(2022), point(2023), point(2024, None), point(2025), point(2026))

    def solid(of):
        return len([line for line in drawn(of).iter(f"{SVG}line") if line.get("stroke-width") == "2"])

    assert (solid(whole), solid(broken), len(circles(broken))) == (4, 2, 4)


def test_targets_and_margins_are_drawn_and_named_only_where_there_are_any():
    plain, full = chart(point(2025)), chart(point(2025, lower=70.0, upper=90.0, aims=(75.0,), tone="green"))

    def told(of):
        texts = {node.text for node in drawn(of).iter(f"{SVG}text")}
        dashed = [node for node in drawn(of).iter(f"{SVG}line") if node.get("stroke-dasharray")]
        return texts & {"Mål", "Felmarginal"}, len(dashed)

    assert told(plain) == (set(), 0)
    assert told(full) == ({"Mål", "Felmarginal"}, 2)


def test_a_band_has_two_lines():
    dashed = [
        node for node in drawn(chart(point(2025, aims=(70.0, 90.0)))).iter(f"{SVG}line") if node.get("stroke-dasharray")
    ]

    assert len({node.get("y1") for node in dashed}) == 3  # the two ends, and the legend


def test_of_many_periods_only_some_are_named_and_the_last_always():
    names = {node.text for node in drawn(chart(*(point(year) for year in range(2000, 2026)))).iter(f"{SVG}text")}

    named = sorted(int(name) for name in names if name.isdecimal() and name.startswith("20"))
    assert (len(named), named[-1]) == (6, 2025)


def test_the_table_says_the_same():
    table = as_table(chart(point(2025, margin="70–90", aim="minst 75 %"), point(2026, None)))

    assert [tuple(cell.content for cell in row.cells[1:]) for row in table.rows] == [
        ("80 %", "70–90", "minst 75 %", "Uppnått"),
        ("–", "–", "–", "Ej mätt"),
    ]


def test_ready_for_a_document():
    made = figure(chart(point(2025)))

    assert (made.title, len(made.table.rows)) == ("Planer, Norr", 1)


def test_markup_in_names_is_shown_as_text():
    assert "<script>" not in draw(chart(replace(point(2025), name="<script>", short="<script>", said="<script>")))


@pytest.mark.parametrize(
    "points",
    [
        (),
        (point(2025, None),),
        (point(2025, tone="pink"),),
        (point(2025, lower=70.0),),
    ],
)
def test_nonsense_is_refused(points):
    with pytest.raises(ValueError, match="A line needs|known tone"):
        chart(*points)


@given(
    st.lists(st.floats(-1e6, 1e6) | st.none(), min_size=1, max_size=30).filter(
        lambda values: any(value is not None for value in values)
    )
)
def test_everything_lies_within_the_picture(values):
    of = chart(*(point(2000 + place, value) for place, value in enumerate(values)))

    assert all(14 - 1e-6 <= y <= 214 + 1e-6 for y in circles(of))


@given(st.lists(st.floats(0, 100), min_size=1, max_size=20))
def test_the_axis_never_leaves_what_a_value_can_be(values):
    texts = [
        node.text
        for node in drawn(chart(*map(point, range(2000, 2000 + len(values)), values), least=0.0, most=100.0)).iter(
            f"{SVG}text"
        )
    ]

    numbers = [float(text.replace(",", ".").replace("\N{MINUS SIGN}", "-")) for text in texts[:5]]
    assert 0 <= min(numbers) <= max(numbers) <= 100
