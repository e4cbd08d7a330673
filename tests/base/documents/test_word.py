from dataclasses import replace
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from hjulet.base.documents.model import Document
from hjulet.base.documents.word import STYLES, TEMPLATE, TemplateError, render
from tests.base.documents.examples import EVERYTHING, EVIL, TIMES_SEEN, hostile


def read(document: Document, **options):
    return docx.Document(BytesIO(render(document, **options)))


def changed_template(change) -> bytes:
    file = docx.Document(TEMPLATE)
    change(file)
    saved = BytesIO()
    file.save(saved)
    return saved.getvalue()


def test_every_paragraph_has_a_style():
    paragraphs = [(p.style.name, p.text) for p in read(EVERYTHING).paragraphs]

    assert paragraphs == [
        ("Title", "Plan för året"),
        ("Subtitle", "Antagen av nämnden"),
        ("Note", "Socialnämnden, 2026-01-15"),
        ("Heading 1", "Inledning"),
        ("Lead", "Så här läser du planen."),
        ("Normal", "Text med fet, kursiv, båda, kod, webb, sida och hopp.\nNy rad."),
        ("Heading 2", "Listor"),
        ("List Bullet", "ett"),
        ("List Bullet", "två"),
        ("List Number", "första"),
        ("List Number", "andra"),
        ("List Bullet", "tre"),
        ("List Number", "börjar om"),
        ("Note", "Sagt i förbigående."),
        ("Caption", "Tabell 1. Åtgärder"),
        ("Table End", ""),
        ("Normal", ""),
        ("Heading 1", "Bilden"),
        ("Figure", ""),
        ("Figure Caption", "Figur 1. Matris för 2026"),
        ("Caption", "Tabell 2. Matris för 2026"),
        ("Table End", ""),
    ]


def test_marked_text_has_character_styles_and_no_hand_formatting():
    file = read(EVERYTHING)
    runs = {run.text: run.style.name for run in file.paragraphs[5].runs}

    assert {text: runs[text] for text in ("fet", "kursiv", "båda", "kod")} == {
        "fet": "Strong",
        "kursiv": "Emphasis",
        "båda": "Intense Emphasis",
        "kod": "Code",
    }
    for forbidden in ("w:b", "w:i", "w:color", "w:sz", "w:rFonts"):
        assert list(file.element.body.iter(qn(forbidden))) == []


def test_links_lead_out_and_to_headings():
    file = read(EVERYTHING)
    links = [(link.text, link.address, link.fragment) for link in file.paragraphs[5].hyperlinks]

    assert links == [
        ("webb", "https://example.org/s%C3%B6k?a=1&b=2", ""),
        ("hopp", "", "_inledning"),
    ]
    assert file.paragraphs[3]._p.xpath("w:bookmarkStart/@w:name") == ["_inledning"]


def test_each_numbered_list_begins_at_one():
    file = read(EVERYTHING)
    numbers = [p._p.pPr.numPr.numId.val for p in file.paragraphs if p.text in {"första", "andra", "börjar om"}]

    assert numbers[0] == numbers[1] != numbers[2]
    starts = file.part.numbering_part.element.xpath(
        f"w:num[@w:numId='{numbers[2]}']/w:lvlOverride/w:startOverride/@w:val"
    )
    assert starts == ["1"] * 9


def test_table_repeats_its_header_keeps_rows_whole_and_is_named():
    table = read(EVERYTHING).tables[0]

    assert table.style.name == "Document Table"
    assert table._tbl.xpath("w:tblPr/w:tblCaption/@w:val") == ["Åtgärder"]
    assert [len(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows] == [1, 0, 0, 0, 0, 0]
    assert [len(row._tr.xpath("w:trPr/w:cantSplit")) for row in table.rows] == [1] * 6
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Nivå", "Vad", "Antal"],
        ["Första gruppen"] * 3,
        ["Röd 12", "Skriv om rutinen", "3"],
        ["Röd 12", "Prova den\ni norr\ni söder", "4"],
        ["Andra gruppen"] * 3,
        ["Grön 1", "Över två kolumner", "Över två kolumner"],
    ]
    assert table._tbl.xpath("w:tr[3]/w:tc/w:tcPr/w:shd/@w:fill") == ["F8C8C0"]


def test_figure_is_a_picture_with_a_text_alternative():
    file = read(EVERYTHING)

    assert file.element.body.xpath("//wp:docPr/@descr") == [
        "Matris för 2026. Fyra gånger fyra celler. Flest ligger i den gula mitten och två har flyttat nedåt."
    ]
    assert [part.content_type for part in file.part.package.image_parts] == ["image/png"]


def test_properties_language_and_page_numbers():
    file = read(EVERYTHING)
    properties = file.core_properties

    assert (properties.title, properties.author, properties.language) == ("Plan för året", "Socialnämnden", "sv")
    assert properties.created.replace(tzinfo=None) == datetime(2026, 1, 15)
    assert file.styles.element.xpath("//w:docDefaults//w:lang/@w:val") == ["sv-SE"]
    assert file.sections[0].footer._element.xpath("//w:fldSimple/@w:instr") == ["PAGE", "NUMPAGES"]
    assert read(replace(EVERYTHING, language="en")).styles.element.xpath("//w:docDefaults//w:lang/@w:val") == ["en-GB"]


def test_a_document_without_subtitle_has_no_empty_line_for_it():
    styles = [p.style.name for p in read(replace(EVERYTHING, subtitle="")).paragraphs]

    assert styles[:3] == ["Title", "Note", "Heading 1"]


def test_page_lies_down_when_asked_to():
    section = read(replace(EVERYTHING, landscape=True)).sections[0]

    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)


def test_our_template_takes_the_colour_of_the_document():
    file = read(replace(EVERYTHING, colour="#005030"))

    assert [str(file.styles[name].font.color.rgb) for name in ("Title", "Heading 4", "Hyperlink")] == ["005030"] * 3


def test_a_template_of_ones_own_gives_its_look_and_not_its_text():
    def change(file) -> None:
        file.add_paragraph("Text i mallen")
        file.styles["Title"].font.size = docx.shared.Pt(40)
        file.sections[0].header.paragraphs[0].text = "Kommunens sidhuvud"

    file = read(EVERYTHING, template=changed_template(change))

    assert file.styles["Title"].font.size.pt == 40
    assert file.sections[0].header.paragraphs[0].text == "Kommunens sidhuvud"
    assert [p.text for p in file.paragraphs if p.text == "Text i mallen"] == []


@pytest.mark.parametrize(
    ("template", "message"),
    [
        (b"hej", "Mallen är inte en Word-fil (.docx). Välj en fil som är sparad i Word."),
        (
            changed_template(lambda file: [file.styles[name].delete() for name in ("Lead", "Note")]),
            "Word-mallen saknar formatmallarna Lead, Note. Utgå från vår mall och ändra dess formatmallar.",
        ),
        (
            changed_template(lambda file: file.styles["List Bullet"].element.pPr._remove_numPr()),
            "Formatmallen List Bullet i Word-mallen saknar punkter eller nummer. Koppla den till en lista i Word.",
        ),
    ],
)
def test_a_template_that_does_not_do_is_refused_with_the_reason(template, message):
    with pytest.raises(TemplateError) as caught:
        render(EVERYTHING, template=template)

    assert str(caught.value) == message


def test_our_template_has_every_style():
    assert set(STYLES) <= {style.name for style in docx.Document(TEMPLATE).styles}


def test_what_was_typed_is_text_and_nothing_else():
    body = read(hostile()).element.body

    assert "".join(body.xpath("//w:t/text()")).count(EVIL) == TIMES_SEEN
    assert body.xpath("//wp:docPr/@descr") == [f"{EVIL}. {EVIL}"]


def test_the_same_document_gives_the_same_bytes():
    made = render(EVERYTHING)

    assert made == render(EVERYTHING)
    assert {part.date_time for part in ZipFile(BytesIO(made)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_organisations_own_template_is_used_when_there_is_one(tmp_path, settings):
    settings.WORD_TEMPLATE = tmp_path / "own.docx"
    assert read(EVERYTHING).styles["Heading 1"].font.name != "Garamond"

    settings.WORD_TEMPLATE.write_bytes(changed_template(lambda file: set_font(file, "Garamond")))

    assert read(EVERYTHING).styles["Heading 1"].font.name == "Garamond"


def set_font(file, name):
    file.styles["Heading 1"].font.name = name
