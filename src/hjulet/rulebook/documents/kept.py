"""What is written once about a version: its steps, and its files as they were decided."""

from django.db import models

from hjulet.base.models import FrozenFile, Step
from hjulet.rulebook.documents.models import DocumentVersion


class VersionStep(Step):
    version = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="steps")


class DocumentFile(FrozenFile):
    """A version that was written here, as it was decided."""

    version = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="files")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "format"], name="document_file_once")]
