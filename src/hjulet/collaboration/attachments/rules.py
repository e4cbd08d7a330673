from datetime import timedelta
from pathlib import PurePath

from django.conf import settings
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from hjulet.collaboration.attachments.file_types import ALLOWED, Danger, FileType, recognise

UNCLAIMED_FOR = timedelta(days=30)


def obstacle_to_keeping(upload: File) -> str | None:
    """Why the file is not taken, and what would be. Judges by content; the name must agree with it."""
    if not upload.size:
        return _("Filen är tom.")
    if upload.size > settings.MAX_ATTACHMENT_BYTES:
        return _("Filen är %(size)s. Den får vara högst %(most)s.") % {
            "size": filesizeformat(upload.size),
            "most": filesizeformat(settings.MAX_ATTACHMENT_BYTES),
        }
    found = recognise(upload)
    if found is Danger.MACROS:
        return _("Filen innehåller makron. Spara den utan makron och bifoga den igen.")
    if found is Danger.BOMB:
        return _("Filen blir orimligt stor när den packas upp. Spara en mindre fil och bifoga den.")
    if not isinstance(found, FileType):
        return _("Det här slaget av fil tas inte emot. %(allowed)s") % {"allowed": allowed_types()}
    if PurePath(upload.name or "").suffix.lower() not in found.suffixes:
        return _("Filens innehåll är %(found)s. Då ska namnet sluta på %(suffixes)s.") % {
            "found": found.name,
            "suffixes": _(" eller ").join(found.suffixes),
        }
    return None


def allowed_types() -> str:
    suffixes = ", ".join(suffix for kind in ALLOWED for suffix in kind.suffixes)
    return _("Du kan bifoga %(suffixes)s.") % {"suffixes": suffixes}
