from dataclasses import replace

import pytest
from lxml import etree

from hjulet.base.charts.year_ring import Kind, Month, YearRing, YearWords, as_table, draw, figure
from hjulet.base.documents.model import plain

KINDS = (Kind("red", "Försenad"), Kind("yellow", "Har börjat"), Kind("blue", "Kommande"), Kind("green", "Gjord"))
NAMES = "jan feb mar apr maj jun jul aug sep okt nov dec".split()
WORDS = YearWords(month="Månad", total="Alla", nothing="inget", today="I dag")


def ring(today=0.25, **counts):
    """A year with the counts of the months that are named, and nothing in the others."""
    months = (Month(name.upper(), name, counts.get(name, (0, 0, 0, 0)), f"#{name}") for name in NAMES)
    return YearRing("Årshjul 2026", "Tolv månader.", "2026", KINDS, tuple(months), WORDS, today)


def elements(drawn, name):
    return etree.fromstring(drawn.encode()).iter(f"{{http://www.w3.org/2000/svg}}{name}")


def texts(drawn):
    return [element.text for element in elements(drawn, "text")]


def discs(drawn):
    """What the marks lie on, without those of the legend."""
    return [element for element in elements(drawn, "circle") if element.get("r") == "8.5"][: -len(KINDS)]


def labels(drawn):
    return [link.get("aria-label") for link in elements(drawn, "a")]


def test_every_month_is_a_link_that_says_what_is_in_it():
    drawn = draw(ring(mar=(1, 0, 0, 2), dec=(0, 0, 3, 0)))

    assert [link.get("href") for link in elements(drawn, "a")] == [f"#{name}" for name in NAMES]
    assert labels(drawn) == [
        "JAN: inget",
        "FEB: inget",
        "MAR: försenad 1, gjord 2",
        *(f"{name.upper()}: inget" for name in NAMES[3:11]),
        "DEC: kommande 3",
    ]


def test_the_picture_has_a_title_a_description_and_a_legend():
    drawn = draw(ring())

    assert next(elements(drawn, "title")).text == "Årshjul 2026"
    assert next(elements(drawn, "desc")).text == "Tolv månader."
    assert texts(drawn) == [*NAMES, "2026", "Försenad", "Har börjat", "Kommande", "Gjord", "I dag"]


def test_a_year_that_is_not_this_one_has_no_line():
    without, with_line = draw(ring(today=None)), draw(ring(today=0))

    assert (len(list(elements(without, "line"))), len(list(elements(with_line, "line")))) == (0, 2)
    assert "I dag" not in texts(without)


@pytest.mark.parametrize(("gone", "x", "y"), [(0, 200, 1), (0.25, 399, 200), (0.5, 200, 399), (0.75, 1, 200)])
def test_the_line_goes_round_with_the_clock(gone, x, y):
    line = next(elements(draw(ring(today=gone)), "line"))

    assert (round(float(line.get("x2"))), round(float(line.get("y2")))) == (x, y)


@pytest.mark.parametrize(("count", "marks", "more"), [(0, 0, []), (12, 12, []), (13, 11, ["+2"]), (400, 11, ["+389"])])
def test_what_has_no_room_is_a_number(count, marks, more):
    drawn = draw(ring(jun=(0, 0, count, 0)))

    assert len(discs(drawn)) == marks
    assert [text for text in texts(drawn) if text.startswith("+")] == more


def test_what_is_late_is_drawn_first_so_that_it_is_never_left_out():
    drawn = draw(ring(jan=(1, 0, 0, 30)))

    assert [disc.get("fill") for disc in discs(drawn)][:2] == ["#f8c8c0", "#cdebd3"]


def test_no_two_marks_of_a_year_lie_on_each_other():
    drawn = draw(ring(**dict.fromkeys(NAMES, (3, 3, 3, 3))))

    centres = [(float(disc.get("cx")), float(disc.get("cy"))) for disc in discs(drawn)]
    apart = min((x - u) ** 2 + (y - v) ** 2 for i, (x, y) in enumerate(centres) for u, v in centres[:i])
    assert len(centres) == 12 * 12
    assert apart**0.5 > 17


def test_the_table_has_the_same_figures():
    table = as_table(ring(feb=(1, 2, 3, 4)))

    rows = [[plain(cell) for cell in row.cells] for row in (*table.header, *table.rows)]
    assert rows[0] == ["Månad", "Försenad", "Har börjat", "Kommande", "Gjord", "Alla"]
    assert rows[2] == ["FEB", "1", "2", "3", "4", "10"]
    assert len(rows) == 13


def test_words_that_look_like_marks_are_text():
    drawn = draw(replace(ring(), title="<script>", centre="&"))

    assert ("<script>" in drawn, "&amp;" in drawn) == (False, True)


def test_the_figure_is_let_into_a_page():
    assert figure(ring()).description == "Tolv månader."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"months": ring().months[:11]}, "A year has twelve months, not 11."),
        ({"kinds": ()}, "Each kind has a known tone with a shape of its own."),
        ({"kinds": (Kind("blue", "a"), Kind("neutral", "b"), *KINDS[:2])}, "Each kind has a known tone"),
        ({"kinds": KINDS[:3]}, "JAN has a count from 0 upwards for each kind."),
        ({"months": (Month("JAN", "jan", (0, 0, 0, -1)), *ring().months[1:])}, "JAN has a count from 0"),
        ({"today": 1.01}, "Today is from 0 to 1 in the year, not 1.01."),
    ],
)
def test_a_crooked_year_is_refused(change, said):
    with pytest.raises(ValueError, match=said):
        replace(ring(), **change)
