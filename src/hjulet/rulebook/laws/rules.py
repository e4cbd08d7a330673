from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.organisation.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds, holds_anywhere
from hjulet.rulebook.laws.models import Law, LawReview, Provision
from hjulet.rulebook.laws.states import WORKFLOW


def may_read(person: Person) -> bool:
    """The laws are the same for everyone who may read any part of the rulebook."""
    return holds_anywhere(person, Permission.RULEBOOK_READ)


def may_edit(person: Person) -> bool:
    """Anywhere is enough: the laws belong to the whole municipality."""
    return holds_anywhere(person, Permission.LAWS_EDIT)


def may_work_on(person: Person, review: LawReview) -> bool:
    """Whoever keeps the rulebook where the row lies, and whoever was made responsible for it."""
    return holds(person, Permission.RULEBOOK_EDIT, review.unit) or (
        review.is_owned_by(person) and holds_anywhere(person, Permission.RULEBOOK_READ)
    )


def obstacle_to_superseding(row: Law | Provision) -> str | None:
    if row.has_ended_on(timezone.localdate()):
        return _("%(row)s gäller redan inte längre.") % {"row": row}
    return None


def obstacle_to_move(review: LawReview, move: str) -> str | None:
    return WORKFLOW.obstacle_to(move, review.state)
