from django.utils import timezone

from hjulet.collaboration.notices.operations import tell
from hjulet.collaboration.notices.tellings import Telling
from hjulet.collaboration.secrecy.queries import responsible_for, row_of
from hjulet.organisation.models import Opening


def tell_responsible(opening: Opening) -> int:
    """That somebody whose daily work it is not has opened what is marked."""
    today, row = timezone.localdate(), row_of(opening.marking)
    people = responsible_for(opening.marking.unit, today)
    tellings = [Telling(person, row, today, part_id=opening.pk) for person in people]
    return tell("secret_opened", tellings, by=opening.person)
