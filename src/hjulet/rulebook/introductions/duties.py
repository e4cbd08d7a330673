from datetime import date

from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.clock.duties import Duty
from hjulet.organisation.models import Person
from hjulet.rulebook.introductions.notices import remind_of_late
from hjulet.rulebook.introductions.operations import begin_what_has_come


def begin_introductions(by: Person, day: date) -> int:
    return begin_what_has_come(by=by, day=day)


DUTIES = (
    Duty("introductions.begin", _("Introduktioner som börjar"), begin_introductions),
    Duty("introductions.late", _("Påminnelser om introduktioner där något är kvar"), remind_of_late),
)
