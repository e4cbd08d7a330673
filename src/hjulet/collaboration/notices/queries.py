from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, Min, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from hjulet.base.naming import named
from hjulet.base.tables import ROWS_PER_PAGE
from hjulet.collaboration.notices.kinds import KINDS, WEEK, Kind, Mail
from hjulet.collaboration.notices.models import Notice, Preference, Sending
from hjulet.collaboration.notices.tellings import Telling
from hjulet.organisation.models import Person
from hjulet.organisation.people.queries import people_visible_to
from hjulet.organisation.roles.roles import ROLES

MOST_IN_A_PANEL = 200
SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Row:
    """A notice as its person sees it; `about` is None for what may no longer be opened."""

    notice: Notice
    about: Model | None


@dataclass(frozen=True)
class NoticesPage:
    page: Page
    rows: list[Row]
    unread: int


@dataclass(frozen=True)
class Reminder:
    """What was told about a row on one day, to a person or to those who held a role."""

    what: Any
    to: str
    people: int
    at: datetime
    mails: list["Mailed"]


@dataclass(frozen=True)
class Mailed:
    """What became of the mails of one minute."""

    at: datetime
    outcome: str
    count: int


def notices_of(person: Person) -> QuerySet[Notice]:
    """One's own only: nobody reads what another has been told but on the page of the row."""
    return Notice.objects.filter(person=person)


def unread_count(of: str = "pk") -> Coalesce:
    """How many notices the person of the outer query has not read, as an expression."""
    unread = Notice.objects.unread().filter(person=OuterRef(of)).order_by().values("person")
    return Coalesce(Subquery(unread.annotate(n=Count("*")).values("n"), output_field=IntegerField()), 0)


def notices_page(person: Person, number: str | int) -> NoticesPage:
    """A statement for the count, one for the page, and one for the rows behind it."""
    page = Paginator(notices_of(person).select_related("unit", "target_type", "in_place_of"), ROWS_PER_PAGE).get_page(
        number
    )
    notices = list(page.object_list)
    behind = rows_behind(person, notices)
    return NoticesPage(
        page=page,
        rows=[Row(notice, behind.get((notice.target_type, notice.target_id))) for notice in notices],
        unread=getattr(person, "unread_notices", 0),
    )


def rows_behind(person: Person, notices: Iterable[Notice]) -> dict[tuple[ContentType, int], Model]:
    """What the notices are about, as far as the person may see it now, by name."""
    about: dict[ContentType, set[int]] = {}
    for notice in notices:
        about.setdefault(notice.target_type, set()).add(notice.target_id)
    visible = [manager_of(kind.model_class()).visible_to(person).filter(pk__in=keys) for kind, keys in about.items()]
    return {(kind, row.pk): row for kind, rows in zip(about, named(visible), strict=True) for row in rows}


def manager_of(model: Any) -> Any:
    return model._default_manager


def untold(kind: Kind, tellings: list[Telling]) -> list[Telling]:
    """Those not told yet; all about rows of one model.

    What repeats is not told about a day before one that has been told: the machine's time may have been set back.
    """
    if not tellings:
        return []
    model, ids = type(tellings[0].target), {telling.target.pk for telling in tellings}
    told: dict[tuple, list] = {}
    before = Notice.objects.filter(kind=kind.key, target_type=ContentType.objects.get_for_model(model))
    for *who, day in before.filter(target_id__in=ids).values_list("person_id", "target_id", "part_id", "due_date"):
        told.setdefault(tuple(who), []).append(day)

    def is_told(telling: Telling) -> bool:
        days = told.get((telling.person.pk, telling.target.pk, telling.part_id), [])
        return any(day >= telling.due_date if kind.repeats else day == telling.due_date for day in days)

    return [telling for telling in tellings if not is_told(telling)]


def allowed(tellings: list[Telling]) -> list[Telling]:
    """Those whose person can log in and may see the row."""
    of_person: dict[Person, list[Telling]] = {}
    for telling in tellings:
        of_person.setdefault(telling.person, []).append(telling)
    return [
        telling
        for person, theirs in of_person.items()
        if person.is_active and not person.is_machine
        for seen in [visible_keys(person, theirs)]
        for telling in theirs
        if telling.target.pk in seen
    ]


def visible_keys(person: Person, tellings: list[Telling]) -> set[int]:
    rows = manager_of(type(tellings[0].target)).visible_to(person)
    return set(rows.filter(pk__in={telling.target.pk for telling in tellings}).values_list("pk", flat=True))


def mail_choices(kind: Kind, people: Iterable[Person]) -> dict[int, str]:
    """How each person who has chosen wants this kind by mail, by key."""
    return dict(Preference.objects.filter(kind=kind.key, person__in=people).values_list("person_id", "mail"))


def mail_choices_of(person: Person) -> dict[str, str]:
    """Each kind with what the person has chosen, or what holds for who has not."""
    chosen = dict(Preference.objects.filter(person=person).values_list("kind", "mail"))
    return {key: chosen.get(key, Mail.AT_ONCE.value) for key in KINDS}


def to_mail(now: datetime) -> QuerySet[Notice]:
    """What is due for mail. Nothing waits more than a week: what does was put off before the time was set back."""
    return Notice.objects.filter(Q(mail_due_at__lte=now) | Q(mail_due_at__gt=now + WEEK + timedelta(days=1)))


def people_to_mail(now: datetime) -> list[Person]:
    """Whoever has waited longest first."""
    waiting = to_mail(now).order_by().values("person").annotate(since=Min("mail_due_at")).order_by("since", "person")
    people = Person.objects.in_bulk([row["person"] for row in waiting])
    return [people[row["person"]] for row in waiting]


def people_whose_mail_is_refused(reader: Person, now: datetime) -> QuerySet[Person]:
    """Those that the reader sees whose latest mail of the last month was refused, with when, as `refused_at`: the address needs mending."""
    theirs = Sending.objects.filter(notice__person=OuterRef("pk")).order_by("-at", "-pk")
    refused = Sending.objects.filter(outcome=Sending.Outcome.REFUSED, at__gte=now - SHOWN_FOR)
    return (
        people_visible_to(reader)
        .filter(pk__in=refused.order_by().values("notice__person"))
        .annotate(outcome=Subquery(theirs.values("outcome")[:1]), refused_at=Subquery(theirs.values("at")[:1]))
        .filter(outcome=Sending.Outcome.REFUSED, is_active=True)
        .order_by("name", "pk")
    )


def reminders_about(target: Model) -> list[Reminder]:
    """What has been told about the row, latest first. Two statements; the caller has asked who may see the row."""
    notices = Notice.objects.about(target).select_related("person").prefetch_related("sendings")[:MOST_IN_A_PANEL]
    groups: dict[tuple, list[Notice]] = {}
    for notice in notices:
        told_to = notice.role or notice.person_id
        groups.setdefault((notice.kind, told_to, timezone.localdate(notice.created_at)), []).append(notice)
    return [reminder_of(group) for group in groups.values()]


def reminder_of(group: list[Notice]) -> Reminder:
    first = group[0]
    sendings = sorted((sending for notice in group for sending in notice.sendings.all()), key=attrgetter("at", "pk"))
    mails = Counter((sending.at.replace(second=0, microsecond=0), str(sending)) for sending in sendings)
    return Reminder(
        what=first.definition.short,
        to=str(ROLES[first.role].name) if first.role else first.person.name,
        people=len(group),
        at=first.created_at,
        mails=[Mailed(at, outcome, count) for (at, outcome), count in mails.items()],
    )
