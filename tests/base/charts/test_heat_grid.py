import re
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import etree

from hjulet.base.charts.heat_grid import Axis, Movement, as_table, draw, figure
from hjulet.base.charts.svg import measure
from hjulet.base.documents.model import plain
from tests.base.charts.examples import GRID, cell

SVG = {"s": "http://www.w3.org/2000/svg"}


def tree(grid=GRID):
    return etree.fromstring(draw(grid))


def texts(table):
    return [[plain(cell) for cell in row.cells] for row in (*table.header, *table.rows)]


def test_picture_has_a_name_a_description_and_a_link_per_cell():
    picture = tree()
    links = picture.xpath("//s:a", namespaces=SVG)

    assert (picture.get("role"), picture.get("aria-label")) == ("group", "Matris för 2026")
    assert [(child.tag.split("}")[1], child.text) for child in picture[:2]] == [
        ("title", "Matris för 2026"),
        ("desc", GRID.description),
    ]
    assert len(links) == 16
    assert dict(links[0].attrib) == {
        "href": "/lista/?cell=03",
        "aria-label": "Sannolikhet 4 Sannolik, konsekvens 1 Försumbar: Gul 4: 3 st",
    }
    assert links[-5].get("aria-label") == "Sannolikhet 2 Mindre sannolik, konsekvens 4 Allvarlig: Röd 8: 0 st (+2)"


def test_picture_without_links_is_an_image():
    plain_cells = tuple(replace(cell, href="") for cell in GRID.cells)
    picture = tree(replace(GRID, cells=plain_cells))

    assert picture.get("role") == "img"
    assert picture.xpath("//s:a", namespaces=SVG) == []


def test_cell_shows_shape_score_count_word_and_changes():
    gone = tree().xpath("//s:a[@href='/lista/?cell=00']", namespaces=SVG)[0]

    assert [child.tag.split("}")[1] for child in gone] == ["rect", "circle", "text", "text", "text", "text"]
    assert [text.text for text in gone.findall("s:text", SVG)] == ["1", "0", "Grön", "−1"]


def test_each_tone_has_a_shape_of_its_own():
    shapes = {
        cell.tone: re.sub(r"[\d.]+", "", drawn[1].get("d", drawn[1].tag.split("}")[1]))
        for cell in GRID.cells
        for drawn in tree().xpath(f"//s:a[@href='{cell.href}']", namespaces=SVG)
    }

    assert shapes == {"green": "circle", "yellow": "M  L  L  Z", "red": "M  L  L  L  Z"}


def test_arrows_are_drawn_for_moves_within_the_grid():
    assert len(tree().xpath("//s:line", namespaces=SVG)) == 2 * 3
    assert tree().xpath("//s:circle/following-sibling::s:text[1]/text()", namespaces=SVG)[-3:] == ["2", "1", "3"]
    assert tree(replace(GRID, movements=())).xpath("//s:line", namespaces=SVG) == []


def test_arrows_go_over_the_boxes_and_under_the_words_and_their_numbers_on_top():
    kinds = [child.tag.split("}")[1] for child in tree()]
    boxes, lines, links, numbers = (
        [at for at, kind in enumerate(kinds) if kind == wanted] for wanted in ("rect", "line", "a", "circle")
    )

    assert (len(boxes), len(lines), len(links), len(numbers)) == (16, 6, 16, 3)
    assert boxes[-1] < lines[0] < lines[-1] < links[0] < links[-1] < numbers[0]


PLACES = [(column, row) for column in range(4) for row in range(4)]


@pytest.mark.parametrize("start", PLACES)
def test_number_of_an_arrow_hides_no_word_and_no_count(start):
    moves = tuple(Movement(start, end, 1) for end in PLACES if end != start)
    long_words = tuple(replace(cell, word="Betydande risk", count=88) for cell in GRID.cells)
    hidden = []
    for move in moves:
        picture = tree(replace(GRID, cells=long_words, movements=(move,)))
        [circle] = picture.findall("s:circle", SVG)
        x, y, r = (float(circle.get(name)) for name in ("cx", "cy", "r"))
        for text in picture.xpath("//s:a/s:text[text() != '']", namespaces=SVG):
            left, top, right, low = box_of(text)
            if left < x + r and x - r < right and top < y + r and y - r < low:
                hidden.append((move.end, text.text))

    assert hidden == []


def box_of(text):
    x, y, size = (float(text.get(name)) for name in ("x", "y", "font-size"))
    width = measure(text.text, size=size)
    left = x - {"end": width, "middle": width / 2}.get(text.get("text-anchor"), 0)
    return left, y - size * 0.7, left + width, y


def test_without_arrows_the_rows_stand_close():
    still = replace(GRID, movements=(Movement(None, (3, 1), 2),))
    tops = sorted({float(box.get("y")) for box in tree(still).findall("s:rect", SVG)})
    apart = sorted({float(box.get("y")) for box in tree().findall("s:rect", SVG)})

    assert [low - high for high, low in pairwise(tops)] == [84, 84, 84]
    assert [low - high for high, low in pairwise(apart)] == [110, 110, 110]


def test_picture_needs_no_exception_from_the_content_policy():
    assert re.findall(r"<script|<style|\sstyle=|\sid=|\son\w+=|url\(", draw(GRID)) == []


def test_table_has_the_same_figures_highest_row_first():
    assert texts(as_table(GRID)) == [
        ["Sannolikhet", "Konsekvens"],
        ["1 Försumbar", "2 Lindrig", "3 Kännbar", "4 Allvarlig"],
        ["4 Sannolik", "Gul 4: 3 st", "Röd 8: 1 st", "Röd 12: 4 st", "Röd 16: 2 st"],
        ["3 Möjlig", "Grön 3: 2 st", "Gul 6: 0 st", "Röd 9: 3 st", "Röd 12: 1 st"],
        ["2 Mindre sannolik", "Grön 2: 1 st", "Gul 4: 4 st", "Gul 6: 2 st", "Röd 8: 0 st (+2)"],
        ["1 Osannolik", "Grön 1: 0 st (−1)", "Grön 2: 3 st", "Grön 3: 1 st", "Gul 4: 4 st"],
    ]
    assert figure(GRID).table == as_table(GRID)


def test_what_was_typed_is_text_and_nothing_else():
    evil = "<script>x</script> ]]> &amp; \" '"
    cells = (replace(GRID.cells[0], word=evil, href=f"/?q={evil}"), *GRID.cells[1:])
    picture = tree(replace(GRID, title=evil, description=evil, cells=cells))

    assert (picture[0].text, picture[1].text, picture.get("aria-label")) == (evil, evil, evil)
    assert picture.xpath("//s:script", namespaces=SVG) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"horizontal": Axis("x", GRID.horizontal.steps[:1])}, "Each axis of a grid has at least two steps."),
        ({"cells": GRID.cells[1:]}, "The cell in column 0, row 0 is not given exactly once."),
        ({"cells": (*GRID.cells, cell(2, 3))}, "The cell in column 2, row 3 is not given exactly once."),
        (
            {"cells": (*GRID.cells, replace(GRID.cells[0], column=4))},
            "The cell in column 4, row 0 is not given exactly once.",
        ),
        *(
            (
                {"cells": (replace(GRID.cells[0], **wrong), *GRID.cells[1:])},
                "A cell has a known tone, a word for it and a count from 0 upwards.",
            )
            for wrong in ({"tone": "pink"}, {"word": ""}, {"count": -1})
        ),
        *(
            (
                {"movements": (movement,)},
                "A movement has a count from 1 upwards and leads between two cells of the grid.",
            )
            for movement in (
                Movement((0, 0), (1, 1), 0),
                Movement((0, 0), (0, 0), 1),
                Movement(None, None, 1),
                Movement((0, 0), (4, 0), 1),
            )
        ),
    ],
)
def test_crooked_grids_are_refused_with_a_reason(changes, message):
    with pytest.raises(ValueError) as caught:
        replace(GRID, **changes)

    assert str(caught.value) == message
