from datetime import date

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hjulet.backup.taking import nightly_backup
from hjulet.collaboration.clock.duties import Duty
from hjulet.organisation.models import Person


def back_up(by: Person, day: date) -> int:
    """How many backups were taken: one a night at most, and none where the municipality does it in another way."""
    return int(settings.BACKUP_NIGHTLY and nightly_backup(day=day) is not None)


DUTIES = (Duty("backup", _("Nattens säkerhetskopia"), back_up),)
