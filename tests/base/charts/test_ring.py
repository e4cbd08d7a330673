import re
from dataclasses import replace

import pytest
from lxml import etree

from hjulet.base.charts.ring import PROGRESS, as_table, draw, figure
from hjulet.base.documents.model import plain
from tests.base.charts.examples import RING

SVG = {"s": "http://www.w3.org/2000/svg"}


def tree(ring=RING):
    return etree.fromstring(draw(ring))


def with_sector(**changes):
    return replace(RING, sectors=(replace(RING.sectors[0], **changes), *RING.sectors[1:]))


def test_picture_has_a_name_a_description_and_a_link_per_sector():
    picture = tree()

    assert (picture.get("role"), picture.get("aria-label")) == ("group", "Året 2026")
    assert [(child.tag.split("}")[1], child.text) for child in picture[:2]] == [
        ("title", "Året 2026"),
        ("desc", RING.description),
    ]
    assert [(a.get("href"), a.get("aria-label")) for a in picture.findall("s:a", SVG)] == [
        ("/planera/", "Planera: 100\xa0%, Klart"),
        ("/genomfora/", "Genomföra: 62\xa0%, På väg, avbrott: 3"),
        ("/folja-upp/", "Följa upp: 8\xa0%, Försenat, avbrott: 12"),
        ("/forbattra/", "Förbättra: saknas, Inte börjat"),
    ]


def test_picture_without_links_is_an_image():
    ring = replace(RING, sectors=tuple(replace(sector, href="") for sector in RING.sectors))

    assert tree(ring).get("role") == "img"
    assert tree(ring).findall("s:a", SVG) == []


def test_each_sector_says_title_share_status_and_breaks():
    said = [[text.text for text in sector.findall("s:text", SVG)] for sector in tree().findall("s:a", SVG)]

    assert said == [
        ["Planera", "100\xa0%", "Klart"],
        ["Genomföra", "62\xa0%", "På väg", "!3"],
        ["Följa upp", "8\xa0%", "Försenat", "!12"],
        ["Förbättra", "saknas", "Inte börjat"],
    ]


def test_missing_is_dashed_and_is_not_drawn_as_zero():
    missing, nothing = tree().findall("s:a", SVG)[3], tree(with_sector(done=0)).findall("s:a", SVG)[0]

    assert [path.get("stroke-dasharray") for path in missing.findall("s:path", SVG)] == [None, "6 6"]
    assert [path.get("stroke-dasharray") for path in nothing.findall("s:path", SVG)] == [None, None]
    assert [path.get("stroke") for path in nothing.findall("s:path", SVG)] == [None, "currentColor"]
    assert [path.get("stroke") for path in tree().findall("s:a", SVG)[1].findall("s:path", SVG)] == [
        None,
        "currentColor",
        PROGRESS,
        None,
    ]


@pytest.mark.parametrize(
    ("done", "said"),
    [(0, "0\xa0%"), (0.001, "1\xa0%"), (0.5, "50\xa0%"), (0.999, "99\xa0%"), (1, "100\xa0%"), (None, "saknas")],
)
def test_share_is_rounded_without_saying_all_or_nothing_too_soon(done, said):
    assert plain(as_table(with_sector(done=done)).rows[0].cells[1]) == said


def test_table_has_the_same_figures():
    rows = [[plain(cell) for cell in row.cells] for row in (*as_table(RING).header, *as_table(RING).rows)]

    assert rows == [
        ["Del", "Andel klart", "Läge", "Avbrott", "Mer"],
        ["Planera", "100\xa0%", "Klart", "0", "Planen är antagen."],
        ["Genomföra", "62\xa0%", "På väg", "3", "31 av 50 är gjorda."],
        ["Följa upp", "8\xa0%", "Försenat", "12", "En av tolv är gjord."],
        ["Förbättra", "saknas", "Inte börjat", "0", "Ingen har svarat."],
    ]
    assert figure(RING).table == as_table(RING)


def test_table_leaves_out_the_column_of_texts_when_there_are_none():
    ring = replace(RING, sectors=tuple(replace(sector, text="") for sector in RING.sectors))

    assert [plain(cell) for cell in as_table(ring).header[0].cells] == ["Del", "Andel klart", "Läge", "Avbrott"]


@pytest.mark.parametrize("count", [2, 3, 5, 6])
def test_any_number_from_two_to_six_goes_round(count):
    sectors = (RING.sectors * 2)[:count]

    assert len(tree(replace(RING, sectors=sectors)).findall("s:a", SVG)) == count


def test_picture_needs_no_exception_from_the_content_policy():
    assert re.findall(r"<script|<style|\sstyle=|\sid=|\son\w+=|url\(", draw(RING)) == []


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: replace(RING, sectors=RING.sectors[:1]), "A ring has two to six sectors, not 1."),
        (lambda: replace(RING, sectors=RING.sectors * 2), "A ring has two to six sectors, not 8."),
        (lambda: with_sector(done=1.2), "The share done of Planera is from 0 to 1, not 1.2."),
        (lambda: with_sector(done=-0.1), "The share done of Planera is from 0 to 1, not -0.1."),
        (lambda: with_sector(breaks=-1), "Planera has a known tone and breaks counted from 0 upwards."),
        (lambda: with_sector(tone="pink"), "Planera has a known tone and breaks counted from 0 upwards."),
    ],
)
def test_crooked_rings_are_refused_with_a_reason(make, message):
    with pytest.raises(ValueError) as caught:
        make()

    assert str(caught.value) == message
