"""A document in every format, ready to be kept as it was decided."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from hjulet.base.documents import html, pdf, word
from hjulet.base.documents.model import Document
from hjulet.base.models import FrozenFile


def frozen_files(document: Document, workbook: bytes | None = None, *, name: str) -> Iterator[dict[str, Any]]:
    """Field values for one `FrozenFile` row per format; `name` is the file's, without ending.

    What is nothing but text has no workbook.
    """
    contents = {
        FrozenFile.Format.HTML: str(html.render_page(document)).encode(),
        FrozenFile.Format.DOCX: word.render(document),
        FrozenFile.Format.PDF: pdf.render(document),
    }
    if workbook is not None:
        contents[FrozenFile.Format.XLSX] = workbook
    for format, content in contents.items():
        yield {
            "format": format,
            "name": f"{name}.{format}",
            "content": content,
            "sha256": hashlib.sha256(content).hexdigest(),
            "created_at": timezone.now(),
        }
