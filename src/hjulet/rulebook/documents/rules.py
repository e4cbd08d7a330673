"""Who may do what with a document and its versions, and what stands in the way."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.organisation.decisions.rules import may_record, why_not_record
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import assignments_of, granted, holds
from hjulet.rulebook.documents.models import DocumentVersion, GoverningDocument
from hjulet.rulebook.documents.states import UNDECIDED, WORKFLOW, VersionState

MOST_LINES_OF_CHANGES = 3
# What follows from a decision and from the calendar is nobody's button.
BY_ITSELF = ("publish", "supersede")


def may_start(person: Person, unit: Unit) -> bool:
    return holds(person, Permission.RULEBOOK_EDIT, unit)


def may_change(person: Person, document: GoverningDocument) -> bool:
    """Those who keep the rulebook of the unit, and whoever owns the document."""
    return may_start(person, document.unit) or document.is_owned_by(person)


def may_decide(person: Person, document: GoverningDocument) -> bool:
    """The role that the document names, held in its unit or above; for what the nämnd decides, whoever records that."""
    if person.is_machine:
        return True
    if not document.decider_role:
        return may_record(person, document.unit)
    return person.is_active and granted(
        person,
        (
            held
            for held in assignments_of(person)
            if held.role == document.decider_role and document.unit.path.startswith(held.unit.path)
        ),
    )


def may_take_over(person: Person, document: GoverningDocument) -> bool:
    """To say that somebody decided it before it was read in is for those who keep the registers, and for deciders."""
    return holds(person, Permission.REGISTERS_MANAGE, document.unit) or may_decide(person, document)


def may_see_drafts(person: Person, document: GoverningDocument) -> bool:
    return (
        document.reviewer_id == person.pk
        or may_change(person, document)
        or holds(person, Permission.RULEBOOK_DECIDE, document.unit)
        or may_record(person, document.unit)
    )


def may_move(person: Person, document: GoverningDocument, move: str) -> bool:
    match move:
        case "send" | "discard":
            return may_change(person, document)
        case "send_back":
            return document.reviewer_id == person.pk or may_change(person, document) or may_decide(person, document)
        case "decide" | "withdraw":
            return may_decide(person, document)
    return person.is_machine


def is_shown(person: Person, document: GoverningDocument, move: str) -> bool:
    """Whether the move has a button: deciding also for those who write, who then read why it is grey."""
    if move in BY_ITSELF:
        return False
    return may_move(person, document, move) or (move == "decide" and may_change(person, document))


def why_not_decide(person: Person, document: GoverningDocument) -> str | None:
    """What the grey button says to those who may see it but not press it."""
    if may_decide(person, document):
        return None
    if not document.decider_role:
        return why_not_record(person, document.unit)
    return _("Bara %(role)s för %(unit)s beslutar om dokumentet.") % {
        "role": document.decider.lower(),
        "unit": document.unit.name,
    }


def obstacle_to_naming(unit: Unit, decider_role: str) -> str | None:
    """Outside the nämnder somebody else must decide."""
    if decider_role or unit.committee_id is not None:
        return None
    return _("%(unit)s hör inte till någon nämnd. Välj vilken roll som beslutar.") % {"unit": unit.name}


def obstacle_to_writing(version: DocumentVersion) -> str | None:
    if version.state == VersionState.DRAFT:
        return None
    if version.state == VersionState.IN_REVIEW:
        return _("Versionen är på granskning. Skicka tillbaka den för att ändra den.")
    if version.state == VersionState.DISCARDED:
        return _("Utkastet är slopat och ändras inte. Börja en ny version.")
    return _("Versionen är beslutad och ändras inte. Börja en ny version.")


def obstacle_to_text(version: DocumentVersion) -> str | None:
    if version.upload_id:
        return _("Versionen är en fil. Ta bort filen för att skriva texten här.")
    return obstacle_to_writing(version)


def obstacle_to_file(version: DocumentVersion) -> str | None:
    if version.body:
        return _("Versionen har redan en text. Ta bort texten om en fil ska gälla i stället.")
    return obstacle_to_writing(version)


def obstacle_to_revising(document: GoverningDocument) -> str | None:
    if document.versions.filter(state__in=UNDECIDED).exists():
        return _("Det finns redan ett utkast till en ny version.")
    return None


def obstacle_to_reviewing(version: DocumentVersion | None) -> str | None:
    """Only what applies can be found still right."""
    return None if version else _("Ingen version gäller i dag. Det finns inget att se över.")


def obstacle_to_move(version: DocumentVersion, move: str, by: Person | None = None) -> str | None:
    if obstacle := WORKFLOW.obstacle_to(move, version.state):
        return obstacle
    if move == "decide" and by is not None and (obstacle := why_not_decide(by, version.document)):
        return obstacle
    if move in ("send", "decide"):
        return obstacle_in_content(version)
    if move == "withdraw":
        return obstacle_to_withdrawing(version)
    return None


def obstacle_in_content(version: DocumentVersion) -> str | None:
    if not version.body.strip() and version.upload_id is None:
        return _("Skriv texten eller lägg in en fil först.")
    if version.number > 1 and not version.changes.strip() and version.document.was_decided:
        return _("Skriv först vad som har ändrats sedan förra versionen.")
    return None


def obstacle_to_withdrawing(version: DocumentVersion) -> str | None:
    """The latest decision is undone first, so that the periods before it join again."""
    later = version.document.versions.ever_decided().filter(valid_from__gt=version.valid_from)
    if later.exclude(state=VersionState.WITHDRAWN).exists():
        return _("En senare version är beslutad. Upphäv den först.")
    return None


def obstacle_to_period(version: DocumentVersion, valid_from: date, decided_date: date) -> str | None:
    """A version begins after it is decided and after what it takes the place of."""
    if valid_from < decided_date:
        return _("Versionen kan börja gälla tidigast den dag den beslutas, %(day)s.") % {
            "day": decided_date.isoformat()
        }
    for earlier in version.document.versions.ever_decided():
        taken = earlier.taken_until
        if taken is not None and valid_from <= taken:
            return _("Version %(number)s gäller den dagen. Välj en dag efter %(day)s.") % {
                "number": earlier.number,
                "day": taken.isoformat(),
            }
    return None


def obstacle_to_deciding_on(day: date) -> str | None:
    return _("Beslutet kan inte ha fattats efter i dag.") if day > timezone.localdate() else None


def obstacle_in_changes(changes: str) -> str | None:
    if len([line for line in changes.splitlines() if line.strip()]) > MOST_LINES_OF_CHANGES:
        return _("Skriv högst tre rader. Jämförelsen av versionerna visar resten.")
    return None
