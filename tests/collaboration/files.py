"""Small files of every kind, honest and otherwise."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

CONTENT_TYPES = '<Types><Override PartName="/main.xml" ContentType="application/vnd.{main}+xml"/></Types>'
WORD = "openxmlformats-officedocument.wordprocessingml.document.main"
EXCEL = "openxmlformats-officedocument.spreadsheetml.sheet.main"
POWERPOINT = "openxmlformats-officedocument.presentationml.presentation.main"


def package(*parts):
    """A zip archive: (name, content) pairs."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return file.getvalue()


def office(main, *parts):
    return package(("[Content_Types].xml", CONTENT_TYPES.format(main=main)), *parts)


def open_document(kind, *parts):
    return package(("mimetype", f"application/vnd.oasis.opendocument.{kind}"), *parts)


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(40)
EXE = b"MZ\x90\x00" + bytes(200)
DOCX = office(WORD)
XLSX = office(EXCEL)


def upload(name, content):
    return SimpleUploadedFile(name, content)
