from dataclasses import replace

import pytest

from hjulet.base.documents.model import (
    Bullets,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Item,
    Paragraph,
    Place,
    Row,
    Table,
    Text,
    cell_blocks,
    clean,
    placed,
    plain,
    runs,
)
from tests.base.documents.examples import DAY, EVERYTHING

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1">{}</svg>'


def table(*rows: Row, columns: int = 2) -> Table:
    return Table("Tabell", (Column(),) * columns, (Row(("x",) * columns),), rows)


def document(*blocks, **changes) -> Document:
    return Document(**({"title": "T", "organisation": "O", "date": DAY, "blocks": blocks} | changes))


def test_clean_drops_what_xml_cannot_hold_and_unites_newlines():
    assert clean("a\x00b\x0bc\ud800d\ufffee\x85f\r\ng\rh\ti") == "abcde\x85f\ng\nh\ti"


def test_runs_accept_text_runs_and_mixtures_and_drop_empty_ones():
    assert runs("a") == (Text("a"),)
    assert runs(Text("a", bold=True)) == (Text("a", bold=True),)
    assert runs(("a", "", Text("\x00"), Text("b", code=True))) == (Text("a"), Text("b", code=True))


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://example.org/å", "https://example.org/å"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("/plan/2026/?a=1", "/plan/2026/?a=1"),
        ("#anchor-1", "#anchor-1"),
        ("//example.org", ""),
        ("/\\example.org", ""),
        ("/\t/example.org", ""),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https:// example.org", ""),
        ("relative", ""),
        ("https://", ""),
    ],
)
def test_runs_keep_only_links_that_lead_somewhere_safe(href, kept):
    assert runs(Text("a", href=href)) == (Text("a", href=kept),)


def test_cell_blocks_are_paragraphs_and_lists_whatever_was_given():
    bullets = Bullets(("a",))
    assert cell_blocks(Cell("a")) == (Paragraph("a"),)
    assert cell_blocks(Cell(("a", Text("b")))) == (Paragraph(("a", Text("b"))),)
    assert cell_blocks(Cell(bullets)) == (bullets,)
    assert cell_blocks(Cell((Paragraph("a"), bullets))) == (Paragraph("a"), bullets)


def test_plain_is_the_text_alone():
    inner = Bullets(("c", Item("d", Bullets(("e",)))))
    assert plain(Cell((Paragraph(("a", Text("b", bold=True))), inner))) == "ab\nc\nd\ne"


def test_placed_follows_spans_to_the_right_and_downwards():
    high, wide = Cell("hög", rowspan=2), Cell("bred", colspan=2)
    low, last = Cell("låg"), Cell("sist")

    lines = list(placed((Row((high, wide)), Row((low, last))), 3))

    assert lines == [
        [Place(0, 1, high), Place(1, 2, wide)],
        [Place(0, 1, high, continued=True), Place(1, 1, low), Place(2, 1, last)],
    ]


def test_placed_makes_a_section_as_wide_as_the_table():
    assert list(placed((Row(("Del",), section=True),), 4)) == [[Place(0, 4, Cell("Del"))]]


@pytest.mark.parametrize(
    "rows",
    [
        (Row(("a",)),),
        (Row(("a", "b", "c")),),
        (Row(("a", Cell("b", colspan=2))),),
        (Row((Cell("a", rowspan=2), "b")), Row(("c", "d"))),
    ],
)
def test_table_refuses_rows_that_do_not_fill_its_columns(rows):
    with pytest.raises(ValueError, match=r"^A row of the table does not fill its 2 columns exactly\.$"):
        table(*rows)


def test_table_refuses_a_cell_that_reaches_below_the_last_row():
    with pytest.raises(ValueError, match=r"^A cell of the table reaches below the last row\.$"):
        table(Row((Cell("a", rowspan=2), "b")))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Heading(0, "x"), "A heading has a level from 1 to 4, not 0."),
        (lambda: Heading(5, "x"), "A heading has a level from 1 to 4, not 5."),
        (lambda: Heading(1, "x", "Å"), "An anchor is at most 39 of a-z, 0-9 and hyphen, not 'Å'."),
        (lambda: Cell("x", colspan=0), "A cell spans at least one column and one row."),
        (lambda: Cell("x", tone="pink"), "There is no tone 'pink'; there are neutral, blue, green, yellow, red."),
        (lambda: Cell(" ", tone="red"), "A coloured cell also says in words what the colour means."),
        (lambda: Row(("a", "b"), section=True), "A section row has exactly one cell."),
        (lambda: Table("x", (), (), ()), "A table has columns and a header row."),
        (lambda: Table("x", (Column(),), (), ()), "A table has columns and a header row."),
        (lambda: Table("x", (Column(0),), (Row(("a",)),), ()), "A column has a width above zero."),
        (lambda: Figure(SVG, "x", " "), "A figure has a description for those who cannot see it."),
        (lambda: Figure(SVG, "x", "y", width=1.1), "The width of a figure is a share above 0 and at most 1."),
        (lambda: document(title=" "), "A document has a title."),
        (lambda: document(colour="red"), "A colour is written #rrggbb, not 'red'."),
        (lambda: document(Heading(1, "a", "x"), Heading(1, "b", "x")), "Two headings have the same anchor."),
    ],
)
def test_crooked_parts_are_refused_with_a_reason(make, message):
    with pytest.raises(ValueError) as caught:
        make()

    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<script>1</script>", "A picture may not hold <script>."),
        ("<foreignObject/>", "A picture may not hold <foreignObject>."),
        ('<rect onclick="x()"/>', "A picture may not hold the attribute onclick."),
        ('<rect style="fill:red"/>', "A picture may not hold the attribute style."),
        ('<a href="javascript:x()"/>', "A link in a picture leads to a page and nowhere else."),
        ('<rect fill="url(https://x)"/>', "A picture may not point outside itself."),
        ("<rect>", "A picture must be well-formed SVG."),
    ],
)
def test_a_picture_that_could_do_harm_is_refused(inside, message):
    with pytest.raises(ValueError) as caught:
        Figure(SVG.format(inside), "Bild", "Beskrivning")

    assert str(caught.value) == message


def test_headings_that_skip_a_level_are_moved_up():
    levels = [1, 3, 4, 2, 4]

    moved = document(*(Heading(level, "x") for level in levels)).blocks

    assert [heading.level for heading in moved] == [1, 2, 3, 2, 3]


def test_a_document_equals_itself_made_again():
    assert replace(EVERYTHING, colour="#1f4e79") == EVERYTHING
