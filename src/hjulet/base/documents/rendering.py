"""A document as bytes, by the ending of the file."""

from collections.abc import Callable

from hjulet.base.documents import html, pdf, word
from hjulet.base.documents.model import Document

RENDERED: dict[str, Callable[[Document], bytes]] = {
    "html": lambda document: str(html.render_page(document)).encode(),
    "docx": word.render,
    "pdf": pdf.render,
}
