"""What whoever is responsible for an agreement is told, and when."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from hjulet.collaboration.notices.kinds import reminder_date
from hjulet.collaboration.notices.operations import tell
from hjulet.collaboration.notices.tellings import in_parts, one_by_one, to_owners
from hjulet.organisation.models import Person
from hjulet.rulebook.agreements.models import BEFORE_A_FOLLOW_UP, BEFORE_THE_NOTICE, Agreement

DAY = timedelta(days=1)


def tell_owner(agreement: Agreement, *, by: Person) -> None:
    """That the agreement is theirs now."""
    today = timezone.localdate()
    for part in in_parts(to_owners([agreement], day=today, about=lambda _: today)):
        tell("agreement_given", part, by=by)


def remind_of_follow_up(by: Person, day: date) -> int:
    """A month before, and every week until it has been done."""
    rows = owned().in_force().filter(next_follow_up_date__lte=day + BEFORE_A_FOLLOW_UP)
    return told("agreement_follow_up_due", rows, by=by, day=day, since=a_month_before)


def a_month_before(agreement: Agreement) -> date:
    assert agreement.next_follow_up_date is not None  # noqa: S101 - the rows are chosen by it
    return agreement.next_follow_up_date - BEFORE_A_FOLLOW_UP


def remind_of_renewal(by: Person, day: date) -> int:
    """Three months before the last day to say it up or renew it: once, for then there is still time."""
    rows = owned().in_force().filter(notice_date__range=(day, day + BEFORE_THE_NOTICE))
    tellings = to_owners(one_by_one(rows, by="owner_person_id"), day=day, about=lambda agreement: agreement.notice_date)
    return sum(tell("agreement_renewal_due", part, by=by) for part in in_parts(tellings))


def remind_of_end(by: Person, day: date) -> int:
    """The day after its last day, and every week while it is still said to be in force."""
    rows = owned().past_end(day)
    return told("agreement_past_end", rows, by=by, day=day, since=lambda agreement: agreement.valid_to + DAY)


def told(kind: str, rows: QuerySet[Agreement], *, by: Person, day: date, since: Callable[[Agreement], date]) -> int:
    tellings = to_owners(
        one_by_one(rows, by="owner_person_id"), day=day, about=lambda agreement: reminder_date(since(agreement), day)
    )
    return sum(tell(kind, part, by=by) for part in in_parts(tellings))


def owned() -> QuerySet[Agreement]:
    owned = Agreement.objects.filter(Q(owner_person__isnull=False) | ~Q(owner_role=""))
    return owned.select_related("unit", "owner_person")
