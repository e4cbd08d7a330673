"""What the new employee and the supervisor are told, and when."""

from datetime import date, timedelta

from django.db.models import Min, Q
from django.utils import timezone

from hjulet.collaboration.notices.kinds import reminder_date
from hjulet.collaboration.notices.operations import tell
from hjulet.collaboration.notices.tellings import Telling, in_parts
from hjulet.organisation.models import Person
from hjulet.rulebook.introductions.models import Introduction, Point
from hjulet.rulebook.introductions.remaining import awaits_employee, awaits_supervisor
from hjulet.rulebook.introductions.states import IntroductionState

DAY = timedelta(days=1)


def tell_both(introduction: Introduction, *, by: Person) -> None:
    today = timezone.localdate()
    tellings = [Telling(person, introduction, today) for person in (introduction.person, introduction.supervisor)]
    tell("introduction_begun", tellings, by=by)


def remind_of_late(by: Person, day: date) -> int:
    """Whoever of the two has something left to sign, from the day after the first of it should have been."""
    parts = ((awaits_employee(day), "person"), (awaits_supervisor(), "supervisor"))
    return sum(remind(who, left, by=by, day=day) for left, who in parts)


def remind(who: str, left: Q, *, by: Person, day: date) -> int:
    late = Point.objects.filter(left, due_date__lt=day, introduction__state=IntroductionState.ONGOING)
    first = dict(
        late.order_by().values("introduction").annotate(day=Min("due_date")).values_list("introduction", "day")
    )
    rows = Introduction.objects.filter(pk__in=first).select_related(who, "unit").order_by("pk")
    tellings = (
        Telling(getattr(row, who), row, reminder_date(first[row.pk] + DAY, day))
        for row in rows.iterator(chunk_size=200)
    )
    return sum(tell("introduction_late", part, by=by) for part in in_parts(tellings))
