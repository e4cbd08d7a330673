"""What shows whether a goal is reached: chosen on the goal, and seen from both."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from hjulet.audit.models import Event
from hjulet.base.operations import Refused
from hjulet.monitoring.indicators.operations import withdraw_indicator
from hjulet.planning.goals import operations
from hjulet.planning.goals.models import Goal, GoalLevel, lacks_indicator
from tests.factories import committee, municipality, person, unit
from tests.monitoring.indicators.walks import aim_at, define, record, turn
from tests.planning.goals.walks import goal as set_goal
from tests.planning.goals.walks import withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def goal(manager, home_care):
    return set_goal(manager, home_care)


@pytest.fixture
def indicator(manager, home_care):
    return define(manager, home_care)


def test_chosen_once_and_taken_away_with_a_reason(manager, goal, indicator):
    operations.measure_goal(goal, by=manager, indicator=indicator)
    operations.measure_goal(goal, by=manager, indicator=indicator)

    assert (list(goal.indicators.all()), list(indicator.goals.all())) == ([indicator], [goal])
    assert Event.objects.filter(verb="goal.indicator_chosen").count() == 1

    operations.stop_measuring_goal(goal, by=manager, indicator=indicator, reason="Mäter något annat.")
    event = Event.objects.get(verb="goal.indicator_removed")
    assert (list(goal.indicators.all()), event.after) == ([], {"reason": "Mäter något annat."})


def test_the_reason_is_asked_for(manager, goal, indicator):
    with pytest.raises(ValidationError, match="Skriv en orsak"):
        operations.stop_measuring_goal(goal, by=manager, indicator=indicator, reason=" ")


def test_what_no_longer_holds_is_measured_by_nothing_new(manager, goal, indicator):
    withdraw(goal, manager)

    with pytest.raises(Refused, match="Målet är upphävt"):
        operations.measure_goal(goal, by=manager, indicator=indicator)
    with pytest.raises(Refused, match="Målet är upphävt"):
        operations.stop_measuring_goal(goal, by=manager, indicator=indicator, reason="Fel.")


def test_what_is_withdrawn_measures_nothing(manager, goal, indicator):
    withdraw_indicator(indicator, by=manager, reason="Ersatt.")

    with pytest.raises(Refused, match="Nyckeltalet är upphävt"):
        operations.measure_goal(goal, by=manager, indicator=indicator)


def test_another_nämnd_measures_none_of_our_goals_but_those_of_all(home_care, indicator):
    rut = person("Rut", quality_developer=municipality())
    theirs = set_goal(rut, unit(committee("Äldrenämnden"), "Boende"))
    everyones = set_goal(rut, municipality(), "Övergripande mål")

    with pytest.raises(Refused, match="hör till en annan nämnd"):
        operations.measure_goal(theirs, by=rut, indicator=indicator)
    operations.measure_goal(everyones, by=rut, indicator=indicator)
    assert list(everyones.indicators.all()) == [indicator]


def test_whoever_may_not_change_the_goal_or_see_the_indicator_chooses_nothing(home_care, goal, indicator):
    boende = unit(committee("Äldrenämnden"), "Boende")
    elsewhere = person("Ola Berg", unit_manager=boende)
    theirs = set_goal(elsewhere, boende)

    for somebody, which in ((person("Ali", employee=home_care), goal), (elsewhere, theirs)):
        with pytest.raises(PermissionDenied):
            operations.measure_goal(which, by=somebody, indicator=indicator)
    with pytest.raises(PermissionDenied):
        operations.stop_measuring_goal(goal, by=elsewhere, indicator=indicator, reason="Fel.")


def test_which_goals_lack_one(home_care, manager, goal, indicator):
    measured = set_goal(manager, home_care, title="Mätt")
    operations.measure_goal(measured, by=manager, indicator=indicator)
    rut = person("Rut", quality_developer=municipality())
    set_goal(rut, municipality(), "Övergripande mål")
    vision = GoalLevel.objects.create(key="vision", name="Hela kommunens vision", order=9)
    operations.set_goal(by=rut, unit=home_care, level=vision, title="Vision", first_year=2026, last_year=2026)

    assert list(Goal.objects.filter(lacks_indicator())) == [goal]
    withdraw_indicator(indicator, by=manager, reason="Ersatt.")
    assert set(Goal.objects.filter(lacks_indicator())) == {goal, measured}


def test_both_pages_show_it(client, manager, goal, indicator):
    aim_at(indicator, manager)
    record(turn(indicator), manager, count=490, total=500)
    client.force_login(manager)

    client.post(reverse("goals:choose_indicator", args=[goal.pk]), {"indicator": indicator.pk})

    [measure] = client.get(goal.get_absolute_url()).context["page"].measures
    assert (measure.indicator, str(measure.standing)) == (indicator, "98 % Uppnått")
    address = reverse("goals:for_indicator", args=[indicator.pk])
    panel = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert (goal.title in panel, "<html" in panel) == (True, False)
    assert goal.title in client.get(address).content.decode()
    assert address in client.get(indicator.get_absolute_url()).content.decode()

    remove = reverse("goals:remove_indicator", args=[goal.pk, indicator.pk])
    client.post(remove, {"reason": "Mäter något annat."})
    assert list(goal.indicators.all()) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_page_statements(client, manager, goal, rows, django_assert_num_queries):
    for number in range(rows):
        one = define(manager, goal.unit, name=f"Nyckeltal {number}")
        operations.measure_goal(goal, by=manager, indicator=one)
        record(turn(one), manager)
    client.force_login(manager)

    with django_assert_num_queries(12):
        client.get(goal.get_absolute_url())


def test_only_what_may_be_chosen_is_offered(client, manager, home_care, goal, indicator):
    free = define(manager, home_care, name="Fritt")
    withdraw_indicator(define(manager, home_care, name="Avskaffat"), by=manager, reason="Ersatt.")
    rut = person("Rut", quality_developer=municipality())
    define(rut, unit(committee("Äldrenämnden"), "Boende"))
    operations.measure_goal(goal, by=manager, indicator=indicator)
    client.force_login(rut)

    form = client.get(reverse("goals:choose_indicator", args=[goal.pk])).context["form"]

    assert list(form.fields["indicator"].queryset) == [free]


def test_reader_of_the_goal_chooses_nothing(client, home_care, goal, manager, indicator):
    operations.measure_goal(goal, by=manager, indicator=indicator)
    client.force_login(person("Nils Ledamot", committee_member=home_care.committee))

    assert client.get(reverse("goals:choose_indicator", args=[goal.pk])).status_code == 403
    assert client.get(reverse("goals:remove_indicator", args=[goal.pk, indicator.pk])).status_code == 403
