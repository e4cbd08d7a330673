from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from hjulet.organisation.models import Person
from hjulet.reporting.outside_links.models import OutsideAddress, OutsidePlace
from hjulet.reporting.outside_links.sources import SOURCES

CHECKED_AGAIN = timedelta(days=7)
TRIED_AGAIN = timedelta(days=1)


def places_visible_to(person: Person) -> QuerySet[OutsidePlace]:
    """Where every page about them starts: those in rows that the person may see."""
    seen = Q(pk__in=())
    for source in SOURCES:
        row = source.visible_to(person).filter(pk=OuterRef("target_id")).order_by()
        meta = source.model._meta
        seen |= Q(target_type__app_label=meta.app_label, target_type__model=meta.model_name) & Q(Exists(row))
    return OutsidePlace.objects.filter(seen).select_related("address", "unit").prefetch_related("target")


def addresses_to_check(now: datetime) -> QuerySet[OutsideAddress]:
    """Never asked, asked a week ago, or silent yesterday; the longest waiting first."""
    due = Q(checked_at=None) | Q(checked_at__lte=now - CHECKED_AGAIN)
    silent = Q(failures__gt=0, checked_at__lte=now - TRIED_AGAIN)
    return OutsideAddress.objects.filter(due | silent).order_by("checked_at", "pk")
