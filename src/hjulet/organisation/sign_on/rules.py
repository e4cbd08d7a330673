from django.utils.translation import gettext as _

from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.models import Origin, RoleAssignment
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere
from hjulet.organisation.roles.roles import ROLES
from hjulet.organisation.sign_on.configuration import chosen
from hjulet.organisation.sign_on.models import GroupRole
from hjulet.organisation.sign_on.told import Told
from hjulet.organisation.units.models import Unit
from hjulet.organisation.units.rules import may_give_role


def may_map(person: Person) -> bool:
    return holds_anywhere(person, Permission.ORGANISATION_MANAGE)


def may_map_to(person: Person, role: str, unit: Unit) -> bool:
    """Whoever lets a group give a role gives it to everyone in the group."""
    return may_give_role(person, ROLES[role], unit)


def may_change(person: Person, row: GroupRole) -> bool:
    return may_map_to(person, row.role, row.unit)


def obstacle_in_what_was_told(told: Told) -> str | None:
    """What the provider left out or did not ask of the person; nobody is let in on half a story."""
    wanted = chosen().strengths
    if wanted and told.strength.isdisjoint(wanted):
        return _("Kvalitetshjulet kräver inloggning i två steg. Logga in igen och använd det andra steget.")
    if told.lacks_groups:
        return _(
            "Du är med i så många grupper att inloggningstjänsten inte skickade dem. Säg det till systemförvaltaren."
        )
    return None


def obstacle_to_adding(told: Told, gives: list[GroupRole]) -> str | None:
    """Why a person whom nobody has added is not added now."""
    if not chosen().adds_people or not told.verified_email or not told.name or not gives:
        return _("Du finns inte i Kvalitetshjulet än. Be din systemförvaltare att lägga till dig.")
    return None


def out_of_line(gives: list[GroupRole], held: list[RoleAssignment]) -> tuple[list[GroupRole], list[RoleAssignment]]:
    """What is to begin, and what a login once gave and is to end. What was given by hand stands."""
    have = {(assignment.role, assignment.unit_id) for assignment in held}
    wanted = {(row.role, row.unit_id): row for row in gives}
    begins = [row for place, row in wanted.items() if place not in have]
    from_login = [assignment for assignment in held if assignment.origin == Origin.GROUP]
    return begins, [given for given in from_login if (given.role, given.unit_id) not in wanted]
