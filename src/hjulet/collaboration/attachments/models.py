import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.targets import OnTarget

FOLDER = "attachments"


def private_path(attachment: "Attachment | None" = None, name: str = "") -> str:
    """A name that says nothing and cannot be guessed; the real one stands in the row."""
    return f"{FOLDER}/{uuid.uuid4().hex}"


class Attachment(OnTarget):
    """A file on a row. `media_type` is what the content is, not what the name says."""

    file = models.FileField(_("fil"), upload_to=private_path, max_length=200)
    name = models.CharField(_("filnamn"), max_length=255)
    description = models.CharField(_("beskrivning"), max_length=300, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("storlek"))
    sha256 = models.CharField(max_length=64)

    class Meta(OnTarget.Meta):
        abstract = False
        ordering = ["at", "pk"]
        verbose_name = _("bilaga")

    def __str__(self):
        return self.name

    @property
    def is_there(self) -> bool:
        """Whether the disk has the file, as large as it was: a restored database may name others than it has."""
        try:
            return self.file.size == self.size
        except OSError:
            return False
