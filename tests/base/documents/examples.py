"""A document with something of everything, and one where every text field tries to break out."""

from datetime import date

from hjulet.base.charts import heat_grid
from hjulet.base.documents.model import (
    Bullets,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Item,
    PageBreak,
    Paragraph,
    Row,
    Table,
    Text,
)
from tests.base.charts.examples import GRID

DAY = date(2026, 1, 15)
TABLE = Table(
    caption="Åtgärder",
    columns=(Column(1), Column(3), Column(1, "end")),
    header=(Row(("Nivå", "Vad", "Antal")),),
    rows=(
        Row(("Första gruppen",), section=True),
        Row((Cell("Röd 12", tone="red", rowspan=2, header=True), "Skriv om rutinen", "3")),
        Row((Cell((Paragraph("Prova den"), Bullets(("i norr", "i söder")))), "4")),
        Row(("Andra gruppen",), section=True),
        Row((Cell("Grön 1", tone="green"), Cell("Över två kolumner", colspan=2))),
    ),
)
EVERYTHING = Document(
    title="Plan för året",
    subtitle="Antagen av nämnden",
    organisation="Socialnämnden",
    date=DAY,
    blocks=(
        Heading(1, "Inledning", anchor="inledning"),
        Paragraph("Så här läser du planen.", "lead"),
        Paragraph(
            (
                "Text med ",
                Text("fet", bold=True),
                ", ",
                Text("kursiv", italic=True),
                ", ",
                Text("båda", bold=True, italic=True),
                ", ",
                Text("kod", code=True),
                ", ",
                Text("webb", href="https://example.org/sök?a=1&b=2"),
                ", ",
                Text("sida", href="/plan/2026/"),
                " och ",
                Text("hopp", href="#inledning"),
                ".\nNy rad.",
            )
        ),
        Heading(2, "Listor"),
        Bullets(("ett", Item("två", Bullets(("första", "andra"), ordered=True)), "tre")),
        Bullets(("börjar om",), ordered=True),
        Paragraph("Sagt i förbigående.", "note"),
        TABLE,
        PageBreak(),
        Heading(1, "Bilden"),
        heat_grid.figure(GRID),
    ),
)
EVIL = "<script>alert(1)</script> #let x = 1 *inte fet* _inte kursiv_ $x$ ]]> =1+1 {{ x }} {% x %} & \" ' @ref <a> \\ //x /*y*/"


def hostile(text: str = EVIL) -> Document:
    """A document that has the text in each of its text fields."""
    table = Table(text, (Column(),), (Row((text,)),), (Row((text,), section=True), Row((Cell(text, tone="red"),))))
    return Document(
        title=text,
        subtitle=text,
        organisation=text,
        date=DAY,
        blocks=(
            Heading(1, text),
            Paragraph(text),
            Paragraph((Text(text, code=True), Text(text, href="https://example.org/"))),
            Bullets((Item(text, Bullets((text,))),)),
            table,
            Figure(heat_grid.draw(GRID), text, text),
        ),
    )


#: How many times the text stands among what a reader sees: the title with two lines beneath, heading, paragraph,
#: two runs, two list items, caption, header, section, cell and the caption of the figure.
TIMES_SEEN = 14
