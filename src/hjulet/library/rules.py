from hjulet.organisation.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere


def may_read(person: Person) -> bool:
    return holds_anywhere(person, Permission.ORGANISATION_READ)


def may_install(person: Person) -> bool:
    """Whoever keeps the registers may also take in what the library has for them."""
    return holds_anywhere(person, Permission.REGISTERS_MANAGE)
