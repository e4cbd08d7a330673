"""What those who are to read are told, and when. Whoever comes to be concerned later is told then."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet

from hjulet.collaboration.models import Notice
from hjulet.collaboration.notices.kinds import WEEK, reminder_date
from hjulet.collaboration.notices.operations import tell
from hjulet.collaboration.notices.tellings import Telling, in_parts
from hjulet.organisation.models import Person
from hjulet.rulebook.receipts.concerned import has_read, holders, not_read_by_all
from hjulet.rulebook.receipts.models import ReadingRequest

DAY = timedelta(days=1)


def tell_of_what_is_asked(by: Person, day: date) -> int:
    rows = ReadingRequest.objects.open_on(day)
    return told("reading_asked", rows, by=by, day=day, about=lambda request: request.asked_date)


def remind_of_due(by: Person, day: date) -> int:
    rows = ReadingRequest.objects.open_on(day).filter(due_date__range=(day, day + WEEK))
    return told("reading_due", rows, by=by, day=day, about=lambda request: request.due_date)


def remind_of_overdue(by: Person, day: date) -> int:
    rows = ReadingRequest.objects.overdue(day)
    return told(
        "reading_overdue", rows, by=by, day=day, about=lambda request: reminder_date(request.due_date + DAY, day)
    )


def told(
    kind: str,
    rows: QuerySet[ReadingRequest],
    *,
    by: Person,
    day: date,
    about: Callable[[ReadingRequest], date],
) -> int:
    unread = rows.filter(not_read_by_all(day)).select_related("unit", "version").order_by("pk")
    tellings = to_those_concerned(unread.iterator(chunk_size=200), kind, day=day, about=about)
    return sum(tell(kind, part, by=by) for part in in_parts(tellings))


def to_those_concerned(
    requests: Iterator[ReadingRequest], kind: str, *, day: date, about: Callable[[ReadingRequest], date]
) -> Iterator[Telling]:
    """Everybody who has not read, and has not been told this: of thousands few are new from one day to the next.

    Told as one of a role: what was told about a row is seen by others, and who has not read is not for them to know.
    """
    target_type = ContentType.objects.get_for_model(ReadingRequest)
    for request in requests:
        about_day = about(request)
        before = Notice.objects.filter(
            kind=kind,
            target_type=target_type,
            target_id=request.pk,
            person=OuterRef("person"),
            due_date__gte=about_day,
        )
        held = holders(request, day).filter(~has_read(request.version_id), ~Exists(before.order_by()))
        for row in held.select_related("person").order_by("person", "pk"):
            yield Telling(row.person, request, about_day, role=row.role)
