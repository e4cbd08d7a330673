from datetime import date
from typing import Any

from django.db.models import QuerySet

from hjulet.organisation.delegations import rules
from hjulet.organisation.delegations.models import DelegatedDecision, Delegation
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.organisation.units.models import Unit


def delegations_visible_to(person: Person) -> QuerySet[Delegation]:
    """Where every page about the delegation order starts: that of the nämnder whose organisation the person may see."""
    reach = units_within_reach(person, Permission.ORGANISATION_READ)
    return Delegation.objects.filter(committee__in=reach).select_related("committee", "decision")


def delegations_for(person: Person, unit: Unit, on: date, decision_type: str | None = None) -> QuerySet[Delegation]:
    """Under which the person may decide in the unit on the day, itself or in the place of somebody; by type, its code.

    Empty outside the nämnder: what a municipality or a provider decides is not decided in a nämnd's place.
    """
    roles = rules.roles_held(person, unit, on).order_by().values("role")
    found = Delegation.objects.on(on).filter(committee=unit.committee_id, role__in=roles)
    found = found if decision_type is None else found.filter(code=decision_type)
    return found.select_related("committee", "decision")


def authority_of(delegation: Delegation, person: Person) -> dict[str, Any]:
    """What a row that is `DecidedUnderDelegation` keeps, beside its day: who decided and by what right, in words.

    Ask `rules.obstacle_to_deciding` first: it also finds in whose place the person decides.
    """
    return {
        "decided_by": person,
        "decided_by_name": person.signature,
        "decided_by_title": person.title,
        "delegation": delegation,
        "delegation_text": in_words(delegation),
    }


def in_words(delegation: Delegation) -> str:
    """As in "5.1 Anställa personal – Enhetschef (Socialnämnden 2026-01-28 § 7)"."""
    return f"{delegation} – {delegation.role_name} ({delegation.decision or delegation.committee})"


def delegated_decisions_visible_to(person: Person) -> QuerySet[DelegatedDecision]:
    """Where every page about what was decided in the nämnd's place starts."""
    found = DelegatedDecision.objects.visible_to(person)
    return found.select_related("unit__committee", "delegation__committee", "report__meeting__committee")


def decisions_awaiting_report(person: Person) -> QuerySet[DelegatedDecision]:
    """What whoever records the nämnd's decisions is to report at its next meeting."""
    committees = units_within_reach(person, Permission.DECISIONS_RECORD).committees()
    return DelegatedDecision.objects.unreported().filter(unit__committee__in=committees)
