"""A reorganisation in a given state, and a nämnd with something of every kind to reorganise; by the real operations."""

from dataclasses import dataclass
from datetime import date
from itertools import count

from hjulet.actions.models import Action
from hjulet.actions.states import ActionState
from hjulet.collaboration.saved_views.operations import save_view
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.reorganisations import operations
from hjulet.organisation.reorganisations.models import Kind
from hjulet.organisation.reorganisations.planning import plan_of
from hjulet.organisation.reorganisations.states import ReorganisationState as S
from hjulet.planning.models import Goal, Risk
from tests import factories
from tests.actions.walks import action_at
from tests.monitoring.self_monitoring import walks as controls
from tests.planning import walks as planning
from tests.planning.goals.walks import goal

TODAY = date(2026, 3, 16)
IN_MAY = date(2026, 5, 1)
numbers = count(1)


@dataclass
class Home:
    """A nämnd with a förvaltning and two units, each with a head; someone who manages all and someone who leads it."""

    committee: Unit
    office: Unit
    north: Unit
    south: Unit
    administrator: Person
    developer: Person
    head: Person

    @property
    def units(self) -> tuple[Unit, Unit]:
        return self.north, self.south


def home(name="Äldrenämnden") -> Home:
    committee = factories.committee(name)
    office = factories.administration(committee, f"Förvaltningen {name}")
    north, south = factories.unit(office, f"Norr {name}"), factories.unit(office, f"Söder {name}")
    number = next(numbers)
    return Home(
        committee=committee,
        office=office,
        north=north,
        south=south,
        administrator=factories.person(f"Siv System {number}", system_administrator=factories.municipality()),
        developer=factories.person(f"Disa Falk {number}", quality_developer=committee),
        head=factories.person(f"Eva Chef {number}", unit_manager=north),
    )


@dataclass
class Full:
    """What belongs to one unit: of each kind something that goes on and something that is finished."""

    open_action: Action
    closed_action: Action
    goal: Goal
    old_goal: Goal
    risk: Risk


def full(place: Home, unit: Unit) -> Full:
    by = place.developer
    control = controls.plan(by, unit)
    controls.record(controls.first(control), by)
    controls.plan(by, unit, title="Slutade i fjol", starts_date=date(2025, 1, 1), ends_date=date(2025, 12, 31))
    factories.group(unit, f"Grupp i {unit.name}")
    save_view(
        by=factories.person(f"Vyn i {unit.pk}", unit_manager=unit), address="/atgarder/", name="Våra", shared_with=unit
    )
    return Full(
        open_action=action_at(ActionState.ONGOING, by, unit, title="Öppen"),
        closed_action=action_at(ActionState.CLOSED, by, unit, title="Stängd"),
        goal=goal(by, unit, last_year=2027),
        old_goal=goal(by, unit, first_year=2024, last_year=2025),
        risk=planning.risk(by, planning.analysis(by, unit)),
    )


def drafted(by, kind, sources, **given):
    said = {"effective_date": IN_MAY, "basis": "Nämndens beslut i mars."} | given
    return operations.draft_reorganisation(by=by, kind=kind, sources=list(sources), **said)


def renamed(by, unit, name="Hemtjänsten", **given):
    return drafted(by, Kind.RENAME, [unit], new=[(name, "")], **given)


def merged(by, *units, name="Hemtjänsten", **given):
    new = {} if "receiver" in given else {"new": [(name, "H")]}
    return drafted(by, Kind.MERGE, units, **new | given)


def at(state, by, unit):
    """A change of name, walked to the state."""
    row = renamed(by, unit, effective_date=TODAY if state == S.CARRIED_OUT else IN_MAY)
    if state == S.CANCELLED:
        operations.cancel_reorganisation(row, by=by, reason="Beslutet upphävdes.")
    elif state != S.DRAFT:
        decide(row, by)
    row.refresh_from_db()
    assert row.state == state
    return row


def decide(row, by):
    return operations.plan_reorganisation(row, by=by, day=TODAY)


def done_today(row, by):
    """Planned and carried out at once."""
    assert row.effective_date == TODAY
    decide(row, by)
    row.refresh_from_db()
    assert row.state == S.CARRIED_OUT
    return row


def courses(row, viewer=None):
    """Where each open row goes, as the page says before and the day keeps after: (kind, row, where)."""
    return {
        (found.following.key, found.row_id, found.to.name if found.to else "") for found in plan_of(row, viewer).courses
    }


def kept(row):
    return {(said["key"], key, said["to"]) for said in row.outcome for key in said["rows"]}
