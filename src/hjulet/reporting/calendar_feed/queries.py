"""What a person's calendar holds: days and where, never what anyone has typed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.actions.queries import actions_awaiting
from hjulet.actions.states import ActionState
from hjulet.monitoring.indicators.queries import measurements_visible_to
from hjulet.monitoring.indicators.states import MeasurementState
from hjulet.monitoring.recurring_duties.queries import duty_occurrences_visible_to
from hjulet.monitoring.recurring_duties.states import DutyState
from hjulet.monitoring.self_monitoring.queries import occurrences_visible_to
from hjulet.monitoring.self_monitoring.states import OccurrenceState
from hjulet.organisation.models import Person
from hjulet.reporting.calendar_feed import rules
from hjulet.reporting.calendar_feed.models import CalendarFeed
from hjulet.reporting.year_wheel.agreement_days import What, days_of
from hjulet.reporting.year_wheel.standings import Standing
from hjulet.rulebook.agreements.queries import agreements_with_a_day_between

BACK, AHEAD = timedelta(days=92), timedelta(days=400)
MOST_OF_A_KIND = 500


@dataclass(frozen=True)
class Happening:
    """A day in the calendar. `key` is the same for ever; `sequence` grows when the row is changed."""

    key: str
    day: date
    summary: str
    category: str
    path: str
    sequence: int
    changed_at: datetime


@dataclass(frozen=True)
class FeedPage:
    """`feed` is None for whoever has no address now."""

    feed: CalendarFeed | None
    may_have: bool


def feed_page(person: Person) -> FeedPage:
    return FeedPage(feed_of(person), rules.may_have(person))


def feed_of(person: Person) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(person=person).exclude(token_hash="").first()


def feed_at(token: str) -> CalendarFeed | None:
    """The feed at a secret address; None when nobody has it, or whoever has may no longer see anything."""
    feed = CalendarFeed.objects.select_related("person").filter(token_hash=rules.digest_of(token)).first()
    return feed if feed and rules.may_have(feed.person) else None


def happenings(feed: CalendarFeed, *, day: date | None = None) -> list[Happening]:
    """What waits and may be seen now; what is done is no longer there, and leaves the calendar that subscribes."""
    today = day or timezone.localdate()
    kinds = (duty_days, control_days, measurement_days, action_days, agreement_days)
    found = [happening for kind in kinds for happening in kind(feed, today - BACK, today + AHEAD)]
    return sorted(found, key=lambda happening: (happening.day, happening.key))


def duty_days(feed: CalendarFeed, first: date, last: date) -> Iterator[Happening]:
    """Under the words of its template; a title that somebody typed stays at home."""
    rows = duty_occurrences_visible_to(feed.person).select_related("duty__template")
    rows = rows.owned_by(feed.person) if feed.only_mine else rows
    rows = changed(rows.filter(state=DutyState.PLANNED), "duty__created_at")
    for row in rows.filter(due_date__range=(first, last)).order_by("due_date", "pk")[:MOST_OF_A_KIND]:
        duty = row.duty
        what = duty.template.name if duty.template else str(duty.get_kind_display())
        yield Happening(
            key=f"duty-{row.pk}",
            day=row.due_date,
            summary=f"{what}, {duty.unit.name}",
            category=_("Årsuppgift"),
            path=row.get_absolute_url(),
            sequence=row.revision + duty.revision - 2,
            changed_at=row.changed_at,
        )


def control_days(feed: CalendarFeed, first: date, last: date) -> Iterator[Happening]:
    """One's own only: all controls of a nämnd would fill anyone's calendar."""
    rows = occurrences_visible_to(feed.person).owned_by(feed.person).filter(state=OccurrenceState.PLANNED)
    rows = changed(rows, "control__created_at").filter(due_date__range=(first, last)).order_by("due_date", "pk")
    for row in rows[:MOST_OF_A_KIND]:
        yield Happening(
            key=f"control-{row.pk}",
            day=row.due_date,
            summary=_("Egenkontroll att göra, %(unit)s") % {"unit": row.unit.name},
            category=_("Egenkontroll"),
            path=row.get_absolute_url(),
            sequence=row.revision + row.control.revision - 2,
            changed_at=row.changed_at,
        )


def measurement_days(feed: CalendarFeed, first: date, last: date) -> Iterator[Happening]:
    """One's own only, as of controls, and without what is measured."""
    rows = measurements_visible_to(feed.person).owned_by(feed.person).filter(state=MeasurementState.PLANNED)
    rows = changed(rows, "indicator__created_at").filter(due_date__range=(first, last)).order_by("due_date", "pk")
    for row in rows[:MOST_OF_A_KIND]:
        yield Happening(
            key=f"measurement-{row.pk}",
            day=row.due_date,
            summary=_("Nyckeltal att mäta, %(unit)s") % {"unit": row.unit.name},
            category=_("Nyckeltal"),
            path=row.get_absolute_url(),
            sequence=row.revision + row.indicator.revision - 2,
            changed_at=row.changed_at,
        )


def action_days(feed: CalendarFeed, first: date, last: date) -> Iterator[Happening]:
    """One's own only: until it is carried out its last day, and then the day when its effect is to be judged."""
    rows = changed(actions_awaiting(feed.person), "created_at")
    for row in rows[:MOST_OF_A_KIND]:
        is_done = row.state == ActionState.DONE
        day = row.effect_due_date if is_done else row.due_date
        words = _("Effekt att bedöma, %(unit)s") if is_done else _("Åtgärd att slutföra, %(unit)s")
        if day and first <= day <= last:
            yield Happening(
                key=f"action-{row.pk}",
                day=day,
                summary=words % {"unit": row.unit.name},
                category=_("Åtgärd"),
                path=row.get_absolute_url(),
                sequence=row.revision - 1,
                changed_at=row.changed_at,
            )


def agreement_days(feed: CalendarFeed, first: date, last: date) -> Iterator[Happening]:
    """What is still to be done or to come of the agreements that may be read, without what they are called."""
    rows = agreements_with_a_day_between(feed.person, first, last)
    rows = rows.owned_by(feed.person) if feed.only_mine else rows
    words = {
        What.FOLLOW_UP: _("Avtal att följa upp, %(unit)s"),
        What.NOTICE: _("Avtal att säga upp eller förlänga, %(unit)s"),
        What.END: _("Avtal som går ut, %(unit)s"),
    }
    for row in changed(rows, "created_at")[:MOST_OF_A_KIND]:
        for found in days_of(row, first + BACK):
            is_over = found.standing in (Standing.DONE, Standing.SET_ASIDE)
            if first <= found.day <= last and not is_over:
                yield Happening(
                    key=f"agreement-{row.pk}-{found.what.value}",
                    day=found.day,
                    summary=words[found.what] % {"unit": row.unit.name},
                    category=_("Avtal"),
                    path=row.get_absolute_url(),
                    sequence=row.revision - 1,
                    changed_at=row.changed_at,
                )


def changed(rows: QuerySet, created: str) -> Any:
    """With `changed_at`: the latest step, or when it was made."""
    return rows.annotate(changed_at=Coalesce(Max("steps__at"), created))
