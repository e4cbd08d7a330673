from dataclasses import replace
from io import BytesIO

import pdfua
import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from hjulet.base.documents.model import Document, Figure, Paragraph, Row, Table, Text
from hjulet.base.documents.pdf import render
from tests.base.documents.examples import DAY, EVERYTHING, EVIL, TABLE, TIMES_SEEN, hostile


def read(document: Document) -> PdfReader:
    return PdfReader(BytesIO(render(document)))


def text_of(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def tags(reader: PdfReader) -> list[DictionaryObject]:
    """Every element of the structure tree, in reading order."""
    found = []

    def walk(node) -> None:
        node = node.get_object()
        if isinstance(node, ArrayObject):
            for child in node:
                walk(child)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def count(reader: PdfReader, *names: str) -> dict[str, int]:
    kinds = [tag["/S"] for tag in tags(reader)]
    return {name: kinds.count(f"/{name}") for name in names}


@pytest.mark.parametrize("document", [EVERYTHING, hostile(), replace(EVERYTHING, landscape=True, language="en")])
def test_pdf_has_no_fault_against_pdf_ua(document, tmp_path):
    path = tmp_path / "document.pdf"
    path.write_bytes(render(document))

    assert pdfua.validate(str(path)).findings == ()


def test_pdf_says_its_title_language_and_standard():
    reader = read(EVERYTHING)
    root = reader.trailer["/Root"]

    assert reader.metadata.title == "Plan för året"
    assert reader.metadata.author == "Socialnämnden"
    assert reader.metadata.creation_date.date() == DAY
    assert root["/Lang"] == "sv"
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_pdf_is_tagged_with_headings_lists_tables_and_figures():
    reader = read(EVERYTHING)

    assert count(reader, "H1", "H2", "L", "LI", "Table", "Figure", "Caption", "Link") == {
        "H1": 2,
        "H2": 1,
        "L": 4,
        "LI": 8,
        "Table": 2,
        "Figure": 1,
        "Caption": 3,
        "Link": 2,
    }
    assert [tag["/Alt"] for tag in tags(reader) if tag["/S"] == "/Figure"] == [
        "Matris för 2026. Fyra gånger fyra celler. Flest ligger i den gula mitten och två har flyttat nedåt."
    ]


def test_pdf_holds_the_text_and_counts_its_pages():
    text = text_of(read(EVERYTHING))

    for words in (
        "Så här läser du planen.",
        "Skriv om rutinen",
        "i söder",
        "Tabell 1. Åtgärder",
        "Figur 1. Matris för 2026",
    ):
        assert text.count(words) == 1
    assert "Sida 1 av 2" in text
    assert "Sida 2 av 2" in text


def test_pdf_repeats_the_header_of_a_long_table():
    rows = tuple(Row((f"rad {number}", "x", "1")) for number in range(150))
    reader = read(replace(EVERYTHING, blocks=(replace(TABLE, rows=rows),)))

    assert len(reader.pages) > 2
    assert [page.extract_text().count("Antal") for page in reader.pages] == [1] * len(reader.pages)


def test_pdf_lies_down_when_asked_to():
    wide = read(replace(EVERYTHING, landscape=True)).pages[0].mediabox

    assert (round(wide.width), round(wide.height)) == (842, 595)


def test_pdf_uses_only_the_fonts_we_ship():
    fonts = {
        font.get_object()["/BaseFont"].split("+")[-1].split("-")[0]
        for page in read(EVERYTHING).pages
        for font in page["/Resources"]["/Font"].values()
    }

    assert fonts == {"SourceSans3"}


def test_what_was_typed_is_text_and_nothing_else():
    text = "".join(text_of(read(hostile())).split())
    footers = len(read(hostile()).pages)

    assert text.count("".join(EVIL.split())) == TIMES_SEEN + footers


def test_what_the_font_cannot_draw_becomes_a_square_and_harms_nothing():
    text = text_of(read(replace(EVERYTHING, title="Glad 😀 سلام \ue000 slut\ud800", blocks=(Paragraph("a\tb\nc"),))))

    assert text.startswith("Glad □ □□□□ □ slut")
    assert "a b\nc" in text


def test_a_link_to_an_anchor_that_is_not_there_is_plain_text():
    reader = read(replace(EVERYTHING, blocks=(Paragraph(Text("hopp", href="#borta")),)))

    assert count(reader, "Link") == {"Link": 0}


def test_a_high_figure_stays_on_its_page():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 90"><rect width="10" height="90"/></svg>'

    reader = read(replace(EVERYTHING, landscape=True, blocks=(Figure(svg, "Hög", "En hög stapel."),)))

    assert len(reader.pages) <= 2


def test_a_table_without_rows_is_drawn():
    assert "Antal" in text_of(
        read(replace(EVERYTHING, blocks=(Table(TABLE.caption, TABLE.columns, TABLE.header, ()),)))
    )


def test_the_same_document_gives_the_same_bytes():
    assert render(EVERYTHING) == render(EVERYTHING)


@pytest.mark.parametrize("rows", [("S", "S", "r"), ("S", "S", "S", "r", "S", "r"), ("S", "r", "S", "S"), ("S",)])
def test_section_rows_may_follow_each_other_and_end_the_table(rows, tmp_path):
    """typst panics on two level-two headers in a row."""
    body = tuple(Row((f"{kind} {place}",), section=kind == "S") for place, kind in enumerate(rows))
    table = Table("Tabell", TABLE.columns[:1], (Row(("Rubrik",)),), body)
    path = tmp_path / "document.pdf"
    path.write_bytes(render(replace(EVERYTHING, blocks=(table,))))

    assert pdfua.validate(str(path)).findings == ()
    said = text_of(PdfReader(path))
    assert [f"{kind} {place}" in said for place, kind in enumerate(rows)] == [True] * len(rows)
