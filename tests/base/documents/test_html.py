import re
from dataclasses import replace
from html import unescape

from lxml import html as parser

from hjulet.base.documents.html import render_fragment, render_page
from hjulet.base.documents.model import Paragraph
from tests.base.documents.examples import EVERYTHING, EVIL, TIMES_SEEN, hostile


def seen(tree) -> str:
    for unseen in tree.xpath("//svg | //style | //head"):
        unseen.drop_tree()
    return tree.text_content()


def test_fragment_has_headings_below_the_h1_of_its_page():
    tree = parser.fromstring(render_fragment(EVERYTHING))

    assert [(heading.tag, heading.text, heading.get("id")) for heading in tree.xpath("//h1 | //h2 | //h3")] == [
        ("h2", "Inledning", "inledning"),
        ("h3", "Listor", None),
        ("h2", "Bilden", None),
    ]


def test_fragment_marks_text_and_links():
    fragment = render_fragment(EVERYTHING)

    assert fragment.splitlines()[3] == (
        "<p>Text med <strong>fet</strong>, <em>kursiv</em>, <strong><em>båda</em></strong>, <code>kod</code>, "
        '<a href="https://example.org/sök?a=1&amp;b=2" rel="noopener noreferrer">webb</a>, '
        '<a href="/plan/2026/">sida</a> och <a href="#inledning">hopp</a>.<br>Ny rad.</p>'
    )
    assert [p.get("class") for p in parser.fromstring(fragment).xpath("./p")] == ["doc-lead", None, "doc-note"]


def test_a_day_is_not_broken_at_its_hyphens():
    words = Paragraph("Klart 2026-06-15 eller 12026-06-150.")
    document = replace(EVERYTHING, blocks=(words,))

    assert '<p>Klart <span class="doc-day">2026-06-15</span> eller 12026-06-150.</p>' in render_fragment(document)


def test_fragment_nests_lists():
    lists = re.findall(r"^<[ou]l>.*", render_fragment(EVERYTHING), re.MULTILINE)

    assert lists == [
        "<ul><li>ett</li><li>två<ol><li>första</li><li>andra</li></ol></li><li>tre</li></ul>",
        "<ol><li>börjar om</li></ol>",
    ]


def test_table_is_named_scrolled_by_keyboard_and_has_scopes():
    region = parser.fromstring(render_fragment(EVERYTHING)).xpath("//div[@role='region']")[0]

    assert dict(region.attrib) == {
        "class": "doc-scroll",
        "tabindex": "0",
        "role": "region",
        "aria-label": "Åtgärder",
    }
    assert region.xpath(".//caption")[0].text_content() == "Tabell 1. Åtgärder"
    assert [(th.text_content(), th.get("scope"), th.get("class")) for th in region.xpath(".//th")] == [
        ("Nivå", "col", None),
        ("Vad", "col", None),
        ("Antal", "col", "doc-end"),
        ("Första gruppen", "rowgroup", None),
        ("Röd 12", "row", "doc-tone doc-tone-red"),
        ("Andra gruppen", "rowgroup", None),
    ]
    assert [len(body.xpath("tr")) for body in region.xpath(".//tbody")] == [3, 2]
    assert [(cell.get("rowspan"), cell.get("colspan")) for cell in region.xpath(".//*[@rowspan or @colspan]")] == [
        (None, "3"),
        ("2", None),
        (None, "3"),
        (None, "2"),
    ]


def test_figure_has_its_table_beneath_it():
    figure = parser.fromstring(render_fragment(EVERYTHING)).xpath("//figure")[0]

    assert figure.xpath("figcaption")[0].text_content() == "Figur 1. Matris för 2026"
    assert figure.getnext().xpath(".//caption")[0].text_content() == "Tabell 2. Matris för 2026"
    assert figure.xpath(".//a/@href")[0] == "/lista/?cell=03"


def test_fragment_needs_no_exception_from_the_content_policy():
    assert re.findall(r"<script|<style|\sstyle=|\son[a-z]+=", render_fragment(hostile())) == []


def test_page_stands_alone():
    page = render_page(EVERYTHING)
    tree = parser.document_fromstring(page)

    assert page.startswith("<!doctype html>")
    assert tree.get("lang") == "sv"
    assert tree.xpath("//head/title/text()") == ["Plan för året"]
    assert tree.xpath("//h1/text()") == ["Plan för året"]
    assert tree.xpath("//header/p//text()") == ["Antagen av nämnden", "Socialnämnden, ", "2026-01-15"]
    assert "--doc-colour: #1f4e79;" in page
    assert tree.xpath("//a/@href") == ["https://example.org/sök?a=1&b=2", "#inledning"]
    assert tree.xpath("//link | //script | //img") == []


def test_what_was_typed_is_text_and_nothing_else():
    fragment = parser.fromstring(render_fragment(hostile()))
    page = parser.document_fromstring(render_page(hostile()))

    assert seen(fragment).count(EVIL) == TIMES_SEEN - 3
    assert seen(page).count(EVIL) == TIMES_SEEN
    assert unescape(fragment.xpath("//@aria-label")[0]) == EVIL


def test_the_same_document_gives_the_same_page():
    assert render_page(EVERYTHING) == render_page(EVERYTHING)
