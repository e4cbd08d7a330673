"""Who may make an action or a risk of what was heard, proposed or found missing, and what stands in the way."""

from typing import Any

from django.utils.translation import gettext as _

from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds
from hjulet.organisation.units.rules import obstacle_to_beginning_in


def may_plan_action_from(person: Person, row: Any) -> bool:
    return holds(person, Permission.ACTIONS_EDIT, row.unit)


def obstacle_to_planning_action_from(row: Any) -> str | None:
    return obstacle_to_beginning_in(row.unit)


def obstacle_to_answering_in(row: Any, unit: Unit) -> str | None:
    """Secrecy runs between nämnder: what was said in one is answered within it."""
    if unit.committee_id == row.unit.committee_id:
        return None
    return _("%(unit)s hör till en annan nämnd.") % {"unit": unit.name}
