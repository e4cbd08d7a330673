"""What is searched of who we are, and of what has been decided."""

from hjulet.organisation.decisions.queries import decisions_visible_to
from hjulet.organisation.delegations.queries import delegated_decisions_visible_to, delegations_visible_to
from hjulet.organisation.models import Decision, DelegatedDecision, Delegation, Person, Unit
from hjulet.organisation.people.queries import people_visible_to
from hjulet.organisation.units.queries import units_visible_to
from hjulet.search.models import Kind
from hjulet.search.shape import Bearer, Said, Source, day_of


def unit(row: Unit) -> Said:
    return Said(row.name, [row.code, row.get_kind_display()], row.valid_from, row.parent)


def person(row: Person) -> Said:
    return Said(row.name, [row.title, row.email], day_of(row.created_at))


def decision(row: Decision) -> Said:
    texts = [f"{row.committee} {row.meeting_date} § {row.paragraph}", row.registry_number]
    return Said(row.subject, texts, row.meeting_date, row.committee)


def delegation(row: Delegation) -> Said:
    return Said(str(row), [row.legal_basis, row.role_name, row.conditions], row.valid_from, row.committee)


def delegated_decision(row: DelegatedDecision) -> Said:
    texts = [row.registry_number, row.delegation_text, row.decided_by_name, row.reasons]
    return Said(row.subject, texts, row.decided_on or day_of(row.recorded_at), row.unit)


BEARERS = (
    Bearer(Unit, units_visible_to),
    Bearer(Person, people_visible_to),
    Bearer(Decision, decisions_visible_to, list_page="decisions:list"),
    Bearer(Delegation, delegations_visible_to),
    Bearer(DelegatedDecision, delegated_decisions_visible_to),
)

SOURCES = (
    Source(Unit, Kind.UNITS, unit, ("parent",)),
    Source(Person, Kind.PEOPLE, person, stands={"is_machine": False}),
    Source(Decision, Kind.DECISIONS, decision, ("committee",), {"organisation.unit": "committee"}),
    Source(Delegation, Kind.DELEGATIONS, delegation, ("committee",)),
    Source(DelegatedDecision, Kind.DELEGATIONS, delegated_decision, ("unit",)),
)
