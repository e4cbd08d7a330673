from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from hjulet.audit.models import Reading
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import assignments_of, units_within_reach


@dataclass(frozen=True)
class Retention:
    """How many years a reading is kept at least, and the first day whose readings still must be."""

    years: int
    day: date


def readings_visible_to(person: Person) -> QuerySet[Reading]:
    """Where every page about the log of readings starts: in units where the person reviews it."""
    reach = units_within_reach(person, Permission.READ_LOG_REVIEW).values("pk")
    return with_unit_name(Reading.objects.filter(unit_id__in=reach))


def readings_of(person: Person) -> QuerySet[Reading]:
    """What the person has read, for the person alone."""
    return with_unit_name(Reading.objects.filter(person_id=person.pk))


def with_unit_name(readings: QuerySet[Reading]) -> QuerySet[Reading]:
    name = Unit.objects.filter(pk=OuterRef("unit_id")).order_by().values("name")
    return readings.annotate(unit_name=Subquery(name))


def reviewed_units(person: Person) -> list[Unit]:
    """Where the person holds the role of a reviewer. No statement of its own."""
    held = assignments_of(person)
    return list({one.unit: None for one in held if one.definition.grants(Permission.READ_LOG_REVIEW)})


def kept_since() -> date:
    """Readings of this day and later are still to be kept."""
    today = timezone.localdate()
    return date(today.year - settings.READ_LOG_YEARS, today.month, min(today.day, 28))


def retention() -> Retention:
    return Retention(settings.READ_LOG_YEARS, kept_since())


def within(readings: QuerySet[Reading], first: date, last: date) -> QuerySet[Reading]:
    """Those from the first day to the last, both included."""
    start = timezone.make_aware(datetime.combine(first, datetime.min.time()))
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), datetime.min.time()))
    return readings.filter(at__gte=start, at__lt=end)
