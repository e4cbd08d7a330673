"""The lines of a Word file and of a PDF. Loaded with the first file: a process that shows pages does without 10 MB."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Final

import docx
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from pypdf import PdfReader
from pypdf.errors import PyPdfError

MOST_PAGES: Final = 500
MOST_UNPACKED: Final = 40 * 1024 * 1024
MAIN_PART: Final = "word/document.xml"
# What the two readers come to in a file that somebody has spoilt, or made to harm.
BROKEN: Final = (
    PyPdfError,
    OpcError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    SyntaxError,
    LookupError,
    ArithmeticError,
    ValueError,
    TypeError,
    AttributeError,
    RuntimeError,
    OSError,
)


def lines_of_word(upload: Any) -> Iterator[str]:
    """Paragraphs and the rows of tables, in the order of the page."""
    with zipfile.ZipFile(upload) as package:
        if package.getinfo(MAIN_PART).file_size > MOST_UNPACKED:
            raise ValidationError({"upload": _("Filens text är orimligt lång. Dela upp den i flera dokument.")})
    upload.seek(0)
    for part in docx.Document(upload).iter_inner_content():
        if isinstance(part, Paragraph):
            yield part.text
        elif isinstance(part, Table):
            yield from (" | ".join(dict.fromkeys(cell.text.strip() for cell in row.cells)) for row in part.rows)


def lines_of_pdf(upload: Any) -> Iterator[str]:
    upload.seek(0)
    reader = PdfReader(upload, strict=False)
    if reader.is_encrypted:
        raise ValidationError({"upload": _("Filen är låst med lösenord. Spara den utan lösenord och försök igen.")})
    if acts_by_itself(reader.trailer["/Root"].get_object()):
        raise ValidationError({"upload": _("Filen kan köra något när den öppnas. Spara den som vanlig PDF.")})
    if len(reader.pages) > MOST_PAGES:
        raise ValidationError({"upload": _("Filen har fler än %(most)s sidor.") % {"most": MOST_PAGES}})
    for page in reader.pages:
        yield from page.extract_text().splitlines()


def acts_by_itself(root: Any) -> bool:
    """To open at a certain page is no act."""
    opening = root["/OpenAction"].get_object() if "/OpenAction" in root else None
    names = root["/Names"].get_object() if "/Names" in root else {}
    return (
        "/AA" in root
        or "/JavaScript" in names
        or (isinstance(opening, dict) and opening.get("/S") in ("/JavaScript", "/Launch", "/URI", "/SubmitForm"))
    )
