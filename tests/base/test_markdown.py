import pytest
from django.utils.safestring import SafeString

from hjulet.base.documents.model import Bullets, Heading, Item, Paragraph, Text, plain
from hjulet.base.markdown import to_blocks, to_html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("# Ett\n## Två", "<h2>Ett</h2>\n<h3>Två</h3>\n"),
        ("###### Sex", "<h6>Sex</h6>\n"),
        (
            "**fet** *kursiv* `kod` ~~struken~~",
            "<p><strong>fet</strong> <em>kursiv</em> <code>kod</code> <s>struken</s></p>\n",
        ),
        ("en\ntvå", "<p>en<br>\ntvå</p>\n"),
        ("[a](https://x.se)", '<p><a href="https://x.se" rel="noopener noreferrer">a</a></p>\n'),
        ("<mailto:a@x.se>", '<p><a href="mailto:a@x.se" rel="noopener noreferrer">mailto:a@x.se</a></p>\n'),
        ("[a](ftp://x.se)", '<p><a rel="noopener noreferrer">a</a></p>\n'),
        ("[a](/sida/)", '<p><a rel="noopener noreferrer">a</a></p>\n'),
        ("[a](javascript:x())", "<p>[a](javascript:x())</p>\n"),
        ("![bild <b>](https://x.se/b.png)", "<p>bild &lt;b&gt;</p>\n"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
        ('<p onclick="x">', '<p>&lt;p onclick="x"&gt;</p>\n'),
        ("a\x00b", "<p>ab</p>\n"),
    ],
)
def test_to_html_is_clean(markdown, html):
    assert to_html(markdown) == html
    assert isinstance(to_html(markdown), SafeString)


def test_to_html_puts_headings_where_the_page_wants_them():
    assert to_html("# Ett\n### Tre", top=4) == "<h4>Ett</h4>\n<h6>Tre</h6>\n"


def test_to_blocks_keeps_emphasis_and_links_of_running_text():
    markdown = "Vanlig **fet *båda*** `kod` [länk **fet**](https://x.se) [ned](/sida/) ![bild](b.png) <b>\nrad"

    assert to_blocks(markdown) == (
        Paragraph(
            (
                Text("Vanlig "),
                Text("fet ", bold=True),
                Text("båda", bold=True, italic=True),
                Text(" "),
                Text("kod", code=True),
                Text(" "),
                Text("länk ", href="https://x.se"),
                Text("fet", bold=True, href="https://x.se"),
                Text(" "),
                Text("ned"),
                Text(" "),
                Text("bild"),
                Text(" <b>"),
                Text("\n"),
                Text("rad"),
            )
        ),
    )


def test_to_blocks_makes_headings_notes_and_code():
    assert to_blocks("# Ett\n\n##### Fem\n\n> citat\n>\n> mer\n\n```\nkod\n```\n\n---", top=2) == (
        Heading(2, (Text("Ett"),)),
        Heading(4, (Text("Fem"),)),
        Paragraph((Text("citat"),), "note"),
        Paragraph((Text("mer"),), "note"),
        Paragraph(Text("kod", code=True)),
    )


def test_to_blocks_nests_lists_and_joins_what_an_item_says():
    markdown = "- ett\n\n  mer\n  1. a\n  2. b\n  * c\n- två\n\n      kod\n- \n"

    assert to_blocks(markdown) == (
        Bullets(
            (
                Item(
                    (Text("ett"), Text("\n"), Text("mer")),
                    Bullets(((Text("a"),), (Text("b"),), (Text("c"),)), ordered=True),
                ),
                (Text("två"), Text("\n"), Text("kod", code=True)),
                (),
            )
        ),
    )


def test_to_blocks_makes_tables():
    (table,) = to_blocks("| a | b |\n|---|---|\n| 1 | **2** |", table_caption="Siffror")

    assert table.caption == "Siffror"
    assert [[plain(cell) for cell in row.cells] for row in (*table.header, *table.rows)] == [["a", "b"], ["1", "2"]]


def test_nothing_becomes_nothing():
    assert to_blocks("") == ()
    assert to_html("") == ""
