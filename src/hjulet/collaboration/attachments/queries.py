import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext as _

from hjulet.base.disks import reason_of
from hjulet.base.operations import Refused
from hjulet.collaboration.attachments.models import FOLDER, Attachment
from hjulet.collaboration.targets import target_visible_to
from hjulet.organisation.models import Person


def attachments_of(target: models.Model) -> models.QuerySet[Attachment]:
    """In the order they came, those withdrawn too."""
    return Attachment.objects.about(target).select_related("by")


def attachment_visible_to(person: Person, pk: int) -> Attachment | None:
    """None when it is withdrawn or the row it hangs on is hidden."""
    attachment = Attachment.objects.select_related("by", "target_type").filter(pk=pk, withdrawn_at=None).first()
    if attachment is None or target_visible_to(person, attachment.target_type, attachment.target_id) is None:
        return None
    return attachment


def content_of(attachment: Attachment) -> Any:
    """The open file. Raises `Refused` for one that is gone from the disk or is not as it was."""
    if not attachment.is_there:
        raise Refused(
            _(
                "Filen ”%(name)s” saknas på servern eller är skadad. "
                "Säg till systemförvaltaren, som kan hämta den ur en säkerhetskopia."
            )
            % {"name": attachment}
        )
    return attachment.file.open("rb")


# The disk beside the rows


def every_attachment() -> models.QuerySet[Attachment]:
    """Those withdrawn too: their files are kept."""
    return Attachment.objects.order_by("pk")


def faults_of_files(attachments: Iterable[Attachment]) -> Iterator[tuple[Attachment, str]]:
    """Each whose file is not byte for byte what was attached, and what is wrong with it."""
    for attachment in attachments:
        try:
            with attachment.file.open("rb") as file:
                is_same = hashlib.file_digest(file, "sha256").hexdigest() == attachment.sha256
        except OSError as error:
            yield attachment, reason_of(error)
        else:
            if not is_same:
                yield attachment, _("innehållet är inte det som bifogades")


def unclaimed_files() -> list[tuple[str, datetime]]:
    """Files that no row names, and when each was written."""
    claimed = set(Attachment.objects.values_list("file", flat=True))
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    unclaimed = [f"{FOLDER}/{name}" for name in sorted(names) if f"{FOLDER}/{name}" not in claimed]
    return [(name, default_storage.get_modified_time(name).astimezone(UTC)) for name in unclaimed]
