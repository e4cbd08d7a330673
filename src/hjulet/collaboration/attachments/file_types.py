"""What a file is by its content. The name and what the browser says are claims; only the bytes count."""

import re
import zipfile
from dataclasses import dataclass
from enum import Enum
from os import SEEK_END
from typing import IO, Any

import filetype

OFFICE = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."


@dataclass(frozen=True)
class FileType:
    media_type: str
    name: str
    suffixes: tuple[str, ...]


PDF = FileType("application/pdf", "PDF", (".pdf",))
PNG = FileType("image/png", "PNG", (".png",))
JPEG = FileType("image/jpeg", "JPEG", (".jpg", ".jpeg"))
DOCX = FileType(OFFICE + "wordprocessingml.document", "Word", (".docx",))
XLSX = FileType(OFFICE + "spreadsheetml.sheet", "Excel", (".xlsx",))
PPTX = FileType(OFFICE + "presentationml.presentation", "PowerPoint", (".pptx",))
ODT = FileType(ODF + "text", "ODT", (".odt",))
ODS = FileType(ODF + "spreadsheet", "ODS", (".ods",))
TEXT = FileType("text/plain", "text", (".txt", ".csv"))
ALLOWED = (PDF, DOCX, XLSX, PPTX, ODT, ODS, PNG, JPEG, TEXT)

BY_SIGNATURE = {kind.media_type: kind for kind in (PDF, PNG, JPEG)}
BY_MAIN_PART = {kind.media_type + ".main+xml": kind for kind in (DOCX, XLSX, PPTX)}
BY_MIMETYPE = {kind.media_type: kind for kind in (ODT, ODS)}

MACROS = re.compile(r"vbaproject\.bin$|^xl/macrosheets/|^basic/|^scripts/", re.IGNORECASE)
MARKUP = re.compile(r"\s*<[!?a-z]", re.IGNORECASE)
NOT_IN_TEXT = re.compile("[\x00-\x08\x0e-\x1f]")
MOST_PARTS = 10_000
MOST_UNPACKED = 500 * 1024 * 1024
HEAD = 1024 * 1024
ZIP_START, ZIP_END, ZIP_END_SIZE = b"PK\x03\x04", b"PK\x05\x06", 22


class Danger(Enum):
    """Of a kind we take, but not like this."""

    MACROS = "macros"
    BOMB = "bomb"


def recognise(file: Any) -> FileType | Danger | None:
    """What the file is; None for every kind that is not allowed. Leaves the file at its beginning."""
    try:
        return recognise_package(file) if zipfile.is_zipfile(file) else recognise_single(file)
    finally:
        file.seek(0)


def media_type_of(file: Any) -> str:
    """Empty for what is not allowed."""
    found = recognise(file)
    return found.media_type if isinstance(found, FileType) else ""


def recognise_single(file: IO[bytes]) -> FileType | None:
    file.seek(0)
    content = file.read()
    guess = filetype.guess(content[:8192])
    if guess is not None:
        return BY_SIGNATURE.get(guess.mime)
    return TEXT if is_text(content) else None


def recognise_package(file: IO[bytes]) -> FileType | Danger | None:
    """Office and ODF files are zip archives that say in one of their parts what they are."""
    if not is_nothing_else(file):
        return None
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                return Danger.BOMB
            said = head_of(package, "mimetype") or head_of(package, "[Content_Types].xml")
            if "macroenabled" in said.lower() or any(MACROS.search(part.filename) for part in parts):
                return Danger.MACROS
    except (zipfile.BadZipFile, RuntimeError, EOFError):  # broken, encrypted or oddly packed
        return None
    office = next((kind for part, kind in BY_MAIN_PART.items() if f'"{part}"' in said), None)
    return office or BY_MIMETYPE.get(said)


def is_nothing_else(file: IO[bytes]) -> bool:
    """A zip archive may have anything before it and after it, and so be a program or a PDF as well."""
    file.seek(0)
    first = file.read(len(ZIP_START))
    file.seek(-ZIP_END_SIZE, SEEK_END)
    return (first, file.read(len(ZIP_END))) == (ZIP_START, ZIP_END)


def head_of(package: zipfile.ZipFile, name: str) -> str:
    """The beginning of a part as text; empty when there is no such part."""
    if name not in package.namelist():
        return ""
    with package.open(name) as part:
        return part.read(HEAD).decode(errors="replace")


def is_text(content: bytes) -> bool:
    """Readable signs only, and no markup that a browser could be led to run."""
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not NOT_IN_TEXT.search(text) and not MARKUP.match(text)
    return False
