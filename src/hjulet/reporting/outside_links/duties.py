from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.operations import Refused
from hjulet.collaboration.clock.duties import Duty
from hjulet.organisation.models import Person
from hjulet.reporting.outside_links.asking import Answer, NotAsked, ask
from hjulet.reporting.outside_links.operations import note_addresses, note_answer
from hjulet.reporting.outside_links.queries import addresses_to_check

MOST_AT_A_TIME = 100


def check_links(by: Person, day: date) -> int:
    """Ask those that are due, outside every transaction; returns how many. When nobody at all answers, the net is out.

    An address within one's own net is taken to work: it is not asked.
    """
    note_addresses(by=by)
    if not settings.CHECK_LINKS:
        return 0
    asked = [(address, answer_of(address.url)) for address in addresses_to_check(timezone.now())[:MOST_AT_A_TIME]]
    if asked and all(answer.status is None and not answer.works for _address, answer in asked):
        raise Refused(_("Ingen av adresserna svarar. Servern når kanske inte ut på nätet."))
    for address, answer in asked:
        note_answer(address, answer, by=by)
    return len(asked)


def answer_of(url: str) -> Answer:
    try:
        return ask(url)
    except NotAsked:
        return Answer(works=True)


DUTIES = (Duty("links.outside", _("Kontroll av länkar till andra"), check_links),)
