"""Mail: says what kind of thing waits and in which unit. No titles, no names, nothing of what it is about."""

from collections import Counter
from smtplib import SMTPDataError, SMTPNotSupportedError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjulet.base.operations import Refused
from hjulet.collaboration.notices.models import Notice, Sending
from hjulet.collaboration.notices.operations import claim_mail, note_sending
from hjulet.collaboration.notices.queries import people_to_mail
from hjulet.organisation.models import Person

# The server answers and will not have this mail; everything else that goes wrong is the server's own trouble.
REFUSALS = (SMTPRecipientsRefused, SMTPDataError, SMTPNotSupportedError, ValueError)


def send_due_mail(by: Person) -> int:
    """One mail to each who has something waiting; returns how many. Without a mail server everything waits.

    Outside every transaction: a slow server holds no row. One that does not answer ends the round, and is said.
    """
    if not settings.MAIL_IS_SET:
        return 0
    sent = 0
    for person in people_to_mail(timezone.now()):
        if notices := claim_mail(person, by=by):
            outcome = outcome_of(mail_to(person, notices))
            note_sending(notices, by=by, outcome=outcome)
            if outcome == Sending.Outcome.UNREACHABLE:
                raise Refused(_("Mejlservern svarar inte. Mejlen väntar och skickas när den gör det."))
            sent += outcome == Sending.Outcome.SENT
    return sent


def outcome_of(mail: EmailMessage) -> Sending.Outcome:
    try:
        mail.send()
    except REFUSALS:
        return Sending.Outcome.REFUSED
    except OSError:
        return Sending.Outcome.UNREACHABLE
    return Sending.Outcome.SENT


def mail_to(person: Person, notices: list[Notice]) -> EmailMessage:
    """In Swedish: what language somebody reads is known only to the browser."""
    with translation.override("sv"):
        count = len(notices)
        subject = ngettext("Du har en ny notis", "Du har %(count)s nya notiser", count) % {"count": count}
        headers = {"Auto-Submitted": "auto-generated"}
        return EmailMessage(f"Kvalitetshjulet: {subject}", text_of(notices), to=[person.email], headers=headers)


def text_of(notices: list[Notice]) -> str:
    counted = Counter(f"{notice.definition.name}: {notice.unit}" for notice in notices)
    lines = [f"* {line}" if count == 1 else f"* {line} ({count})" for line, count in counted.items()]
    return "\n".join(
        [
            _("Hej!"),
            "",
            _("Det här är nytt i Kvalitetshjulet:"),
            "",
            *lines,
            "",
            _("Logga in och läs mer: %(address)s") % {"address": address("notices:list")},
            "",
            _("Du väljer själv vilka mejl du får: %(address)s") % {"address": address("notices:choose_mail")},
            _("Det går inte att svara på det här mejlet."),
            "",
        ]
    )


def address(name: str) -> str:
    return settings.ADDRESS.rstrip("/") + reverse(name)
