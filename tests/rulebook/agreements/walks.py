"""An agreement in a given state, reached by the real operations."""

from datetime import date

from hjulet.rulebook.agreements import operations
from hjulet.rulebook.agreements.models import AgreementKind, MandatoryBasis, PartyKind
from hjulet.rulebook.agreements.states import AgreementState as S

TODAY = date(2026, 3, 16)
SINCE = date(2025, 1, 1)


def kind(key="collaboration", name="Samverkansöverenskommelse"):
    """As a library makes it; a register row, so no operation of the slice does."""
    return AgreementKind.objects.get_or_create(key=key, defaults={"name": name})[0]


def basis(key="placed_children", name="Placerade barn och unga"):
    given = {"name": name, "legal_basis": "7 kap. 1–2 §§ SoL (2025:400)", "valid_from": SINCE}
    return MandatoryBasis.objects.get_or_create(key=key, defaults=given)[0]


def draft(by, unit, **given):
    defaults = {
        "title": "Samverkan om barn i behov av stöd",
        "kind": kind(),
        "purpose": "Barnet ska få stöd i tid.",
        "valid_from": SINCE,
        "contact_function": "Samordnare",
    }
    return operations.draft_agreement(by=by, unit=unit, **defaults | given)


def party(agreement, by, **given):
    return operations.add_party(agreement, by=by, **{"name": "Regionen", "kind": PartyKind.REGION} | given)


def requirement(agreement, by, **given):
    return operations.add_requirement(agreement, by=by, **{"text": "Möte inom tre veckor.", "order": 1} | given)


def terminate(agreement, by, valid_to=date(2026, 6, 30)):
    return operations.terminate_agreement(agreement, by=by, reason="Regionen säger upp det.", valid_to=valid_to)


def in_force(by, unit, **given):
    agreement = draft(by, unit, **given)
    party(agreement, by)
    return operations.put_in_force(agreement, by=by)


def agreement_at(state, by, unit, **given):
    """A fresh agreement walked to the state by one person, with a party and a requirement."""
    agreement = draft(by, unit, **given)
    party(agreement, by)
    requirement(agreement, by)
    if state in (S.IN_FORCE, S.TERMINATED, S.REPLACED):
        operations.put_in_force(agreement, by=by)
    if state == S.TERMINATED:
        terminate(agreement, by)
    elif state == S.REPLACED:
        operations.replace_agreement(
            agreement, by=by, reason="Nytt avtal.", successor=in_force(by, unit, title="Det nya avtalet")
        )
    elif state == S.ENDED:
        operations.end_agreement(agreement, by=by, reason="Det blev inget avtal.")
    agreement.refresh_from_db()
    assert agreement.state == state
    return agreement
