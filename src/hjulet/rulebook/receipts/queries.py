from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.organisation.models import Person, RoleAssignment, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds, units_within_reach
from hjulet.organisation.roles.roles import ROLES
from hjulet.rulebook.documents.models import DocumentVersion, GoverningDocument
from hjulet.rulebook.receipts import rules
from hjulet.rulebook.receipts.concerned import asked_through, concerns, has_read, holders, with_share, works_by
from hjulet.rulebook.receipts.models import ReadingRequest, ReadReceipt, not_over
from hjulet.statistics.disclosure import Gate

LATEST = 20
# For how long a version is news to those whom it is for and nobody has asked.
NEW_FOR = timedelta(days=30)
GATE = Gate()


@dataclass(frozen=True)
class Share:
    """How many of those who are concerned have read; `is_shown` says whether the reader may know."""

    read: int
    asked: int
    is_shown: bool = True

    def __str__(self):
        if not self.asked:
            return _("Ingen berörs i dag")
        if not self.is_shown:
            return _("Visas inte, gruppen är för liten")
        return _("%(read)s av %(asked)s") % {"read": self.read, "asked": self.asked}

    @property
    def percent(self) -> int | None:
        """None when nobody is concerned or it is not to be known: neither is a zero."""
        return round(100 * self.read / self.asked) if self.asked and self.is_shown else None


@dataclass(frozen=True)
class Part:
    """The share of a unit, or of a role."""

    name: Any
    share: Share


@dataclass(frozen=True)
class ToReadPage:
    """What awaits one person, and what that person has read lately."""

    waiting: list[ReadingRequest]
    new: list[DocumentVersion]
    read: list[ReadReceipt]
    today: date


@dataclass(frozen=True)
class Reading:
    """A version before one reader: whether it has been read, and the way to say so."""

    version: DocumentVersion
    receipt: ReadReceipt | None
    obstacle: str | None
    request: ReadingRequest | None


@dataclass(frozen=True)
class Panel:
    """Beside a version: the reader's own receipt, and how far those who were asked have come."""

    reading: Reading
    asking: list[tuple[ReadingRequest, Share]]
    may_ask: bool


@dataclass(frozen=True)
class RequestPage:
    """What the page of a request shows to one person; the names only to whoever leads the staff there."""

    request: ReadingRequest
    reading: Reading
    is_asked: bool
    is_open: bool
    share: Share
    by_unit: list[Part]
    by_role: list[Part]
    unread: list[RoleAssignment]
    sees_names: bool
    may_withdraw: bool

    @property
    def tables(self) -> list[tuple[Any, Any, list[Part]]]:
        """Caption, what the rows are, the rows; of one unit or one role there is nothing more to tell."""
        tables = ((_("Läst per enhet"), _("Enhet"), self.by_unit), (_("Läst per roll"), _("Roll"), self.by_role))
        return [table for table in tables if len(table[2]) > 1]


def requests_visible_to(person: Person) -> QuerySet[ReadingRequest]:
    """Where every page about what is to be read starts."""
    return ReadingRequest.objects.visible_to(person).select_related(
        "version__document__unit", "version__document__kind", "version__document__owner_person", "unit"
    )


def requests_listed_for(person: Person) -> QuerySet[ReadingRequest]:
    """With `asked` and `read`, of today."""
    return with_share(requests_visible_to(person), timezone.localdate())


def requests_awaiting(person: Person, *, day: date | None = None) -> QuerySet[ReadingRequest]:
    """What the person has still to read, the most urgent first: of a version that is asked for twice, the sooner."""
    asking = ReadingRequest.objects.open_on(day or timezone.localdate()).filter(concerns(person))
    earlier = Q(due_date__lt=OuterRef("due_date")) | Q(due_date=OuterRef("due_date"), pk__lt=OuterRef("pk"))
    sooner = asking.filter(earlier, version=OuterRef("version"))
    read = ReadReceipt.objects.filter(version=OuterRef("version"), person=person)
    rows = asking.filter(~Exists(sooner.order_by()), ~Exists(read.order_by()))
    return rows.select_related("version__document__kind", "unit").order_by("due_date", "pk")


def to_read_page(person: Person) -> ToReadPage:
    read = ReadReceipt.objects.filter(person=person).select_related("version__document")
    new = versions_new_to(person).select_related("document__kind").order_by("-valid_from", "pk")
    return ToReadPage(list(requests_awaiting(person)), list(new), list(read[:LATEST]), timezone.localdate())


def versions_new_to(person: Person, *, day: date | None = None) -> QuerySet[DocumentVersion]:
    """What lately began to apply where the person works, who has not read it: found by the roles of the day, never stored.

    Only what was decided has a first day. Neither what is asked for, which waits by its own day, nor what was decided
    before it was read in, nor what is the person's own.
    """
    today = day or timezone.localdate()
    asked = ReadingRequest.objects.open_on(today).filter(concerns(person)).order_by().values("version")
    read = ReadReceipt.objects.filter(version=OuterRef("pk"), person=person)
    theirs = GoverningDocument.objects.filter(works_by(person), pk=OuterRef("document"))
    rows = DocumentVersion.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today),
        Exists(theirs.order_by()),
        valid_from__range=(today - NEW_FOR, today),
        decided_before="",
    )
    own = Q(decided_by=person) | Q(document__owner_person=person)
    return rows.exclude(own).exclude(pk__in=asked).filter(~Exists(read.order_by()))


def versions_to_confirm(person: Person) -> QuerySet[DocumentVersion]:
    """What the person may say to have read, asked for or not."""
    versions = DocumentVersion.objects.visible_to(person).filter(not_over(timezone.localdate()))
    return versions.select_related("document__unit", "document__owner_person")


def version_to_read(document: GoverningDocument) -> DocumentVersion | None:
    """What applies today, else what is soon to."""
    today = timezone.localdate()
    versions = document.versions.filter(not_over(today)).select_related("document__unit", "document__owner_person")
    return versions.order_by("valid_from").first()


def reading_of(person: Person, version: DocumentVersion, request: ReadingRequest | None = None) -> Reading:
    receipt = ReadReceipt.objects.filter(version=version, person=person).first()
    return Reading(version, receipt, rules.obstacle_to_reading(version), request)


def versions_read_by(person: Person) -> QuerySet[DocumentVersion]:
    return DocumentVersion.objects.visible_to(person).select_related("document__unit", "document__owner_person")


def panel_of(person: Person, version: DocumentVersion) -> Panel:
    today, asked = timezone.localdate(), requests_listed_for(person).filter(version=version)
    mine = ReadingRequest.objects.open_on(today).filter(concerns(person), version=version)
    may_ask = rules.may_ask_somewhere(person, version.document) and rules.obstacle_to_reading(version) is None
    return Panel(
        reading=reading_of(person, version, mine.order_by("due_date", "pk").first()),
        asking=[(one, share_for(person, one)) for one in asked.open_on(today).order_by("unit__path", "pk")],
        may_ask=may_ask,
    )


def share_for(person: Person, request: ReadingRequest) -> Share:
    """The row must come from `requests_listed_for`."""
    shown = rules.may_see_names(person, request.unit) or GATE.share(request.read, request.asked) is not None
    return Share(request.read, request.asked, is_shown=shown)


def request_page(person: Person, request: ReadingRequest) -> RequestPage:
    today = timezone.localdate()
    held = holders(request, today)
    led = units_within_reach(person, Permission.STAFF_LEAD)
    sees_all = rules.may_see_names(person, request.unit)
    unread = held.filter(~has_read(request.version_id), unit__in=led).select_related("person", "unit")
    names = list(unread.order_by("person__name", "person", "unit__path"))
    return RequestPage(
        request=request,
        reading=reading_of(person, request.version, request),
        is_asked=asked_through(person, request) is not None,
        is_open=request.withdrawn_date is None and rules.obstacle_to_reading(request.version) is None,
        share=share_for(person, request),
        by_unit=parts_by_unit(person, held, request, sees_all=sees_all),
        by_role=parts_by_role(held, request, sees_all=sees_all),
        unread=list({row.person_id: row for row in names}.values()),
        sees_names=sees_all or any(holds(person, Permission.STAFF_LEAD, row.unit) for row in names),
        may_withdraw=rules.may_withdraw(person, request),
    )


def counted(held: QuerySet[RoleAssignment], request: ReadingRequest, *by: str) -> list[tuple]:
    read = Count("person", distinct=True, filter=has_read(request.version_id))
    return list(
        held.values(*by).annotate(asked=Count("person", distinct=True), read=read).values_list(*by, "asked", "read")
    )


def parts_by_unit(
    person: Person, held: QuerySet[RoleAssignment], request: ReadingRequest, *, sees_all: bool
) -> list[Part]:
    rows = sorted(counted(held, request, "unit__path", "unit__name", "unit", "unit__committee"))
    keys = [row[2] for row in rows]
    led = [
        sees_all or holds(person, Permission.STAFF_LEAD, Unit(pk=key, path=path, name=name, committee_id=committee))
        for path, name, key, committee, _asked, _read in rows
    ]
    shown = let_through(dict(zip(keys, (row[4] for row in rows), strict=True)))
    return [
        Part(name, Share(read, asked, is_shown=leads or shown[key]))
        for leads, (_path, name, key, _committee, asked, read) in zip(led, rows, strict=True)
    ]


def parts_by_role(held: QuerySet[RoleAssignment], request: ReadingRequest, *, sees_all: bool) -> list[Part]:
    order = list(ROLES)
    rows = sorted(counted(held, request, "role"), key=lambda row: order.index(row[0]))
    shown = let_through({role: asked for role, asked, _read in rows})
    return [Part(ROLES[role].name, Share(read, asked, is_shown=sees_all or shown[role])) for role, asked, read in rows]


def let_through(asked: dict[Any, int]) -> dict[Any, bool]:
    """Which parts may be shown beside their total."""
    shown = GATE.breakdown(asked) or {}
    return {key: shown.get(key) is not None for key in asked}


def units_to_ask_in(person: Person, document: GoverningDocument) -> QuerySet[Unit]:
    """For whoever owns the document all that lies below its unit, for others what they run of it."""
    there = Unit.objects.below(document.unit).filter(valid_to=None).order_by("path")
    if document.is_owned_by(person):
        return there
    return there.filter(pk__in=units_within_reach(person, Permission.RULEBOOK_EDIT).values("pk"))
