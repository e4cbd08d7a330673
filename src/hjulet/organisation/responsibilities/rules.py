from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.organisation.people.models import Person
from hjulet.organisation.responsibilities.models import AreaResponsibility, ResponsibilityArea
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere, holds_within
from hjulet.organisation.units.models import Unit


def may_read(person: Person) -> bool:
    return holds_anywhere(person, Permission.ORGANISATION_READ)


def may_edit(person: Person, unit: Unit) -> bool:
    """Those who keep the registers of the nämnd, wherever in it they hold the role."""
    return holds_within(person, (Permission.REGISTERS_MANAGE,), unit)


def may_edit_anywhere(person: Person) -> bool:
    return holds_anywhere(person, Permission.REGISTERS_MANAGE)


def obstacle_to_area(area: ResponsibilityArea, valid_from: date) -> str | None:
    if area.valid_to is not None and area.valid_to < valid_from:
        return _("Området %(area)s gäller inte längre.") % {"area": area.name}
    return None


def obstacle_to_changing(responsibility: AreaResponsibility) -> str | None:
    if responsibility.valid_to is not None:
        return _("Ansvaret är avslutat: sista dagen är %(day)s.") % {"day": responsibility.valid_to.isoformat()}
    return None


def obstacle_to_ending(responsibility: AreaResponsibility, valid_to: date) -> str | None:
    if valid_to < timezone.localdate() and valid_to < responsibility.valid_from:
        return _("Sista dagen kan inte vara före den första.")
    return obstacle_to_changing(responsibility)
