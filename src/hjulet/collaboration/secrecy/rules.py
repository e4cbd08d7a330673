from django.utils.translation import gettext as _

from hjulet.organisation.models import Marking, Person
from hjulet.organisation.owners import Owned
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds
from hjulet.organisation.roles.roles import ROLES
from hjulet.organisation.secrecy.marked import Markable
from hjulet.organisation.units.models import Unit


def may_mark(person: Person, unit: Unit) -> bool:
    return holds(person, Permission.SECRETS_MARK, unit)


def may_open(person: Person, marking: Marking) -> bool:
    return holds(person, Permission.SECRETS_OPEN, marking.unit)


def obstacle_to_marking(target: Markable) -> str | None:
    if target.is_secret:
        return _("Den är redan sekretessmarkerad.")
    return obstacle_to_owner(target)


def obstacle_to_owner(target: Markable) -> str | None:
    """Nobody is responsible for what they cannot open."""
    if not isinstance(target, Owned):
        return None
    owner = target.owner_person
    may_read = (
        holds(owner, Permission.SECRETS_READ, target.unit)
        if owner
        else not target.owner_role or ROLES[target.owner_role].grants(Permission.SECRETS_READ)
    )
    if may_read:
        return None
    return _("%(owner)s är ansvarig men får inte läsa det som är sekretessmarkerat. Välj en annan ansvarig.") % {
        "owner": target.owner
    }


def obstacle_to_lifting(marking: Marking) -> str | None:
    return _("Markeringen är redan hävd.") if marking.lifted_at else None


def obstacle_to_opening(person: Person, marking: Marking) -> str | None:
    if marking.lifted_at:
        return _("Markeringen är hävd. Du kan läsa utan att ange skäl.")
    if holds(person, Permission.SECRETS_READ, marking.unit):
        return _("Det hör till ditt uppdrag. Du kan läsa utan att ange skäl.")
    return None
