"""Who may reorganise, and what stands in the way of a reorganisation as it is drawn up."""

from collections import Counter
from collections.abc import Callable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjulet.organisation.people.models import Person
from hjulet.organisation.reorganisations.following import Following, followings
from hjulet.organisation.reorganisations.models import Kind, Reorganisation
from hjulet.organisation.reorganisations.planning import Plan, planned_beside
from hjulet.organisation.reorganisations.states import ReorganisationState
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds, holds_anywhere
from hjulet.organisation.units.models import Unit, UnitKind
from hjulet.organisation.units.rules import obstacle_to_moving, obstacle_to_standing_under

FEWEST = 2
ONLY_RENAMED = (UnitKind.MUNICIPALITY, UnitKind.COMMITTEE)


def may_begin(person: Person) -> bool:
    return holds_anywhere(person, Permission.ORGANISATION_MANAGE)


def may_plan(person: Person, plan: Plan) -> bool:
    """Whoever manages the whole nämnd of every unit in it: people's roles, and so their rights, follow along."""
    return all(holds(person, Permission.ORGANISATION_MANAGE, unit.committee or unit) for unit in plan.involved)


def may_sort(person: Person, plan: Plan, following: Following) -> bool:
    """Which way each row goes is also said by whoever leads that work in the unit; what goes every way is not sorted."""
    if following.everywhere:
        return False
    return may_plan(person, plan) or all(holds(person, following.sorted_by, unit) for unit in plan.sources)


def obstacle_to_changing(reorganisation: Reorganisation) -> str | None:
    if reorganisation.state == ReorganisationState.DRAFT:
        return None
    return _("Omorganisationen är %(state)s. Bara ett utkast kan ändras.") % {
        "state": reorganisation.get_state_display().lower()
    }


def obstacle_to_sorting(plan: Plan) -> str | None:
    """Open rows are shared out until the day, between what a unit is divided into."""
    if plan.kind == Kind.SPLIT and plan.reorganisation.state in (
        ReorganisationState.DRAFT,
        ReorganisationState.PLANNED,
    ):
        return None
    return _("Bara när en enhet ska delas väljer man vart var sak går.")


def obstacle_to_planning(plan: Plan) -> str | None:
    """As on the day, and that the day has not passed."""
    if plan.reorganisation.effective_date < timezone.localdate():
        return _("Dagen har passerat. Välj en dag från och med i dag.")
    return obstacle_to_carrying_out(plan)


def obstacle_now(plan: Plan) -> str | None:
    """What its page says: of a draft that the day may not have passed either."""
    is_draft = plan.reorganisation.state == ReorganisationState.DRAFT
    return obstacle_to_planning(plan) if is_draft else obstacle_to_carrying_out(plan)


def is_shown(plan: Plan, move: str) -> bool:
    """The day carries it out by itself; the button is for one that could not be done when its day came."""
    return move != "carry_out" or plan.reorganisation.effective_date <= timezone.localdate()


def obstacle_to_carrying_out(plan: Plan) -> str | None:
    """The first thing that would make it wrong now; the same before it is planned and on its day."""
    checks: tuple[Callable[[Plan], Iterator[str]], ...] = (
        of_the_units,
        OF_A_KIND[Kind(plan.kind)],
        of_other_plans,
        of_what_follows,
    )
    return next((sentence for check in checks for sentence in check(plan)), None)


def of_the_units(plan: Plan) -> Iterator[str]:
    for unit in plan.involved:
        if unit.valid_to is not None:
            yield _("%(unit)s är stängd.") % {"unit": unit.name}
        if unit.valid_from > plan.reorganisation.effective_date:
            yield _("%(unit)s finns först från %(day)s.") % {"unit": unit.name, "day": unit.valid_from.isoformat()}
    for unit in plan.sources:
        if unit.kind in ONLY_RENAMED and plan.kind != Kind.RENAME:
            yield _("%(unit)s kan bara byta namn. Flytta i stället det som ligger under.") % {"unit": unit.name}
        if plan.dissolves and unit.kind == UnitKind.PROVIDER and (plan.kind != Kind.CLOSE or plan.targets):
            yield _(
                "%(unit)s är en utförare och kan bara byta namn eller läggas ned när inget är öppet. "
                "Det som hör till en utförare går inte över till någon annan."
            ) % {"unit": unit.name}
        if plan.dissolves and unit.valid_from == plan.reorganisation.effective_date:
            yield _("%(unit)s börjar samma dag. Välj en senare dag.") % {"unit": unit.name}


def of_renaming(plan: Plan) -> Iterator[str]:
    (unit,), (named,) = plan.sources, plan.targets
    if (unit.name, unit.code) == (named.name, named.code):
        yield _("Enheten heter redan så. Skriv det nya namnet eller beteckningen.")


def of_moving(plan: Plan) -> Iterator[str]:
    (unit,), parent = plan.sources, plan.parent
    if not plan.crosses:
        if sentence := obstacle_to_moving(unit, parent):
            yield sentence
        return
    if sentence := obstacle_to_standing_under(unit.kind, parent):
        yield sentence
    for receiver in plan.receivers:
        yield from of_a_receiver(plan, receiver)


def of_merging(plan: Plan) -> Iterator[str]:
    units = [*plan.sources, *plan.receivers]
    first, *others = units
    if not others:
        yield _("Välj minst två enheter att slå ihop.")
    for unit in others:
        if unit.kind != first.kind:
            yield _("%(unit)s är av ett annat slag än %(other)s.") % {"unit": unit.name, "other": first.name}
    for receiver in plan.receivers:
        yield from of_a_receiver(plan, receiver)
    yield from of_one_above_another(units)
    for unit in others:
        if unit.committee_id != first.committee_id:
            yield _("%(unit)s hör till en annan nämnd än %(other)s.") % {"unit": unit.name, "other": first.name}


def of_splitting(plan: Plan) -> Iterator[str]:
    if len(plan.targets) < FEWEST:
        yield _("Skriv namnen på minst två nya enheter.")
    names = [to.name.casefold() for to in plan.targets]
    if len(set(names)) < len(names):
        yield _("Två av de nya enheterna heter lika.")


def of_closing(plan: Plan) -> Iterator[str]:
    for receiver in plan.receivers:
        yield from of_a_receiver(plan, receiver)


def of_a_receiver(plan: Plan, receiver: Unit) -> Iterator[str]:
    """What is open goes to a unit that goes on, in the same nämnd."""
    for unit in plan.sources:
        if receiver.path.startswith(unit.path):
            yield _("%(receiver)s ligger under %(unit)s och kan inte ta emot det som är öppet där.") % {
                "receiver": receiver.name,
                "unit": unit.name,
            }
        if receiver.committee_id != unit.committee_id:
            yield _("%(to)s hör till en annan nämnd än %(unit)s.") % {"to": receiver.name, "unit": unit.name}


def of_one_above_another(units: list[Unit]) -> Iterator[str]:
    for unit in units:
        for other in units:
            if unit.pk != other.pk and unit.path.startswith(other.path):
                yield _("%(unit)s ligger under %(other)s. Lägg ned den i stället.") % {
                    "unit": unit.name,
                    "other": other.name,
                }


def of_other_plans(plan: Plan) -> Iterator[str]:
    for other in planned_beside(plan)[:1]:
        yield _("En av enheterna ingår redan i en omorganisation som är planerad till %(day)s: %(other)s.") % {
            "day": other.effective_date.isoformat(),
            "other": other,
        }


def of_what_follows(plan: Plan) -> Iterator[str]:
    if stranded := plan.stranded:
        kinds = Counter(str(course.following.name).lower() for course in stranded)
        counts = [f"{name} ({count})" for name, count in kinds.items()]
        yield ngettext(
            "En sak är öppen och har ingenstans att ta vägen: %(what)s. Välj en enhet som tar emot.",
            "%(count)s saker är öppna och har ingenstans att ta vägen: %(what)s. Välj en enhet som tar emot.",
            len(stranded),
        ) % {"count": len(stranded), "what": ", ".join(counts)}
    day = plan.reorganisation.effective_date
    for unit in {to.unit for to in plan.destinations}:
        for following in followings():
            if following.obstacle and (sentence := following.obstacle(plan.leaving, unit, day)):
                yield sentence


OF_A_KIND: dict[Kind, Callable[[Plan], Iterator[str]]] = {
    Kind.RENAME: of_renaming,
    Kind.MOVE: of_moving,
    Kind.MERGE: of_merging,
    Kind.SPLIT: of_splitting,
    Kind.CLOSE: of_closing,
}
