"""The Markdown that people write, as HTML for pages and as blocks for documents. HTML in it is plain text."""

import re
from collections.abc import Iterable
from typing import Final

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from hjulet.base.documents.model import (
    DEEPEST_HEADING,
    Block,
    Bullets,
    Cell,
    Column,
    Content,
    Heading,
    Item,
    Paragraph,
    Row,
    Table,
    Text,
    clean,
)

_SCHEMES: Final = {"http", "https", "mailto"}
_TAGS: Final = set(
    "p br strong em s code pre blockquote ul ol li h1 h2 h3 h4 h5 h6 hr a table thead tbody tr th td".split()
)
_ATTRIBUTES: Final = {"a": {"href"}, "ol": {"start"}}


def to_html(markdown: str, *, top: int = 2) -> SafeString:
    """Clean HTML; the highest heading of Markdown becomes h`top`, so that the page keeps its one h1.

    Links lead to http, https and mailto alone. Pictures are left out, their text kept.
    """
    parser = _parser()
    tokens = parser.parse(clean(markdown))
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + top - 1, 6)}"
    cleaned = nh3.clean(
        parser.renderer.render(tokens, parser.options, {}),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_only_safe_links,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )
    return mark_safe(cleaned)  # noqa: S308 - nh3 has cleaned it


def to_blocks(markdown: str, *, top: int = 1, table_caption: str = "") -> tuple[Block, ...]:
    """The same text for a document; the highest heading gets level `top`. Pictures are left out, their text kept."""
    tree = SyntaxTreeNode(_parser().parse(clean(markdown)))
    return tuple(block for node in tree.children for block in _blocks(node, top, table_caption))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    parser.add_render_rule("image", _text_of_picture)
    return parser


def _text_of_picture(_renderer, tokens, index, _options, _env) -> str:
    return escape(tokens[index].content)


def _only_safe_links(_tag: str, attribute: str, value: str) -> str | None:
    if attribute != "href" or re.match(r"(https?://|mailto:)", value, re.IGNORECASE):
        return value
    return None


def _blocks(node: SyntaxTreeNode, top: int, table_caption: str) -> Iterable[Block]:
    match node.type:
        case "heading":
            yield Heading(min(int(node.tag[1]) + top - 1, DEEPEST_HEADING), _inline(node))
        case "paragraph":
            yield Paragraph(_inline(node))
        case "bullet_list" | "ordered_list":
            yield _bullets(node)
        case "blockquote":
            for paragraph in node.walk():
                if paragraph.type == "paragraph":
                    yield Paragraph(_inline(paragraph), "note")
        case "fence" | "code_block":
            yield Paragraph(Text(node.content.rstrip("\n"), code=True))
        case "table":
            yield _table(node, table_caption)


def _bullets(node: SyntaxTreeNode) -> Bullets:
    return Bullets(tuple(_item(item) for item in node.children), ordered=node.type == "ordered_list")


def _item(node: SyntaxTreeNode) -> Content | Item:
    """A list item holds text and lists: paragraphs are joined by line breaks, several lists become one."""
    nested = [_bullets(child) for child in node.children if child.type.endswith("_list")]
    content: list[Text] = []
    for child in node.children:
        if not child.type.endswith("_list"):
            content += [Text("\n")] if content else []
            content += _inline(child) if child.children else (Text(child.content.rstrip("\n"), code=True),)
    if not nested:
        return tuple(content)
    joined = tuple(item for bullets in nested for item in bullets.items)
    return Item(tuple(content), Bullets(joined, ordered=nested[0].ordered))


def _table(node: SyntaxTreeNode, caption: str) -> Table:
    rows = [Row(tuple(Cell(_inline(cell)) for cell in row.children)) for part in node.children for row in part.children]
    columns = tuple(Column() for _ in rows[0].cells)
    return Table(caption, columns, (rows[0],), tuple(rows[1:]))


def _inline(node: SyntaxTreeNode) -> tuple[Text, ...]:
    """The runs below a node, each with the emphasis and link that it stands inside."""
    return tuple(run for run in _runs(node, {}) if run.text)


def _runs(node: SyntaxTreeNode, marks: dict) -> Iterable[Text]:
    match node.type:
        case "text":
            yield Text(node.content, **marks)
        case "code_inline":
            yield Text(node.content, **marks | {"code": True})
        case "softbreak" | "hardbreak":
            yield Text("\n", **marks)
        case "image":
            yield Text(node.content, **marks)
            return
        case "strong":
            marks = marks | {"bold": True}
        case "em":
            marks = marks | {"italic": True}
        case "link":
            marks = marks | {"href": _web_address(node)}
    for child in node.children:
        yield from _runs(child, marks)


def _web_address(node: SyntaxTreeNode) -> str:
    href = str(node.attrs.get("href", ""))
    return href if re.match(r"(https?://|mailto:)", href, re.IGNORECASE) else ""
