from hjulet.organisation.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere


def may_read(person: Person) -> bool:
    """The areas are the same for everyone who has a place in the organisation."""
    return holds_anywhere(person, Permission.ORGANISATION_READ)


def may_change(person: Person) -> bool:
    return holds_anywhere(person, Permission.REGISTERS_MANAGE)
