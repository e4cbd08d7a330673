from datetime import date

from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.clock.duties import Duty
from hjulet.organisation.models import Person
from hjulet.rulebook.copies.operations import compare_new_texts


def compare_texts(by: Person, day: date) -> int:
    return compare_new_texts(by=by, day=day)


DUTIES = (Duty("documents.copies", _("Jämförelse av styrande texter"), compare_texts),)
