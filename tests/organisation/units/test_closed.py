"""Nothing new is begun in a unit that has been closed: every operation says so itself, whatever a form offers."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from hjulet.audit.models import Event
from hjulet.base.operations import Refused
from hjulet.monitoring.log_review.operations import plan_review
from hjulet.monitoring.recurring_duties.operations import plan_from_templates
from hjulet.monitoring.self_monitoring.operations import plan_action_from
from hjulet.organisation.models import RoleAssignment, Unit
from hjulet.organisation.roles.operations import assign_role
from hjulet.organisation.sign_on.operations import change_group_role, map_group
from hjulet.organisation.units.operations import close_unit, establish_unit
from hjulet.planning.quality_plan.operations import revise_plan, start_plan
from hjulet.planning.quality_plan.states import PlanState
from hjulet.planning.risks.operations import plan_action_for
from tests import factories
from tests.actions import walks as actions
from tests.monitoring.log_review.walks import rule
from tests.monitoring.recurring_duties import walks as duties
from tests.monitoring.self_monitoring import walks as controls
from tests.organisation.reorganisations.walks import done_today, home, merged
from tests.planning import walks as planning
from tests.planning.goals.walks import goal
from tests.planning.quality_plan.walks import plan_at, registers, secretary

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 16)
LAST = date(2026, 3, 15)
SENTENCE = "Norr Äldrenämnden är stängd: sista dagen var 2026-03-15. Inget nytt kan börjas där."


@pytest.fixture
def place():
    return home()


def closed(place, unit):
    RoleAssignment.objects.filter(unit=unit).update(valid_to=LAST)
    close_unit(unit, by=place.administrator, revision=unit.revision, valid_to=LAST)
    return Unit.objects.get(pk=unit.pk)


def group_role(place, unit):
    return map_group(by=place.administrator, value="hemtjanst", role="unit_manager", unit=unit)


def of_a_risk(place, plan, **given):
    """A risk of the nämnd that goes on, answered in the unit that was closed."""
    risk = planning.risk(place.developer, planning.analysis(place.developer, place.south))
    return partial(plan, risk, by=place.developer, **given)


# Each is made ready while the unit is there, and returns what is tried when it is closed.
OPERATIONS = {
    "action": lambda place: partial(actions.plan, place.developer),
    "action of a risk": lambda place: of_a_risk(
        place, plan_action_for, title="Ändra schemat", description="Två i taget."
    ),
    "control": lambda place: partial(controls.plan, place.developer),
    "duty": lambda place: partial(duties.plan, place.developer),
    "duties of templates": lambda place: partial(
        plan_from_templates, by=place.developer, templates=[duties.template()]
    ),
    "goal": lambda place: partial(goal, place.developer),
    "risk analysis": lambda place: planning.matrix_in_force() and partial(planning.analysis, place.developer),
    "group of a login": lambda place: partial(
        map_group, by=place.administrator, value="hemtjanst", role="unit_manager"
    ),
    "another unit for a group": lambda place: partial(
        change_group_role,
        group_role(place, place.south),
        by=place.administrator,
        revision=1,
        value="hemtjanst",
        role="unit_manager",
    ),
}


@pytest.mark.parametrize("what", OPERATIONS)
def test_nothing_new_is_begun_in_a_closed_unit(what, place):
    begin = OPERATIONS[what](place)
    north = closed(place, place.north)
    events = Event.objects.count()

    with pytest.raises(Refused) as refusal:
        begin(unit=north)

    assert str(refusal.value.sentence) == SENTENCE
    assert Event.objects.count() == events


def test_in_a_closed_committee_no_plan_is_started_or_revised_and_no_review_of_the_log_is_planned(place):
    committee = factories.committee("Byggnadsnämnden")
    developer, reviewer = (
        factories.person(role, **{role: committee}) for role in ("quality_developer", "log_reviewer")
    )
    registers()
    adopted = plan_at(PlanState.ADOPTED, developer, secretary(committee), committee)
    Unit.objects.filter(pk=committee.pk).update(valid_to=LAST)
    committee.refresh_from_db()
    adopted.refresh_from_db()

    for begin in (
        lambda: start_plan(by=developer, committee=committee, year=2027),
        lambda: revise_plan(adopted, by=developer, reason="Nya risker."),
        lambda: plan_review(by=reviewer, unit=committee, rule=rule(), starts_date=date(2026, 2, 1)),
    ):
        with pytest.raises(Refused) as refusal:
            begin()
        assert str(refusal.value.sentence) == SENTENCE.replace("Norr Äldrenämnden", "Byggnadsnämnden")


def test_no_risk_is_added_in_a_closed_unit_and_the_button_says_why(place, client):
    analysis = planning.analysis(place.developer, place.north)
    closed(place, place.north)
    analysis.refresh_from_db()

    with pytest.raises(Refused, match="Inget nytt kan börjas där"):
        planning.risk(place.developer, analysis)
    client.force_login(place.developer)
    assert client.get(analysis.get_absolute_url()).context["page"].obstacle_to_identifying == SENTENCE


def test_no_role_reaches_past_the_last_day_and_no_unit_begins_under_a_closed_one(place):
    north, someone = closed(place, place.north), factories.person("Ny Person")

    with pytest.raises(ValidationError, match="Norr Äldrenämnden stängs 2026-03-15"):
        assign_role(by=place.administrator, person=someone, role="unit_manager", unit=north, valid_from=TODAY)
    with pytest.raises(Refused, match="finns inte 2026-03-16"):
        establish_unit(by=place.administrator, kind="group", parent=north, name="Grupp", valid_from=TODAY)
    assert list(RoleAssignment.objects.filter(person=someone)) == list(Unit.objects.filter(parent=north)) == []


def test_until_the_last_day_has_passed_the_unit_is_there(place):
    RoleAssignment.objects.filter(unit=place.north).update(valid_to=TODAY)
    close_unit(place.north, by=place.administrator, revision=place.north.revision, valid_to=TODAY)

    assert actions.plan(place.developer, place.north).unit == place.north


def test_what_a_control_found_in_a_closed_unit_is_answered_where_the_control_goes_on(place):
    control = controls.plan(place.developer, place.north)
    controls.record(controls.first(control), place.developer)
    done_today(merged(place.administrator, *place.units, effective_date=TODAY), place.administrator)
    found = controls.first(control)

    action = plan_action_from(found, by=place.developer, title="Rätta till", description="Gå igenom planerna.")

    assert (found.unit.name, action.unit.name) == ("Norr Äldrenämnden", "Hemtjänsten")
