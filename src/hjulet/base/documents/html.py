"""A document as HTML: a part of one of our pages, or a file that stands alone."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import count
from pathlib import Path

from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from hjulet.base.documents.model import (
    Block,
    Bullets,
    Column,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Place,
    Row,
    Table,
    Text,
    cell_blocks,
    clean,
    items,
    placed,
    runs,
)
from hjulet.base.documents.pictures import without_links
from hjulet.base.documents.tones import readable
from hjulet.base.documents.words import FIGURE, TABLE, say

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")  # never broken at its hyphens
_HERE = Path(__file__).parent
_STYLES = (_HERE.parent / "static" / "base" / "documents.css", _HERE / "page.css")


def render_fragment(document: Document) -> SafeString:
    """The blocks as HTML for a page that has its own h1; headings begin at h2. No scripts, no inline styles."""
    return _Drawing(document, alone=False).body()


def render_page(document: Document) -> SafeString:
    """A whole HTML file with its styles inside; links to pages of ours become plain text."""
    return format_html(
        _PAGE,
        language=document.language,
        title=clean(document.title),
        style=style_of(readable(document.colour)),
        subtitle=format_html('<p class="doc-subtitle">{}</p>\n', clean(document.subtitle)) if document.subtitle else "",
        organisation=clean(document.organisation),
        date=document.date.isoformat(),
        body=_Drawing(document, alone=True).body(),
    )


def render_picture(figure: Figure) -> SafeString:
    """The picture of a figure alone, for a page that shows the table elsewhere. The model has vetted the SVG."""
    return mark_safe(figure.svg)  # noqa: S308 - `Figure` refuses scripts and styles


@lru_cache(maxsize=256)
def render_table(table: Table) -> SafeString:
    """A table of the document model inside one of our pages, without a number. The same table is drawn once."""
    return mark_safe(_Drawing(None, alone=False).table(table))  # noqa: S308 - each part is escaped


_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="date" content="{date}">
<title>{title}</title>
{style}
</head>
<body class="doc-page">
<main>
<header class="doc-title">
<h1>{title}</h1>
{subtitle}<p class="doc-origin">{organisation}, <time datetime="{date}">{date}</time></p>
</header>
{body}
</main>
</body>
</html>
"""


class _Drawing:
    """Holds what runs through the whole document: the counts of tables and figures. Without one, nothing is counted."""

    def __init__(self, document: Document | None, *, alone: bool) -> None:
        self.document = document
        self.alone = alone
        self.tables = count(1)
        self.figures = count(1)

    def body(self) -> SafeString:
        inside = "\n".join(self.block(block) for block in self.document.blocks)
        return mark_safe(f'<div class="doc">\n{inside}\n</div>')  # noqa: S308 - each part is escaped

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                anchor = f' id="{block.anchor}"' if block.anchor else ""
                return f"<h{block.level + 1}{anchor}>{self.text(block.text)}</h{block.level + 1}>"
            case Paragraph(style="normal"):
                return f"<p>{self.text(block.content)}</p>"
            case Paragraph():
                return f'<p class="doc-{block.style}">{self.text(block.content)}</p>'
            case Bullets():
                return self.bullets(block)
            case Table():
                return self.table(block)
            case Figure():
                return self.figure(block)
            case PageBreak():
                return '<div class="doc-page-break"></div>'

    def text(self, content) -> str:
        return "".join(self.run(run) for run in runs(content))

    def run(self, run: Text) -> str:
        html = _DAY.sub(r'<span class="doc-day">\g<0></span>', escape(run.text).replace("\n", "<br>"))
        for wanted, tag in ((run.code, "code"), (run.italic, "em"), (run.bold, "strong")):
            if wanted:
                html = f"<{tag}>{html}</{tag}>"
        if not run.href or (self.alone and run.href.startswith("/")):
            return html
        away = "" if run.href[0] in "/#" else ' rel="noopener noreferrer"'
        return f'<a href="{escape(run.href)}"{away}>{html}</a>'

    def bullets(self, bullets: Bullets) -> str:
        tag = "ol" if bullets.ordered else "ul"
        lines = (
            f"<li>{self.text(content)}{self.bullets(nested) if nested else ''}</li>"
            for content, nested in items(bullets)
        )
        return f"<{tag}>{''.join(lines)}</{tag}>"

    def table(self, table: Table) -> str:
        label = self.label(TABLE, self.tables)
        title = escape(clean(table.caption))
        caption = f"<caption>{label}{title}</caption>"
        head = "".join(self.row(table, line, scope="col") for line in placed(table.header, len(table.columns)))
        return (
            f'<div class="doc-scroll" tabindex="0" role="region" aria-label="{title}">'
            f'<table class="doc-table">{caption}<thead>{head}</thead>{self.bodies(table)}</table></div>'
        )

    def bodies(self, table: Table) -> str:
        """One tbody per section, so that the section's heading is the heading of that group of rows."""
        html = ["<tbody>"]
        for row, line in zip(table.rows, placed(table.rows, len(table.columns)), strict=True):
            if row.section and len(html) > 1:
                html.append("</tbody><tbody>")
            html.append(self.row(table, line, scope="rowgroup" if row.section else "row", row=row))
        return "".join([*html, "</tbody>"])

    def row(self, table: Table, line: list[Place], *, scope: str, row: Row | None = None) -> str:
        cells = "".join(self.cell(place, table.columns[place.column], scope) for place in line if not place.continued)
        return f'<tr class="doc-section">{cells}</tr>' if row and row.section else f"<tr>{cells}</tr>"

    def cell(self, place: Place, column: Column, scope: str) -> str:
        cell = place.cell
        is_header = cell.header or scope != "row"
        tag, attributes = ("th", f' scope="{scope}"') if is_header else ("td", "")
        for name, span in (("colspan", place.colspan), ("rowspan", cell.rowspan)):
            attributes += f' {name}="{span}"' if span > 1 else ""
        classes = [f"doc-tone doc-tone-{cell.tone}"] if cell.tone else []
        classes += ["doc-end"] if column.align == "end" and place.colspan == 1 else []
        attributes += f' class="{" ".join(classes)}"' if classes else ""
        return f"<{tag}{attributes}>{self.inside(cell)}</{tag}>"

    def inside(self, cell) -> str:
        match cell_blocks(cell):
            case (Paragraph(content, style="normal"),):
                return self.text(content)
            case blocks:
                return "".join(self.block(block) for block in blocks)

    def label(self, words: Promise, counter: Iterator[int]) -> str:
        if self.document is None:
            return ""
        said = say(words, self.document.language, number=next(counter))
        return f'<span class="doc-number">{escape(said)}</span> '

    def figure(self, figure: Figure) -> str:
        label = self.label(FIGURE, self.figures)
        table = self.table(figure.table) if figure.table else ""
        picture = without_links(figure.svg) if self.alone else figure.svg
        return (
            f'<figure class="doc-figure">{picture}'
            f"<figcaption>{label}{escape(clean(figure.title))}</figcaption>"
            f"</figure>{table}"
        )


@lru_cache
def style_of(colour: str = "#1d5489") -> SafeString:
    """The style of a file that stands alone; also of an index that lies beside such files."""
    css = "\n".join(path.read_text(encoding="utf-8") for path in _STYLES)
    return mark_safe(f"<style>\n{css}\n:root {{ --doc-colour: {colour}; }}\n</style>")  # noqa: S308 - our own files
