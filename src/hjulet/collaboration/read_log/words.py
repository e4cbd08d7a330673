"""A reading in words, the same on screen, in Excel and in an extract."""

from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.audit.models import How, Reading
from hjulet.organisation.change_log.queries import name_of


def when(reading: Reading) -> str:
    return timezone.localtime(reading.at).strftime("%Y-%m-%d %H:%M:%S")


def what(reading: Reading) -> str:
    """The kind of row and its number: never what it says."""
    if reading.how in (How.LOG, How.EXTRACT):
        return str(_("Läsloggen"))
    name = name_of(reading.target_type)
    return f"{name[:1].upper()}{name[1:]} {reading.target_id}"
