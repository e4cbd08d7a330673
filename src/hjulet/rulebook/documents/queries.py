from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString

from hjulet.base import markdown
from hjulet.base.documents.rendering import RENDERED
from hjulet.base.models import FrozenFile
from hjulet.base.statements import about_one, beside
from hjulet.base.workflow import Happening, OpenMove, history
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import assignments_of, units_within_reach
from hjulet.organisation.units.models import lies_below
from hjulet.rulebook.documents import rules
from hjulet.rulebook.documents.drawing import decided_by
from hjulet.rulebook.documents.kept import VersionStep
from hjulet.rulebook.documents.models import DocumentVersion, GoverningDocument
from hjulet.rulebook.documents.reviews import DocumentReview
from hjulet.rulebook.documents.states import COLORS, EVER_DECIDED, UNDECIDED, WORKFLOW, VersionState
from hjulet.rulebook.laws.models import Provision
from hjulet.rulebook.quality_areas.models import QualityArea

LONG = ("body", "upload_text")
FORMATS = [(value, label) for value, label in FrozenFile.Format.choices if value in RENDERED]


def documents_visible_to(person: Person) -> QuerySet[GoverningDocument]:
    """Where every page about documents starts."""
    found = GoverningDocument.objects.visible_to(person).select_related("kind", "unit", "owner_person", "reviewer")
    return found.with_version_of(timezone.localdate())


def versions_visible_to(person: Person) -> QuerySet[DocumentVersion]:
    return DocumentVersion.objects.visible_to(person).select_related(
        "document__unit__committee", "document__kind", "document__owner_person", "decision__committee", "upload"
    )


def versions_on(day: date, documents: QuerySet[GoverningDocument]) -> QuerySet[DocumentVersion]:
    """What of the documents applied, applies or will apply on the day: at most one version of each."""
    rows = DocumentVersion.objects.on(day).filter(document__in=documents)
    return rows.select_related("decision__committee", "upload")


def version_on(document: GoverningDocument, day: date) -> DocumentVersion | None:
    """Which version applied, applies or will apply on the day: by what was decided, whether the clock ran or not."""
    return document.versions.on(day).select_related("decision__committee", "upload").first()


def versions_to_publish(day: date) -> QuerySet[DocumentVersion]:
    """Decided ones whose day has come and whose state does not say so yet."""
    due = DocumentVersion.objects.filter(state=VersionState.DECIDED, valid_from__lte=day)
    return due.select_related("document__unit")


def documents_awaiting_review(person: Person) -> QuerySet[GoverningDocument]:
    return GoverningDocument.objects.owned_by(person).to_review(timezone.localdate())


def documents_in_force(person: Person, day: date) -> QuerySet[GoverningDocument]:
    """The whole rulebook of the day, as far as the person may see it."""
    found = GoverningDocument.objects.visible_to(person).in_force_on(day)
    return found.select_related("kind", "unit", "owner_person", "reviewer")


def documents_not_seen_since(committee: Unit, since: date, day: date) -> list[GoverningDocument]:
    """Of the nämnd's, in force and not due anyway: neither decided nor reviewed since."""
    decided = DocumentVersion.objects.filter(
        Q(decision__meeting_date__gte=since) | Q(decided_on__gte=since) | Q(decided_before_date__gte=since)
    )
    seen = Q(pk__in=decided.order_by().values("document")) | Q(
        pk__in=DocumentReview.objects.filter(reviewed_date__gte=since).order_by().values("document")
    )
    rows = GoverningDocument.objects.in_force_on(day).filter(lies_below(committee), next_review_date__gt=day)
    return list(rows.exclude(seen).select_related("unit"))


def documents_with_draft_to_review(person: Person) -> QuerySet[GoverningDocument]:
    return GoverningDocument.objects.filter(reviewer=person, pk__in=under_review())


def documents_to_decide(person: Person) -> QuerySet[GoverningDocument]:
    """What lies before a role that the person holds, or before the nämnd whose decisions the person records."""
    mine = Q(decider_role="", unit__in=units_within_reach(person, Permission.DECISIONS_RECORD))
    for held in assignments_of(person):
        if held.definition.grants(Permission.RULEBOOK_DECIDE):
            mine |= Q(decider_role=held.role, unit__path__startswith=held.unit.path)
    return GoverningDocument.objects.filter(mine, pk__in=under_review())


def under_review() -> QuerySet:
    return DocumentVersion.objects.filter(state=VersionState.IN_REVIEW).order_by().values("document")


@dataclass(frozen=True)
class Listed:
    """A version in the list of them; `standing` is what the dates say."""

    version: DocumentVersion
    standing: VersionState
    color: str
    decided_by: str


@dataclass(frozen=True)
class DocumentPage:
    """What the standing address of a document shows to one person: what applies first."""

    document: GoverningDocument
    shown: Listed | None
    text: SafeString
    versions: list[Listed]
    coming: Listed | None
    draft: Listed | None
    moves: tuple[OpenMove, ...]
    may_change: bool
    may_write: bool
    may_write_shown: bool
    obstacle_to_file: str | None
    may_confirm: bool
    is_review_due: bool
    units: list[Unit]
    areas: list[QualityArea]
    provisions: list[Provision]
    formats: list[tuple[str, Any]]

    @property
    def has_been_decided(self) -> bool:
        """Whether there is anything that applies, or has applied, to point at."""
        return any(one.version.is_decided for one in self.versions)


@dataclass(frozen=True)
class VersionPage:
    """One version, whichever it is."""

    version: DocumentVersion
    listed: Listed
    text: SafeString
    moves: tuple[OpenMove, ...]
    may_write: bool
    obstacle_to_text: str | None
    obstacle_to_file: str | None
    history: list[Happening]
    formats: list[tuple[str, Any]]
    others: list[DocumentVersion]
    same_decided: bool


def document_page(person: Person, document: GoverningDocument) -> DocumentPage:
    today = timezone.localdate()
    rows = versions_of(document.pk, rules.may_see_drafts(person, document))
    versions = [with_document(version, document) for version in rows]
    applying = next((version for version in versions if version.applies_on(today)), None)
    draft = next((version for version in versions if version.state in UNDECIDED), None)
    coming = [one for one in versions if one.state == VersionState.DECIDED and not one.applies_on(today)]
    shown = applying or draft
    may_change = rules.may_change(person, document)
    may_write_shown = may_change and shown is not None and shown.state == VersionState.DRAFT
    return DocumentPage(
        document=document,
        shown=listed(shown) if shown else None,
        text=text_of(shown) if shown else SafeString(""),
        versions=[listed(version) for version in versions],
        coming=listed(coming[-1]) if coming else None,
        draft=listed(draft) if draft and draft is not shown else None,
        moves=open_moves(person, shown) if shown else (),
        may_change=may_change,
        may_write=may_change and draft is None,
        may_write_shown=may_write_shown,
        obstacle_to_file=rules.obstacle_to_file(shown) if shown and may_write_shown else None,
        may_confirm=bool(applying) and (may_change or rules.may_decide(person, document)),
        units=list(beside(document, "applies_to")),
        areas=list(beside(document, "quality_areas")),
        provisions=list(provisions_of(document.pk)),
        formats=FORMATS,
        is_review_due=bool(applying and (document.next_review_date is None or document.next_review_date <= today)),
    )


@about_one
def versions_of(document: int, with_drafts: bool) -> QuerySet[DocumentVersion]:
    """Latest first, without what is long in them."""
    rows = DocumentVersion.objects.filter(document=document).select_related("decision__committee", "upload")
    if not with_drafts:
        rows = rows.filter(state__in=EVER_DECIDED)
    return rows.defer(*LONG).order_by("-number")


@about_one
def provisions_of(document: int) -> QuerySet[Provision]:
    return Provision.objects.filter(documents=document).select_related("law__successor", "successor__law")


def version_page(person: Person, version: DocumentVersion) -> VersionPage:
    may_write = rules.may_change(person, version.document) and version.state == VersionState.DRAFT
    others = DocumentVersion.objects.visible_to(person).filter(document=version.document_id).exclude(pk=version.pk)
    return VersionPage(
        version=version,
        listed=listed(version),
        text=text_of(version),
        moves=open_moves(person, version),
        may_write=may_write,
        obstacle_to_text=rules.obstacle_to_text(version) if may_write else None,
        obstacle_to_file=rules.obstacle_to_file(version) if may_write else None,
        history=history(WORKFLOW, beside(version, "steps")),
        formats=FORMATS,
        others=list(others.defer(*LONG).order_by("-number")),
        same_decided=version.document.reviewer_id is not None and version.document.reviewer_id == version.decided_by_id,
    )


def open_moves(person: Person, version: DocumentVersion) -> tuple[OpenMove, ...]:
    document = version.document
    return tuple(
        OpenMove(move, rules.obstacle_to_move(version, move.name, by=person))
        for move in WORKFLOW.moves_from(version.standing)
        if rules.is_shown(person, document, move.name)
    )


def listed(version: DocumentVersion) -> Listed:
    standing = version.standing
    return Listed(version, standing, COLORS[standing], decided_by(version))


def with_document(version: DocumentVersion, document: GoverningDocument) -> DocumentVersion:
    """Spares a statement: they all hang on the same document."""
    version.document = document
    return version


def text_of(version: DocumentVersion) -> SafeString:
    """The text for its page; of a file the page shows the file instead."""
    return markdown.to_html(version.body) if version.upload_id is None else SafeString("")


@dataclass(frozen=True)
class ComparePage:
    """The numbers of the versions to choose among, and the two that are compared."""

    numbers: list[int]
    older_version: DocumentVersion | None
    newer_version: DocumentVersion | None

    @property
    def older(self) -> int | None:
        return self.older_version.number if self.older_version else None

    @property
    def newer(self) -> int | None:
        return self.newer_version.number if self.newer_version else None


def compare_page(person: Person, document: GoverningDocument, older: str | None, newer: str | None) -> ComparePage:
    """The two that are asked for, else the latest and the one before it."""
    rows = versions_visible_to(person).filter(document=document)
    numbers = sorted(rows.order_by().values_list("number", flat=True))
    asked = [number_among(numbers, older, -2), number_among(numbers, newer, -1)]
    found = {version.number: version for version in rows.filter(number__in=asked)}
    two = [found.get(number) for number in sorted(asked)]
    return ComparePage(numbers, two[0], two[1])


def number_among(numbers: list[int], asked: str | None, otherwise: int) -> int:
    if asked and asked.isdecimal() and len(asked) < 6 and int(asked) in numbers:
        return int(asked)
    return numbers[max(otherwise, -len(numbers))] if numbers else 0


@dataclass(frozen=True)
class HistoryPage:
    """How the document came about, and when somebody asked whether it is still right."""

    document: GoverningDocument
    history: list[tuple[DocumentVersion, Happening]]
    reviews: list[DocumentReview]


def history_page(person: Person, document: GoverningDocument) -> HistoryPage:
    seen = DocumentVersion.objects.visible_to(person).filter(document=document).order_by()
    steps = VersionStep.objects.filter(version__in=seen).select_related("version").order_by("at", "pk")
    reviews = document.reviews.select_related("version").order_by("-reviewed_date", "-pk")
    return HistoryPage(
        document,
        [(step.version, happening) for step, happening in zip(reversed(steps), history(WORKFLOW, steps), strict=True)],
        list(reviews),
    )
