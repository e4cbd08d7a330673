from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.base.workflow import Happening, OpenMove, history
from hjulet.collaboration.models import RegisterVersion
from hjulet.collaboration.registers.queries import ShownVersion, history_of
from hjulet.collaboration.registers.register import Register
from hjulet.organisation.models import Person
from hjulet.rulebook.governed import Governed, governed
from hjulet.rulebook.laws import rules
from hjulet.rulebook.laws.models import Law, LawCheck, LawReview, Provision
from hjulet.rulebook.laws.pointing import Pointing, pointings
from hjulet.rulebook.laws.registers import LAWS, PROVISIONS
from hjulet.rulebook.laws.states import CERTAINTY_COLORS, COLORS, WORKFLOW, ReviewState

BESIDE = ("unit", "owner_person", "done_by", "law__successor", "provision__law__successor", "provision__successor__law")


@dataclass(frozen=True)
class LawPage:
    """A law with its provisions, the reviews of it by people, and its earlier wordings here."""

    law: Law
    color: str
    provisions: list[Provision]
    predecessors: list[Law]
    checks: list[LawCheck]
    versions: list[ShownVersion]
    may_edit: bool
    obstacle_to_superseding: str | None


@dataclass(frozen=True)
class ProvisionPage:
    provision: Provision
    color: str
    predecessors: list[Provision]
    versions: list[ShownVersion]
    may_edit: bool
    obstacle_to_superseding: str | None


@dataclass(frozen=True)
class UnverifiedPage:
    laws: list[Law]
    provisions: list[Provision]
    may_edit: bool


@dataclass(frozen=True)
class ReviewPage:
    review: LawReview
    color: str
    moves: tuple[OpenMove, ...]
    history: list[Happening]


def laws_visible_to(person: Person) -> QuerySet[Law]:
    """All of them or none. With the version that stands as `revision`, so that two do not write over each other."""
    if not rules.may_read(person):
        return Law.objects.none()
    return with_revision(Law.objects.select_related("successor", "owner_person"), LAWS)


def laws_listed_for(person: Person) -> QuerySet[Law]:
    return laws_visible_to(person).annotate(provision_count=Count("provisions"))


def provisions_visible_to(person: Person) -> QuerySet[Provision]:
    if not rules.may_read(person):
        return Provision.objects.none()
    rows = Provision.objects.select_related("law__successor", "successor__law")
    return with_revision(rows, PROVISIONS)


def with_revision(rows: QuerySet, register: Register) -> QuerySet:
    versions = RegisterVersion.objects.filter(register=register.key, row_id=OuterRef("pk")).order_by("-number")
    return rows.annotate(revision=Coalesce(Subquery(versions.values("number")[:1]), 0))


def provisions_to_choose() -> QuerySet[Provision]:
    """For a form where something says what it is governed by: those that hold, law by law."""
    rows = Provision.objects.on(timezone.localdate()).select_related("law")
    return rows.order_by("law__title", "law", "order", "pk")


def law_page(person: Person, law: Law) -> LawPage:
    may_edit = rules.may_edit(person)
    provisions = law.provisions.select_related("law__successor", "successor__law").order_by("order", "pk")
    return LawPage(
        law=law,
        color=CERTAINTY_COLORS[law.certainty],
        provisions=list(provisions),
        predecessors=list(law.predecessors.order_by("title", "pk")),
        checks=list(law.checks.select_related("by").order_by("-checked_date", "-pk")),
        versions=history_of(LAWS, law),
        may_edit=may_edit,
        obstacle_to_superseding=rules.obstacle_to_superseding(law) if may_edit else None,
    )


def provision_page(person: Person, provision: Provision) -> ProvisionPage:
    may_edit = rules.may_edit(person)
    return ProvisionPage(
        provision=provision,
        color=CERTAINTY_COLORS[provision.certainty],
        predecessors=list(provision.predecessors.select_related("law").order_by("law", "order", "pk")),
        versions=history_of(PROVISIONS, provision),
        may_edit=may_edit,
        obstacle_to_superseding=rules.obstacle_to_superseding(provision) if may_edit else None,
    )


def unverified_page(person: Person) -> UnverifiedPage:
    return UnverifiedPage(
        laws=list(laws_visible_to(person).unverified()),
        provisions=list(provisions_visible_to(person).unverified().order_by("law__title", "law", "order", "pk")),
        may_edit=rules.may_edit(person),
    )


def pointing_to(row: Law | Provision) -> list[tuple[Pointing, QuerySet]]:
    """All that points to the row, kind by kind; to a law also what points to any of its provisions."""
    if isinstance(row, Law):
        return [(kind, kind.to_any([row], row.provisions.order_by().values("pk"))) for kind in pointings()]
    return [(kind, kind.to_any([], [row])) for kind in pointings()]


def governed_by(person: Person, row: Law | Provision) -> list[Governed]:
    pointing = pointing_to(row)
    return governed([(kind.name, seen) for kind, rows in pointing for seen in kind.seen_by(person, rows)])


def in_words(row: Law | Provision) -> str:
    """The reference as text, for a document: what no longer holds says so, and what to turn to instead."""
    if not row.has_ended:
        return str(row)
    if row.follower:
        return _("%(row)s (gäller inte längre; nu gäller %(follower)s)") % {"row": row, "follower": row.follower}
    return _("%(row)s (gäller inte längre)") % {"row": row}


def law_reviews_visible_to(person: Person) -> QuerySet[LawReview]:
    return LawReview.objects.visible_to(person).select_related(*BESIDE)


def law_reviews_awaiting(person: Person) -> QuerySet[LawReview]:
    return LawReview.objects.owned_by(person).filter(state=ReviewState.OPEN).select_related(*BESIDE)


def overdue_for_review(day: date) -> Q:
    """The condition on a law that somebody should have gone through it again."""
    return Q(next_review_date__lt=day, ended_some_day=False) & (Q(valid_to=None) | Q(valid_to__gte=day))


def review_page(person: Person, review: LawReview) -> ReviewPage:
    moves = WORKFLOW.moves_from(review.state) if rules.may_work_on(person, review) else ()
    return ReviewPage(
        review=review,
        color=COLORS[review.state],
        moves=tuple(OpenMove(move, rules.obstacle_to_move(review, move.name)) for move in moves),
        history=history(WORKFLOW, review.steps.order_by("at", "pk")),
    )
