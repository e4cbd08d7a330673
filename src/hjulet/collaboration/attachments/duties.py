from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.attachments.operations import sweep_files
from hjulet.collaboration.clock.duties import Duty
from hjulet.organisation.models import Person


def sweep(by: Person, day: date) -> int:
    return sweep_files(by=by, now=timezone.now())


DUTIES = (Duty("files", _("Filer utan rad"), sweep),)
