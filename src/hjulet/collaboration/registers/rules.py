from hjulet.collaboration.registers.register import Register
from hjulet.organisation.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds_anywhere


def may_read(person: Person) -> bool:
    """Scales and words are the same for everyone who works with the year."""
    return holds_anywhere(person, Permission.ORGANISATION_READ)


def may_manage(person: Person, register: Register) -> bool:
    """Anywhere is enough: a register belongs to the whole municipality."""
    return any(holds_anywhere(person, permission) for permission in register.permissions)
