"""Who may, and what stands in the way. A `may_…` decides whether the button is there, an `obstacle_…` what it says."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds, holds_anywhere
from hjulet.rulebook.agreements.models import Agreement, OfAgreement, Party
from hjulet.rulebook.agreements.states import LIVING, WORKFLOW, AgreementState


def may_draft(person: Person, unit: Unit) -> bool:
    return holds(person, Permission.RULEBOOK_EDIT, unit)


def may_draft_anywhere(person: Person) -> bool:
    return holds_anywhere(person, Permission.RULEBOOK_EDIT)


def may_change(person: Person, agreement: Agreement) -> bool:
    return holds(person, Permission.RULEBOOK_EDIT, agreement.unit)


def may_decide(person: Person, agreement: Agreement) -> bool:
    """Whether it begins to hold and when it ceases."""
    return holds(person, Permission.RULEBOOK_DECIDE, agreement.unit)


def may_follow_up(person: Person, agreement: Agreement) -> bool:
    """Whoever keeps the agreements of the unit, and whoever was made responsible for this one."""
    return may_change(person, agreement) or (
        agreement.is_owned_by(person) and holds_anywhere(person, Permission.CONTROLS_PERFORM)
    )


def obstacle_to_changing(agreement: Agreement) -> str | None:
    if agreement.state in LIVING:
        return None
    return _("Avtalet är %(state)s och ändras inte längre.") % {"state": agreement.get_state_display().lower()}


def obstacle_to_changing_part(part: OfAgreement, agreement: Agreement) -> str | None:
    if part.ended_date:
        return _("Raden togs bort %(day)s.") % {"day": part.ended_date}
    return obstacle_to_changing(agreement)


def obstacle_to_taking_out_party(party: Party) -> str | None:
    others = party.agreement.parties.standing().exclude(pk=party.pk)
    if party.agreement.is_in_force and not others.exists():
        return _("Avtalet gäller och ska ha minst en part. Lägg till den nya först.")
    return None


def obstacle_to_following_up(agreement: Agreement) -> str | None:
    if agreement.is_in_force:
        return None
    return _("Bara ett avtal som gäller följs upp.")


def obstacle_to_renewing(agreement: Agreement) -> str | None:
    """A successor that was itself ended before it began is none."""
    if agreement.state != AgreementState.IN_FORCE:
        return _("Bara ett avtal som gäller får en efterföljare.")
    if agreement.successor and agreement.successor.state != AgreementState.ENDED:
        return _("Ett nytt avtal är redan påbörjat: %(title)s.") % {"title": agreement.successor.title}
    return None


def obstacle_to_holding(agreement: Agreement) -> str | None:
    """What it lacks before it can be in force."""
    if agreement.valid_from is None:
        return _("Skriv först från vilken dag avtalet gäller.")
    if not agreement.parties.standing().exists():
        return _("Lägg först till minst en part utöver oss själva.")
    return None


def obstacle_to_move(agreement: Agreement, move: str) -> str | None:
    if obstacle := WORKFLOW.obstacle_to(move, agreement.state):
        return obstacle
    if move in ("put_in_force", "reinstate"):
        return obstacle_to_holding(agreement)
    if move == "end" and agreement.is_in_force and not has_run_out(agreement, timezone.localdate()):
        return _("Avtalets sista dag har inte varit. Säg upp det i stället.")
    return None


def has_run_out(agreement: Agreement, day: date) -> bool:
    return agreement.valid_to is not None and agreement.valid_to <= day


def obstacle_to_succeeding(agreement: Agreement, successor: Agreement) -> str | None:
    if successor.pk == agreement.pk or not successor.is_in_force:
        return _("Välj ett annat avtal som gäller.")
    if successor.unit.committee_id != agreement.unit.committee_id:
        return _("Välj ett avtal i samma nämnd.")
    return None
