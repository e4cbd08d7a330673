"""A document as bytes, by the ending of the file.

What makes Word and PDF is loaded with the first such file: a process that shows pages does without their 15 MB.
"""

from collections.abc import Callable

from hjulet.base.documents import html
from hjulet.base.documents.model import Document


def page(document: Document) -> bytes:
    return str(html.render_page(document)).encode()


def word(document: Document) -> bytes:
    from hjulet.base.documents.word import render

    return render(document)


def pdf(document: Document) -> bytes:
    from hjulet.base.documents.pdf import render

    return render(document)


RENDERED: dict[str, Callable[[Document], bytes]] = {"html": page, "docx": word, "pdf": pdf}
