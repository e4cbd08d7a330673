"""A version as a file to take along: Word or PDF, the decided ones as they were decided."""

from dataclasses import dataclass

from django.utils import translation

from hjulet.base.documents.rendering import RENDERED
from hjulet.rulebook.documents.drawing import document_of, file_name
from hjulet.rulebook.documents.kept import DocumentFile
from hjulet.rulebook.documents.models import DocumentVersion


@dataclass(frozen=True)
class File:
    """A file ready to be sent: its name and its bytes."""

    name: str
    content: bytes


def version_file(version: DocumentVersion, format: str) -> File | None:
    """The file as it was decided, byte for byte; of a draft, as it stands now. None where there is no such."""
    if version.upload_id is not None or format not in RENDERED:
        return None
    if version.is_decided:
        kept = DocumentFile.objects.get(version=version, format=format)
        return File(kept.name, bytes(kept.content))
    with translation.override("sv"):
        return File(f"{file_name(version)}.{format}", RENDERED[format](document_of(version)))
