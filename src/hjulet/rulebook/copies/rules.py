from django.utils.translation import gettext as _

from hjulet.organisation.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds
from hjulet.rulebook.copies.models import Copy


def may_keep(person: Person, copy: Copy) -> bool:
    """Whoever answers for either of the texts."""
    return any(holds(person, Permission.RULEBOOK_EDIT, version.document.unit) for version in (copy.first, copy.second))


def obstacle_to_keeping(copy: Copy) -> str | None:
    return _("Det är redan sagt varför båda behövs.") if copy.kept_at else None
