"""The picture, the same in words, and that the two agree. Pure: no database."""

import re
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from lxml import etree

from hjulet.base.charts.svg import measure
from hjulet.base.documents.model import plain
from hjulet.base.documents.pictures import refuse_unsafe
from hjulet.rulebook.processes.diagram import Diagram, Link, Step, in_order
from hjulet.rulebook.processes.layout import BOX_WIDTH, LANE_WIDTH, arrange, columns_of
from hjulet.rulebook.processes.picture import COLUMNS_ON_PAPER, draw, figures
from hjulet.rulebook.processes.states import StepKind as K
from hjulet.rulebook.processes.telling import as_table, by_lane, told

SVG = {"s": "http://www.w3.org/2000/svg"}


def step(key, title, lane="Handläggare", kind=K.TASK, **given):
    return Step(key, kind.value, title, lane, **given)


SMALL = in_order(
    Diagram(
        "process-1",
        "Handläggning",
        steps=(
            step("s", "Ansökan kommer", kind=K.START),
            step("u", "Utred", parties=("Vårdcentralen",), href="/processer/aktiviteter/2/"),
            step("d", "14 dagar har gått", kind=K.EVENT, attached_to="u"),
            step("g", "Räcker det?", kind=K.EXCLUSIVE),
            step("k", "Begär mer", "Administratör"),
            step("b", "Besluta", "Enhetschef"),
            step("e", "Klart", "Enhetschef", kind=K.END),
        ),
        links=(
            Link("f1", "g", "k", "nej"),
            Link("f2", "g", "b", "ja"),
            Link("f3", "k", "u"),
            Link("f4", "d", "k"),
        ),
    )
)
FORTY = Diagram(
    "process-2",
    "En lång process",
    steps=tuple(
        step(f"k{n}", f"Aktivitet nummer {n} med ett ganska långt namn", ("Handläggare", "Chef", "Utförare")[n % 3])
        for n in range(40)
    ),
)


def tree(diagram=SMALL):
    return etree.fromstring(draw(diagram))


def test_picture_has_a_name_a_description_and_nothing_the_policy_stops():
    picture = tree()

    assert (picture.get("role"), picture.get("aria-label")) == ("group", "Bild av processen Handläggning")
    assert [child.text for child in picture[:2]] == [
        "Bild av processen Handläggning",
        "7 steg i banor för Handläggare, Administratör, Enhetschef. Stegen i ordning står som text under bilden.",
    ]
    assert re.findall(r"<script|<style|\sstyle=|\sid=|\son\w+=|url\(", draw(SMALL)) == []
    refuse_unsafe(draw(FORTY))


def test_what_can_be_opened_is_a_link_that_says_the_step():
    [link] = tree().findall("s:a", SVG)

    assert dict(link.attrib) == {
        "href": "/processer/aktiviteter/2/",
        "aria-label": "2 Utred, tillsammans med Vårdcentralen. Handläggare. → 4",
    }


def test_it_is_as_wide_as_it_is_long():
    picture = tree(FORTY)

    assert (picture.get("width"), picture.get("height")) == tuple(picture.get("viewBox").split()[2:])
    assert float(picture.get("width")) > 40 * BOX_WIDTH


def test_columns_go_by_the_longest_way_and_what_leads_back_moves_nothing():
    assert columns_of(SMALL) == {"s": 0, "u": 1, "d": 1, "g": 2, "k": 3, "b": 3, "e": 4}


def test_a_circle_of_steps_is_drawn():
    circle = Diagram(
        "p", "Runt", steps=(step("a", "A"), step("b", "B")), links=(Link("x", "a", "b"), Link("y", "b", "a"))
    )

    assert columns_of(circle) == {"a": 0, "b": 1}


@pytest.mark.parametrize("diagram", [SMALL, FORTY], ids=["small", "forty"])
def test_no_box_hides_another_and_no_way_crosses_a_box(diagram):
    plan = arrange(diagram)
    boxes = [box for box in plan.boxes if not box.step.attached_to]

    assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []
    crossed = [
        (way.link.key, box.step.key)
        for way in plan.ways
        for box in boxes
        for (x1, y1), (x2, y2) in zip(way.points, way.points[1:], strict=False)
        if min(x1, x2) < box.x + box.width - 1
        and max(x1, x2) > box.x + 1
        and min(y1, y2) < box.y + box.height - 1
        and max(y1, y2) > box.y + 1
    ]
    assert crossed == []


def overlap(one, other):
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def test_words_stay_inside_their_box():
    long_words = Diagram("p", "P", steps=(step("a", "Hälsoundersökningssamordningsansvarsfördelning " * 3),))
    [box] = arrange(long_words).boxes
    lines = [text for text in tree(long_words).iter("{http://www.w3.org/2000/svg}text") if text.get("text-anchor")]

    assert [line.text for line in lines if measure(line.text, size=12) > BOX_WIDTH] == []
    assert all(box.y < float(line.get("y")) < box.y + box.height for line in lines)


def test_each_lane_is_a_strip_and_every_step_lies_in_its_own():
    plan = arrange(SMALL)
    lanes = {lane.name: lane for lane in plan.lanes}

    assert list(lanes) == ["Handläggare", "Administratör", "Enhetschef"]
    for box in plan.boxes:
        lane = lanes[box.step.lane]
        assert lane.y < box.y < box.y + box.height < lane.y + lane.height
        assert box.x > LANE_WIDTH


def test_a_message_is_dashed_and_pools_have_frames():
    other = Diagram(
        "p",
        "Egen",
        steps=(step("a", "A"), step("b", "B", pool="Regionen")),
        links=(Link("m", "a", "b", is_message=True),),
    )
    picture = tree(other)

    assert len(picture.findall("s:path[@stroke-dasharray]", SVG)) == 1
    assert [pool.name for pool in arrange(other).pools] == ["Egen", "Regionen"]


def test_on_paper_it_is_cut_into_parts_with_numbers_where_it_is_cut():
    parts = figures(FORTY)

    assert len(parts) == 40 / COLUMNS_ON_PAPER
    assert parts[1].title == "Bild av processen En lång process, del 2 av 8"
    assert [part.table is not None for part in parts] == [False] * 7 + [True]
    stubs = [(stub.numbers, stub.is_out) for stub in arrange(FORTY, first=5, last=9).stubs]
    assert stubs == [("5", False), ("11", True)]


@pytest.mark.parametrize(("steps", "parts"), [(2, 1), (5, 1), (6, 2), (11, 3), (16, 4)])
def test_the_parts_on_paper_are_equally_wide_so_that_their_letters_are_equally_large(steps, parts):
    drawn = [etree.fromstring(part.svg) for part in figures(replace(FORTY, steps=FORTY.steps[:steps]))]

    assert len(drawn) == parts
    assert len({part.get("width") for part in drawn}) == 1
    assert float(drawn[0].get("width")) > 3 * BOX_WIDTH


def test_ways_that_are_cut_at_the_same_place_are_named_together():
    """Two lead to the same step: their numbers may not stand on each other."""
    assert [(stub.numbers, stub.is_out) for stub in arrange(SMALL, first=3, last=3).stubs] == [
        ("3, 4", False),
        ("4", False),
        ("2", True),
        ("7", True),
    ]


def test_the_words_of_a_way_stand_free_of_the_other_ways():
    """Two ways over the same row: the words of the lower one lie under the upper one."""
    diagram = Diagram(
        "p",
        "P",
        steps=tuple(step(key, key.upper()) for key in "abcde"),
        links=(Link("w", "b", "c"), Link("x", "b", "d", "ja"), Link("y", "d", "b", "nej"), Link("z", "d", "e")),
    )
    heights = sorted(way.points[2][1] for way in arrange(diagram).ways if len(way.points) == 6)

    assert [lower - upper >= 12 for upper, lower in pairwise(heights)] == [True]


def test_told_in_order():
    assert [(one.number, one.what, one.who, one.then) for one in told(SMALL)] == [
        ("1", "Start: Ansökan kommer", "Handläggare", "→ 2"),
        ("2", "Utred, tillsammans med Vårdcentralen", "Handläggare", "→ 4"),
        ("3", "Händelse på vägen: 14 dagar har gått (kan inträffa under steg 2)", "Handläggare", "→ 5"),
        ("4", "Val av en väg: Räcker det?", "Handläggare", "nej → 5; ja → 6"),
        ("5", "Begär mer", "Administratör", "→ 2"),
        ("6", "Besluta", "Enhetschef", "→ 7"),
        ("7", "Slut: Klart", "Enhetschef", "Här slutar processen."),
    ]


def test_told_by_role():
    assert [(lane, [one.number for one in steps]) for lane, steps in by_lane(SMALL)] == [
        ("Handläggare", ["1", "2", "3", "4"]),
        ("Administratör", ["5"]),
        ("Enhetschef", ["6", "7"]),
    ]


def test_table_says_what_the_picture_says():
    rows = [[plain(cell) for cell in row.cells] for row in as_table(SMALL).rows]

    assert rows == [[one.number, one.what, one.who, one.then] for one in told(SMALL)]


def test_steps_inside_a_sub_process_are_told_but_not_drawn():
    whole = in_order(
        Diagram(
            "p",
            "P",
            steps=(step("a", "Utred", kind=K.SUB_PROCESS), step("b", "Besluta"), step("c", "Fråga", inside="a")),
        )
    )

    assert [(one.number, one.what) for one in told(whole)] == [
        ("1", "Delprocess: Utred"),
        ("1.1", "Fråga"),
        ("2", "Besluta"),
    ]
    assert [box.step.key for box in arrange(whole).boxes] == ["a", "b"]
