"""Who may, and what stands in the way. A `may_…` decides whether the button is there, an `obstacle_…` what it says."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds, holds_anywhere
from hjulet.planning.competence.models import Competence, CompetenceNeed


def may_map(person: Person, unit: Unit) -> bool:
    return holds(person, Permission.COMPETENCE_EDIT, unit)


def may_map_anywhere(person: Person) -> bool:
    return holds_anywhere(person, Permission.COMPETENCE_EDIT)


def may_change(person: Person, need: CompetenceNeed) -> bool:
    return may_map(person, need.unit)


def obstacle_to_changing(need: CompetenceNeed) -> str | None:
    if need.ended_date:
        return _("Behovet finns inte längre och ändras inte.")
    return None


def obstacle_to_another(unit: Unit, role_title: str, competence: Competence) -> str | None:
    standing = CompetenceNeed.objects.standing().filter(unit=unit, competence=competence)
    if standing.filter(role_title__iexact=role_title.strip()).exists():
        return _("Rollen och kompetensen finns redan i enhetens karta. Räkna på nytt där.")
    return None


def obstacle_to_day(day: date) -> str | None:
    if day > timezone.localdate():
        return _("Det går inte att räkna en dag som inte har varit.")
    return None
