"""The duties of the year, and the groups of the login, when the units they belong to become one."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from hjulet.audit.models import Event
from hjulet.base.operations import Refused
from hjulet.monitoring.models import DutyOccurrence, RecurringDuty
from hjulet.monitoring.recurring_duties.operations import plan_from_templates, relocate_duty, reopen_duty, stop_duty
from hjulet.organisation.models import GroupRole, Person, RoleAssignment, Unit
from hjulet.organisation.reorganisations.models import Kind
from hjulet.organisation.reorganisations.operations import plan_reorganisation
from hjulet.organisation.sign_on.operations import bring_roles_into_line, map_group, relocate_group_role
from hjulet.organisation.sign_on.queries import group_roles_of
from tests import factories
from tests.monitoring.recurring_duties import walks as duties
from tests.organisation.reorganisations.test_as_it_was import exported, main_of
from tests.organisation.reorganisations.walks import TODAY, done_today, drafted, home, merged

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return home()


def merge(place):
    done_today(merged(place.administrator, *place.units, effective_date=TODAY), place.administrator)
    return Unit.objects.get(name="Hemtjänsten")


def test_what_was_done_of_a_duty_was_done_in_the_unit_of_then(place, client):
    duty = duties.plan(place.developer, place.north)
    finished = duties.first(duty)
    duties.finish(finished, place.developer)
    new = merge(place)
    client.force_login(place.developer)
    address = reverse("recurring_duties:occurrences")

    duty.refresh_from_db()
    assert duty.unit == new
    assert [(row[4].date().isoformat(), row[2]) for row in exported(client, address)] == [
        ("2026-03-31", "Norr Äldrenämnden"),
        ("2027-03-31", "Hemtjänsten"),
    ]
    assert len(exported(client, address, unit=place.north.pk)) == len(exported(client, address, unit=new.pk)) == 1
    shown = main_of(client.get(finished.get_absolute_url()).text)
    assert ("Norr Äldrenämnden" in shown, "Hemtjänsten" in shown) == (True, False)
    assert {row.unit for row in DutyOccurrence.objects.exclude(pk=finished.pk)} == {new}


def test_what_was_not_done_after_all_is_to_be_done_where_the_duty_is_now(place):
    duty = duties.plan(place.developer, place.north)
    duties.finish(duties.first(duty), place.developer)
    new = merge(place)

    reopened = reopen_duty(duties.first(duty), by=place.developer, reason="Fel rapport.")

    reopened.refresh_from_db()
    assert (reopened.done_in, reopened.unit) == (None, new)


def test_a_stopped_duty_stays_and_says_what_its_unit_was_called(place, client, clock):
    duty = duties.plan(place.developer, place.north)
    stop_duty(duty, by=place.developer, reason="Verksamheten är nedlagd.")
    clock.shift(24 * 3600)
    row = merged(place.administrator, *place.units, effective_date=date(2026, 3, 17))
    plan_reorganisation(row, by=place.administrator, day=date(2026, 3, 17))

    duty.refresh_from_db()
    assert (duty.unit, duty.unit_name) == (place.north, "Norr Äldrenämnden")


def test_the_same_duty_of_two_units_stands_twice_in_the_new_one(place):
    template = duties.template()
    for unit in place.units:
        plan_from_templates(by=place.developer, unit=unit, templates=[template])
    new = merge(place)

    found = RecurringDuty.objects.order_by("pk")
    assert [(duty.unit, duty.template) for duty in found] == [(new, template), (new, None)]
    assert plan_from_templates(by=place.developer, unit=new, templates=[template]) == []


def test_a_duty_follows_within_its_committee_and_by_those_who_manage_both(place):
    duty, other = duties.plan(place.developer, place.north), home("Skolnämnden")

    with pytest.raises(PermissionDenied):
        relocate_duty(duty, by=place.developer, to=place.south, day=TODAY)
    with pytest.raises(Refused, match="hör till en annan nämnd"):
        relocate_duty(duty, by=place.administrator, to=other.north, day=TODAY)
    relocate_duty(duty, by=place.administrator, to=place.south, day=TODAY)

    duty.refresh_from_db()
    assert (duty.unit, duty.revision) == (place.south, 2)
    assert Event.objects.get(verb="recurringduty.relocated").after == {
        "unit": {"id": place.south.pk, "name": place.south.name}
    }


def log_in(person, *groups):
    bring_roles_into_line(person, by=Person.objects.machine(), gives=group_roles_of(groups, TODAY), day=TODAY)


def held(person):
    return set(RoleAssignment.objects.on(TODAY).filter(person=person).values_list("role", "unit__name"))


def test_a_group_gives_the_role_in_the_new_unit_and_the_next_login_takes_nothing_back(place):
    map_group(by=place.administrator, value="Chefer", role="unit_manager", unit=place.north)
    person = factories.person("Mona Chef")
    log_in(person, "Chefer")
    merge(place)

    log_in(person, "Chefer")

    assert held(person) == {("unit_manager", "Hemtjänsten")}
    assert list(GroupRole.objects.values_list("value", "unit__name")) == [("Chefer", "Hemtjänsten")]


def test_a_group_that_gave_the_role_in_both_gives_it_once(place):
    for unit in place.units:
        map_group(by=place.administrator, value="Chefer", role="unit_manager", unit=unit)
    merge(place)

    assert list(GroupRole.objects.values_list("value", "unit__name")) == [("Chefer", "Hemtjänsten")]
    assert sorted(Event.objects.filter(verb__startswith="group_role.re").values_list("verb", flat=True)) == [
        "group_role.relocated",
        "group_role.removed",
    ]


def test_a_group_gives_nothing_in_a_unit_that_is_closed(place):
    map_group(by=place.administrator, value="Chefer", role="unit_manager", unit=place.south)
    done_today(drafted(place.administrator, Kind.CLOSE, [place.south], effective_date=TODAY), place.administrator)

    assert list(GroupRole.objects.all()) == []


def test_a_group_follows_by_those_who_manage_both(place):
    row = map_group(by=place.administrator, value="Chefer", role="unit_manager", unit=place.north)

    with pytest.raises(PermissionDenied):
        relocate_group_role(row, by=place.developer, to=place.south, day=TODAY)
    relocate_group_role(row, by=place.administrator, to=place.south, day=TODAY)

    assert (row.unit, row.revision) == (place.south, 2)
