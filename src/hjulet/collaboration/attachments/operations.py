import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import PurePath, PureWindowsPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.disks import reason_of
from hjulet.base.operations import operation, require
from hjulet.collaboration.attachments import rules
from hjulet.collaboration.attachments.file_types import media_type_of
from hjulet.collaboration.attachments.models import Attachment, private_path
from hjulet.collaboration.attachments.queries import unclaimed_files
from hjulet.collaboration.targets import kind_of, may_contribute, withdraw
from hjulet.organisation.models import Person


@operation
def attach(target: Any, *, by: Person, upload: File, description: str = "") -> Attachment:
    """Keep a file with a row. Raises `ValidationError` on `upload` for a file we do not take."""
    require(may_contribute(by, target))
    if obstacle := rules.obstacle_to_keeping(upload):
        raise ValidationError({"upload": obstacle})
    sha256 = digest(upload)
    if Attachment.objects.about(target).filter(sha256=sha256, withdrawn_at=None).exists():
        raise ValidationError({"upload": _("Filen är redan bifogad här.")})
    place = private_path()
    attachment = Attachment(
        target=target,
        file=place,
        name=plain_name(upload.name),
        description=description,
        media_type=media_type_of(upload),
        size=upload.size,
        sha256=sha256,
        by=by,
        at=timezone.now(),
    )
    attachment.full_clean()
    with on_disk(place, upload):
        attachment.save()
        said = {name: getattr(attachment, name) for name in ("name", "description", "media_type", "size", "sha256")}
        audit.record(
            "attachment.added",
            by=by,
            target=attachment,
            unit=target.unit,
            after={"about": kind_of(target), "about_id": target.pk, **said},
        )
    return attachment


@contextmanager
def on_disk(name: str, upload: File) -> Iterator[None]:
    """The file lies there whole while the block runs, and stays only if the block ends well."""
    try:
        try:
            default_storage.save(name, upload)
        except OSError as error:
            said = _("Filen kunde inte sparas: %(why)s. Säg till systemförvaltaren.") % {"why": reason_of(error)}
            raise ValidationError({"upload": said}) from error
        yield
    except BaseException:
        default_storage.delete(name)
        raise


@operation
def withdraw_attachment(attachment: Attachment, *, by: Person, reason: str) -> Attachment:
    """The file can no longer be fetched; that there was one, and why it is gone, is still shown."""
    withdraw(attachment, by=by, reason=reason)
    return attachment


@operation
def forget_files(names: Iterable[str], *, by: Person) -> None:
    """What this person's own attempt left on the disk without a row, since nothing of what it belonged to was saved."""
    require(by.is_active)
    for name in names:
        default_storage.delete(name)


@operation
def sweep_files(*, by: Person, now: datetime) -> int:
    """Take away the files whose row never came; returns how many.

    A machine that stops between file and row leaves one. So does whoever restores a database older than its files,
    and then finds out: hence the long wait.
    """
    require(by.is_machine)
    names = [name for name, changed_at in unclaimed_files() if now - changed_at > rules.UNCLAIMED_FOR]
    for name in names:
        default_storage.delete(name)
    return len(names)


def digest(upload: File) -> str:
    sha256 = hashlib.sha256()
    for chunk in upload.chunks():
        sha256.update(chunk)
    upload.seek(0)
    return sha256.hexdigest()


def plain_name(name: str | None) -> str:
    """The file's own name without folders, and without signs that show it as something else (right-to-left marks)."""
    own = PureWindowsPath(name or "").name
    shown = "".join(sign for sign in own if not unicodedata.category(sign).startswith("C"))
    suffix = PurePath(shown).suffix
    return PurePath(shown).stem[: 200 - len(suffix)].strip() + suffix
