from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.lookups import Exact
from django.utils import timezone

from hjulet.base.expressions import Sifted
from hjulet.base.statements import beside
from hjulet.base.workflow import Happening, OpenMove, history
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.organisation.units.models import UnitKind
from hjulet.rulebook.agreements import rules
from hjulet.rulebook.agreements.models import (
    BEFORE_A_FOLLOW_UP,
    BEFORE_THE_NOTICE,
    Agreement,
    MandatoryBasis,
    Party,
    Requirement,
)
from hjulet.rulebook.agreements.states import COLORS, WORKFLOW, AgreementState
from hjulet.rulebook.laws.models import Provision

RELATED = ("unit", "kind", "mandatory_basis", "owner_person")


@dataclass(frozen=True)
class AgreementPage:
    """What the page of one agreement shows to one person."""

    agreement: Agreement
    successor: Agreement | None
    color: str
    moves: tuple[OpenMove, ...]
    may_change: bool
    may_follow_up: bool
    obstacle_to_change: str | None
    obstacle_to_follow_up: str | None
    obstacle_to_renew: str | None
    provisions: list[Provision]
    parties: list[Party]
    requirements: list[Requirement]
    taken_out: list[Requirement]
    history: list[Happening]


@dataclass(frozen=True)
class MandatoryRow:
    """What the law demands, and the agreements that the person sees of it."""

    basis: MandatoryBasis
    agreements: list[Agreement]
    is_covered: bool


@dataclass(frozen=True)
class MandatoryPage:
    committee: Unit
    rows: list[MandatoryRow]
    may_draft: bool


def agreements_visible_to(person: Person) -> QuerySet[Agreement]:
    """Where every page about agreements starts."""
    return Agreement.objects.visible_to(person).select_related(*RELATED)


def agreements_listed_for(person: Person) -> QuerySet[Agreement]:
    """With the parties that stand, as `other_side`."""
    parties = Prefetch("parties", Party.objects.standing(), to_attr="other_side")
    return agreements_visible_to(person).prefetch_related(parties)


def parties_visible_to(person: Person) -> QuerySet[Party]:
    of_agreements = Agreement.objects.visible_to(person).order_by().values("pk")
    return Party.objects.filter(agreement__in=of_agreements).select_related("agreement__unit", "unit")


def requirements_visible_to(person: Person) -> QuerySet[Requirement]:
    of_agreements = Agreement.objects.visible_to(person).order_by().values("pk")
    return Requirement.objects.filter(agreement__in=of_agreements).select_related("agreement__unit")


def to_follow_up(person: Person, *, day: date | None = None) -> QuerySet[Agreement]:
    """What the person is responsible for following up, from a month before."""
    last = (day or timezone.localdate()) + BEFORE_A_FOLLOW_UP
    return own_in_force(person).filter(next_follow_up_date__lte=last)


def to_renew(person: Person, *, day: date | None = None) -> QuerySet[Agreement]:
    """What must be said up or renewed, while there is time."""
    today = day or timezone.localdate()
    return own_in_force(person).filter(notice_date__range=(today, today + BEFORE_THE_NOTICE))


def to_end(person: Person, *, day: date | None = None) -> QuerySet[Agreement]:
    return own_in_force(person).filter(valid_to__lt=day or timezone.localdate())


def agreements_with_a_day_between(person: Person, first: date, last: date) -> QuerySet[Agreement]:
    """Those in force with something to do or an end then, and those that have been given notice of and end then."""
    between = (first, last)
    to_do = Q(next_follow_up_date__range=between) | Q(notice_date__range=between)
    in_force, ends = Q(state=AgreementState.IN_FORCE), Q(valid_to__range=between)
    rows = agreements_visible_to(person).filter(in_force & (to_do | ends) | Q(state=AgreementState.TERMINATED) & ends)
    return rows.order_by("pk")


def own_in_force(person: Person) -> QuerySet[Agreement]:
    """Found from what is the person's, not from all that is in force."""
    return Agreement.objects.owned_by(person).filter(Exact(Sifted("state"), Value(AgreementState.IN_FORCE)))


def ends_within(months: int, day: date) -> Q:
    """A month is taken as thirty days: it is asked for what comes up, not for a day."""
    return Q(valid_to__range=(day, day + timedelta(days=30 * months)))


def possible_providers(person: Person) -> QuerySet[Unit]:
    """Providers of the organisation, for whoever keeps agreements; the name is no secret."""
    if not rules.may_draft_anywhere(person):
        return Unit.objects.none()
    return Unit.objects.filter(kind=UnitKind.PROVIDER).order_by("path")


def possible_successors(person: Person, agreement: Agreement) -> QuerySet[Agreement]:
    same = Q(unit__committee=agreement.unit.committee_id)
    return agreements_visible_to(person).in_force().filter(same).exclude(pk=agreement.pk)


def agreement_page(person: Person, agreement: Agreement) -> AgreementPage:
    may_change = rules.may_change(person, agreement)
    moves = WORKFLOW.moves_from(agreement.state) if rules.may_decide(person, agreement) else ()
    requirements = list(agreement.requirements.all())
    return AgreementPage(
        agreement=agreement,
        successor=successor_of(person, agreement),
        color=COLORS[agreement.state],
        moves=tuple(OpenMove(move, rules.obstacle_to_move(agreement, move.name)) for move in moves),
        may_change=may_change,
        may_follow_up=rules.may_follow_up(person, agreement),
        obstacle_to_change=rules.obstacle_to_changing(agreement),
        obstacle_to_follow_up=rules.obstacle_to_following_up(agreement),
        obstacle_to_renew=rules.obstacle_to_renewing(agreement) if may_change else None,
        provisions=list(agreement.provisions.select_related("law__successor", "successor__law")),
        parties=list(agreement.parties.standing().select_related("unit")),
        requirements=[row for row in requirements if row.ended_date is None],
        taken_out=[row for row in requirements if row.ended_date],
        history=history(WORKFLOW, beside(agreement, "steps")),
    )


def successor_of(person: Person, agreement: Agreement) -> Agreement | None:
    """The one that follows, if the person may see it: to a provider's contact the next draft does not exist."""
    if agreement.successor_id is None:
        return None
    found = agreements_visible_to(person).filter(pk=agreement.successor_id).first()
    if found:
        agreement.successor = found  # the rules that ask for it need not read it again
    return found


def uncovered(day: date) -> QuerySet[MandatoryBasis]:
    """What the law demands of the municipality and no nämnd of it has an agreement about today."""
    covering = Agreement.objects.holding(day).filter(mandatory_basis=OuterRef("pk"))
    return MandatoryBasis.objects.on(day).filter(~Exists(covering.order_by()))


def committees_to_keep_agreements_in(person: Person) -> QuerySet[Unit]:
    return units_within_reach(person, Permission.RULEBOOK_EDIT).committees()


def mandatory_page(person: Person, committee: Unit, day: date) -> MandatoryPage:
    """The duty is the municipality's: another nämnd's agreement covers it, though it is not shown here."""
    visible = agreements_visible_to(person).holding(day).filter(unit__in=committee_and_above(committee))
    bases = MandatoryBasis.objects.on(day).prefetch_related(Prefetch("agreements", visible, to_attr="shown"))
    missing = set(uncovered(day).values_list("pk", flat=True))
    return MandatoryPage(
        committee=committee,
        rows=[MandatoryRow(basis, basis.shown, basis.pk not in missing) for basis in bases],
        may_draft=rules.may_draft(person, committee),
    )


def committee_and_above(committee: Unit) -> QuerySet[Unit]:
    return Unit.objects.filter(Q(path__startswith=committee.path) | Q(pk__in=committee.lineage)).order_by()
