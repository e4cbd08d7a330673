"""A nämnd with its delegation order, made by its real operations."""

from datetime import date

from hjulet.organisation.delegations.operations import (
    adopt_delegations,
    propose_delegation,
    record_delegated_decision,
    report_to_committee,
)
from tests import factories

MEETING = date(2026, 1, 28)
ROW = {
    "code": "5.1",
    "title": "Anställa personal",
    "legal_basis": "KL 6 kap. 37 §",
    "is_delegable": True,
    "role": "unit_manager",
    "sub_delegating_role": "",
    "conditions": "",
    "must_be_reported": True,
    "valid_from": date(2026, 2, 1),
}
AT_THE_MEETING = {"meeting_date": MEETING, "paragraph": "§ 7", "registry_number": "SN 2026/7"}
DECIDED = {"decided_on": date(2026, 3, 2), "subject": "Anställning av undersköterska", "registry_number": "SN 2026/31"}


def secretary_of(committee):
    return factories.person(f"Nils {committee.name}", committee_secretary=committee)


def proposed(committee, by, **given):
    return propose_delegation(by=by, committee=committee, **ROW | given)


def in_force(committee, by, **given):
    """A row that the nämnd has decided; `by` is its secretary."""
    delegation = proposed(committee, by, **given)
    adopt_delegations(committee, by=by, **AT_THE_MEETING)
    delegation.refresh_from_db()
    return delegation


def taken(delegation, by, unit, **given):
    return record_delegated_decision(by=by, delegation=delegation, unit=unit, **DECIDED | given)


def reported(delegated, by, **given):
    report_to_committee([delegated], by=by, **AT_THE_MEETING | {"meeting_date": date(2026, 3, 10)} | given)
    delegated.refresh_from_db()
    return delegated
