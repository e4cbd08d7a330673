from django.utils.translation import gettext as _

from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds, holds_anywhere
from hjulet.rulebook.models import Provision


def may_read_any(person: Person) -> bool:
    return holds_anywhere(person, Permission.RULEBOOK_READ)


def may_judge(person: Person, committee: Unit) -> bool:
    """Whoever writes the nämnd's follow-ups also says whether it does what it must."""
    return holds(person, Permission.FOLLOW_UPS_EDIT, committee)


def may_take_out(person: Person, committee: Unit) -> bool:
    """Whoever examines the nämnd, and whoever answers for what is shown. Each gets what they may see."""
    return holds(person, Permission.AUDIT_READ, committee) or may_judge(person, committee)


def obstacle_to_judging(provision: Provision) -> str | None:
    return _("Kravet gäller inte längre.") if provision.has_ended else None
