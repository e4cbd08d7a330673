"""What a row that can be marked as secret has in common with others, and who may read it then."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere, units_within_reach
from hjulet.organisation.secrecy.models import Opening
from hjulet.organisation.units.models import Unit


class MarkableQuerySet(models.QuerySet):
    """Rows that can be marked. Comes before the class whose `visible_to` it narrows."""

    def visible_to(self, person: Person):
        return super().visible_to(person).within_secrecy(person)

    def visible_in(self, person: Person, unit: Unit):
        return super().visible_in(person, unit).within_secrecy(person)

    def within_secrecy(self, person: Person):
        """Without the marked ones that the person may not read. Never a door of its own: the unit's rule comes first."""
        if person.is_machine:
            return self
        readable = Q(is_secret=False)
        if holds_anywhere(person, Permission.SECRETS_READ):
            readable |= self.in_units(units_within_reach(person, Permission.SECRETS_READ))
        if holds_anywhere(person, Permission.SECRETS_OPEN):
            opened = openings_of(person).filter(marking__target_type=self.model._meta.label_lower)
            readable |= Q(pk__in=opened.values("marking__target_id"))
        return self.filter(readable)

    def unmarked(self):
        """For what goes to the nämnd and to everyone: plans, follow-ups and their figures."""
        return self.filter(is_secret=False)

    def in_units(self, units: QuerySet) -> Q:
        return Q(unit__in=units)


class Markable(models.Model):
    """`is_secret` repeats that a marking is in force, so that every list can leave the row out by its own column."""

    is_secret = models.BooleanField(_("sekretessmarkerad"), default=False, editable=False)

    class Meta:
        abstract = True

    def twins(self) -> list[Any]:
        """Other rows that say the same: they are marked with this one, and lifted with it."""
        return []


def openings_of(person: Person) -> QuerySet[Opening]:
    """What the person has opened and may still read: until the next login, and never longer than a working day."""
    reach = units_within_reach(person, Permission.SECRETS_OPEN)
    return Opening.objects.filter(
        person=person, at__gte=openings_since(person), marking__lifted_at=None, marking__unit__in=reach
    ).order_by()


def openings_since(person: Person) -> datetime:
    """From when an opening still counts. A working day is counted in whole minutes, never one too many."""
    minute = timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=1)
    since = minute - timedelta(seconds=settings.SESSION_AT_MOST)
    return max(since, person.last_login) if person.last_login else since
