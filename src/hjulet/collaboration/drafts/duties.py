from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.clock.duties import Duty
from hjulet.collaboration.drafts.operations import forget_old_drafts
from hjulet.organisation.models import Person


def forget_drafts(by: Person, day: date) -> int:
    return forget_old_drafts(by=by, now=timezone.now())


DUTIES = (Duty("drafts", _("Glömda utkast"), forget_drafts),)
