"""The text of a file that somebody sends in place of a text. A hostile one costs no more than its refusal."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Final

import docx
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from hjulet.base.documents.model import clean
from hjulet.collaboration.attachments.file_types import DOCX, PDF, recognise
from hjulet.collaboration.attachments.rules import obstacle_to_keeping

MOST_SIGNS: Final = 200_000
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


def text_of(upload: File) -> str:
    """Empty for a file without text: a scanned picture. Raises `ValidationError` on `upload` for what we do not take."""
    if obstacle := obstacle_to_keeping(upload):
        raise ValidationError({"upload": obstacle})
    kind = recognise(upload)
    readers = {DOCX: lines_of_word, PDF: lines_of_pdf}
    if kind not in readers:
        raise ValidationError({"upload": _("Dokumentet ska vara en Word-fil (.docx) eller en PDF.")})
    try:
        return within_limit(readers[kind](upload))
    except ValidationError:
        raise
    except BROKEN as error:
        raise ValidationError(
            {"upload": _("Filen är skadad och går inte att läsa. Spara den på nytt och försök igen.")}
        ) from error
    finally:
        upload.seek(0)


def within_limit(lines: Iterator[str]) -> str:
    """As much as is searched and compared; the file itself is kept whole."""
    kept, signs = [], 0
    for line in lines:
        text = clean(" ".join(line.split()))
        signs += len(text) + 1
        if signs > MOST_SIGNS:
            break
        kept.append(text)
    return "\n".join(kept).strip()


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
