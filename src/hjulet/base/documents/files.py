"""A document in every format, ready to be kept as it was decided."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from hjulet.base.documents.model import Document
from hjulet.base.documents.rendering import RENDERED
from hjulet.base.models import FrozenFile


def frozen_files(document: Document, workbook: bytes | None = None, *, name: str) -> Iterator[dict[str, Any]]:
    """Field values for one `FrozenFile` row per format; `name` is the file's, without ending.

    What is nothing but text has no workbook.
    """
    contents = {format: render(document) for format, render in RENDERED.items()}
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
