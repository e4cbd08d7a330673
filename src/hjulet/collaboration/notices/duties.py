from datetime import date

from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.clock.duties import Duty
from hjulet.collaboration.notices.mail import send_due_mail
from hjulet.organisation.models import Person


def send_mail(by: Person, day: date) -> int:
    return send_due_mail(by)


DUTIES = (Duty("mail", _("Skickade mejl"), send_mail, is_daily=False),)
