from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Model, Q, QuerySet
from django.utils import timezone

from hjulet.organisation.delegations import rules
from hjulet.organisation.delegations.models import DelegatedDecision, Delegation
from hjulet.organisation.delegations.not_delegable import NOT_DELEGABLE
from hjulet.organisation.delegations.states import COLORS
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import assignments_of, units_within_reach
from hjulet.organisation.units.models import Unit

COPIED = (
    "code",
    "title",
    "legal_basis",
    "is_delegable",
    "role",
    "sub_delegating_role",
    "conditions",
    "must_be_reported",
)


@dataclass(frozen=True)
class KeptOrder:
    """The delegation order of a nämnd, and what one of those who keep it may do."""

    committee: Unit
    proposals: int
    lacks_what_is_not_delegable: bool
    may_adopt: bool
    obstacle_to_adopting: str | None


@dataclass(frozen=True)
class DelegationPage:
    """What the page of one row shows to one person."""

    delegation: Delegation
    replaces: Delegation | None
    replaced_by: list[Delegation]
    may_edit: bool
    may_end: bool
    may_decide: bool
    obstacle_to_changing: str | None
    obstacle_to_replacing: str | None
    obstacle_to_ending: str | None

    @property
    def color(self) -> str:
        return COLORS[self.delegation.standing]


@dataclass(frozen=True)
class DelegatedDecisionPage:
    """`target` is the row that was decided, when the person may see it."""

    delegated: DelegatedDecision
    target: Any
    may_report: bool


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
    reach = units_within_reach(person, Permission.DECISIONS_RECORD)
    return DelegatedDecision.objects.unreported().filter(unit__in=reach)


def committees_visible_to(person: Person) -> QuerySet[Unit]:
    return units_within_reach(person, Permission.ORGANISATION_READ).committees().order_by("path")


def committees_edited_by(person: Person) -> QuerySet[Unit]:
    """The nämnder in which the person holds a role that keeps registers or records decisions, in any unit of them."""
    of_units = Q()
    for permission in rules.EDITING:
        of_units |= Q(pk__in=units_within_reach(person, permission).values("committee"))
    return Unit.objects.committees().filter(of_units, valid_to=None).order_by("path")


def orders_kept_by(person: Person) -> list[KeptOrder]:
    """One statement, however many nämnder."""
    is_proposed = Q(delegations__decision=None, delegations__withdrawn_at=None, delegations__is_delegable=True)
    is_kept_by_law = Q(delegations__is_delegable=False, delegations__withdrawn_at=None, delegations__valid_to=None)
    of_order = {
        "proposals": Count("delegations", filter=is_proposed),
        "points": Count("delegations", filter=is_kept_by_law),
    }
    kept = committees_edited_by(person).annotate(**of_order) if rules.may_edit_anywhere(person) else ()
    return [
        KeptOrder(
            committee,
            proposals=committee.proposals,
            lacks_what_is_not_delegable=committee.points < len(NOT_DELEGABLE),
            may_adopt=rules.may_adopt(person, committee),
            obstacle_to_adopting=rules.obstacle_to_adopting(committee.proposals),
        )
        for committee in kept
    ]


def delegation_page(person: Person, delegation: Delegation) -> DelegationPage:
    return DelegationPage(
        delegation=delegation,
        replaces=delegation.replaces,
        replaced_by=list(delegation.replaced_by.filter(withdrawn_at=None).order_by("pk")),
        may_edit=rules.may_edit(person, delegation.committee),
        may_end=rules.may_adopt(person, delegation.committee),
        may_decide=delegations_held_by(person).filter(pk=delegation.pk).exists(),
        obstacle_to_changing=rules.obstacle_to_changing(delegation),
        obstacle_to_replacing=rules.obstacle_to_replacing(delegation),
        obstacle_to_ending=rules.obstacle_to_ending(delegation),
    )


def values_of(delegation: Delegation) -> dict[str, Any]:
    """What a proposal to change the row begins from."""
    return {name: getattr(delegation, name) for name in COPIED}


def delegations_held_by(person: Person) -> QuerySet[Delegation]:
    """Under which the person may decide somewhere today."""
    held = Q(pk__in=())
    for assignment in assignments_of(person):
        under = Q(committee=assignment.unit.committee_id) if assignment.unit.committee_id else Q()
        held |= Q(under, role=assignment.role)
    found = Delegation.objects.on(timezone.localdate()).filter(held)
    return found.select_related("committee", "decision").order_by("committee__path", "sort_key", "pk")


def units_to_decide_in(person: Person) -> QuerySet[Unit]:
    """The open units of the nämnder where the person holds a role, and what lies under them."""
    under = Q(pk__in=())
    for assignment in assignments_of(person):
        under |= Q(path__startswith=assignment.unit.path)
    there = Unit.objects.on(timezone.localdate()).filter(under, committee__isnull=False)
    return there.order_by("path")


def delegated_decision_page(person: Person, delegated: DelegatedDecision) -> DelegatedDecisionPage:
    return DelegatedDecisionPage(
        delegated=delegated,
        target=target_seen_by(person, delegated),
        may_report=rules.may_report(person, delegated) and not rules.obstacle_to_reporting(delegated),
    )


def target_seen_by(person: Person, delegated: DelegatedDecision) -> Model | None:
    """The row that was decided, when its own access rule lets the person see it."""
    model = delegated.target_type.model_class() if delegated.target_type else None
    manager = model._default_manager if model else None
    if not hasattr(manager, "visible_to") or not hasattr(model, "get_absolute_url"):
        return None
    return manager.visible_to(person).filter(pk=delegated.target_id).first()  # type: ignore[union-attr]
