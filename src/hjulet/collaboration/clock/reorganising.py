"""The reorganisations whose day has come. It lies here because organisation does not know the clock."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hjulet.base.operations import Refused
from hjulet.collaboration.clock.duties import Duty
from hjulet.organisation.models import Person
from hjulet.organisation.reorganisations.operations import carry_out
from hjulet.organisation.reorganisations.queries import due_reorganisations


def carry_out_due(by: Person, day: date) -> int:
    """The earliest first. One that can no longer be done stops no other, and the clock says which."""
    count, refused = 0, []
    for reorganisation in due_reorganisations(day):
        try:
            carry_out(reorganisation, by=by)
            count += 1
        except (Refused, ValidationError) as refusal:
            if due_reorganisations(day).filter(pk=reorganisation.pk).exists():
                refused.append(f"{reorganisation}: {getattr(refusal, 'sentence', refusal)}")
    if refused:
        raise Refused(" ".join(refused))
    return count


# Before all else, so that what follows is laid out, reminded of and mailed as of the new day.
DUTIES = (Duty("reorganisations", _("Omorganisationer vars dag har kommit"), carry_out_due),)
