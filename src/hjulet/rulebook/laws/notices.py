"""What whoever is responsible for a row is told when a law that it points to no longer holds."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from hjulet.collaboration.notices.kinds import WEEK, reminder_date
from hjulet.collaboration.notices.operations import tell
from hjulet.collaboration.notices.tellings import in_parts, one_by_one, to_owners
from hjulet.organisation.models import Person
from hjulet.rulebook.laws.models import LawReview
from hjulet.rulebook.laws.states import ReviewState

DAY = timedelta(days=1)


def tell_of_what_is_asked(reviews: list[LawReview], *, by: Person) -> None:
    """All that one change of a law asks for, told together: there may be hundreds."""
    today = timezone.localdate()
    told("law_review_asked", reviews, by=by, day=today, about=lambda _: today)


def remind_of_due(by: Person, day: date) -> int:
    """A week before."""
    rows = one_by_one(owned().filter(due_date__range=(day, day + WEEK)), by="owner_person_id")
    return told("law_review_due", rows, by=by, day=day, about=lambda review: review.due_date)


def remind_of_overdue(by: Person, day: date) -> int:
    """The day after, and every week until it has been gone through."""
    rows = one_by_one(owned().overdue(day), by="owner_person_id")
    return told(
        "law_review_overdue", rows, by=by, day=day, about=lambda review: reminder_date(review.due_date + DAY, day)
    )


def told(kind: str, reviews: Iterable[LawReview], *, by: Person, day: date, about: Callable[[LawReview], date]) -> int:
    return sum(tell(kind, part, by=by) for part in in_parts(to_owners(reviews, day=day, about=about)))


def owned() -> QuerySet[LawReview]:
    owned = LawReview.objects.filter(Q(owner_person__isnull=False) | ~Q(owner_role=""), state=ReviewState.OPEN)
    return owned.select_related("unit", "owner_person")
