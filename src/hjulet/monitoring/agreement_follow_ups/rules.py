"""Who may, and what stands in the way: the agreement's own rules say who follows it up."""

from django.utils.translation import gettext as _

from hjulet.monitoring.agreement_follow_ups.models import AgreementFollowUp, RequirementVerdict
from hjulet.organisation.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds
from hjulet.organisation.units.rules import obstacle_to_beginning_in
from hjulet.rulebook.agreements.rules import may_follow_up


def may_plan_action_from(person: Person, follow_up: AgreementFollowUp) -> bool:
    agreement = follow_up.agreement
    return may_follow_up(person, agreement) and holds(person, Permission.ACTIONS_EDIT, agreement.unit)


def obstacle_to_planning_action(verdict: RequirementVerdict) -> str | None:
    if not verdict.is_lacking:
        return _("Kravet är uppfyllt.")
    return obstacle_to_beginning_in(verdict.follow_up.agreement.unit)
