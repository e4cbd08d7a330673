from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.organisation.deputies.models import Deputyship
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.models import RoleAssignment
from hjulet.organisation.units.rules import may_give_role


def may_give(person: Person, assignment: RoleAssignment) -> bool:
    """The holder, of the own role only, and whoever may give the role itself: nobody hands on what was lent."""
    return person.pk == assignment.person_id or may_give_role(person, assignment.definition, assignment.unit)


def may_end(person: Person, deputyship: Deputyship) -> bool:
    """Also whoever stands in may leave it."""
    return person.pk == deputyship.person_id or may_give(person, deputyship.assignment)


def obstacle_to_deputising(assignment: RoleAssignment) -> str | None:
    """Why nobody can stand in for the holder of this role."""
    if assignment.definition.stands_alone:
        return _("Ingen kan vara ersättare för en %(role)s. Ge rollen till någon annan med ett slutdatum.") % {
            "role": str(assignment.definition.name).lower()
        }
    if assignment.valid_to is not None and assignment.valid_to < timezone.localdate():
        return _("Rollen är avslutad: sista dagen var %(day)s.") % {"day": assignment.valid_to.isoformat()}
    return None


def obstacle_to_period(assignment: RoleAssignment, valid_from: date, valid_to: date) -> str | None:
    """It lies within the time that the role is held, and does not begin before today: nothing is given afterwards."""
    if valid_from < timezone.localdate():
        return _("Välj en dag från och med i dag.")
    if valid_from < assignment.valid_from or (assignment.valid_to is not None and valid_to > assignment.valid_to):
        return _("Rollen gäller %(first)s–%(last)s. Välj dagar inom den tiden.") % {
            "first": assignment.valid_from.isoformat(),
            "last": assignment.valid_to.isoformat() if assignment.valid_to else "",
        }
    return None


def obstacle_to_person(assignment: RoleAssignment, person: Person, valid_from: date, valid_to: date) -> str | None:
    if person.pk == assignment.person_id:
        return _("Ingen är ersättare för sig själv.")
    if not person.is_active:
        return _("%(name)s kan inte logga in. Välj någon annan.") % {"name": person.name}
    at_once = assignment.deputyships.not_over(valid_from).filter(person=person, valid_from__lte=valid_to)
    if at_once.exists():
        return _("%(name)s är redan ersättare under den tiden.") % {"name": person.name}
    return None


def obstacle_to_ending(deputyship: Deputyship) -> str | None:
    return _("Ersättarskapet är redan slut.") if deputyship.is_over else None
