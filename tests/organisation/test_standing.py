"""What a person may see is asked in words that are kept; these are the things that make them other words."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from hjulet.organisation.deputies.operations import give_deputy
from hjulet.organisation.models import Person, RoleAssignment
from hjulet.organisation.standing import one_of, standing_of
from hjulet.organisation.units.operations import move_unit
from hjulet.organisation.units.queries import units_visible_to
from tests.factories import administration, assign, person

pytestmark = pytest.mark.django_db


def again(someone):
    """As the next page reads the person."""
    return Person.objects.get(pk=someone.pk)


def test_the_standing_of_a_day_is_the_same_for_every_page(manager):
    assert standing_of(again(manager)) == standing_of(again(manager))


def test_another_person_with_the_same_roles_stands_elsewhere(manager, home_care):
    assert standing_of(person("Siv Ek", unit_manager=home_care)) != standing_of(manager)


def test_a_role_that_comes_or_ends_changes_it(manager, home_care):
    before = standing_of(manager)
    assign(manager, "lawyer", home_care, valid_to=date(2026, 3, 16))
    between = standing_of(again(manager))
    RoleAssignment.objects.filter(person=manager, role="lawyer").update(valid_to=date(2026, 3, 15))

    assert before != between
    assert standing_of(again(manager)) == before


def test_a_new_day_changes_it(manager, clock):
    before = standing_of(manager)
    clock.shift(timedelta(days=1))
    assert standing_of(again(manager)) != before


def test_a_unit_that_moves_changes_it(manager, home_care):
    before = standing_of(manager)
    by = person("Ada Ek", system_administrator=home_care.parent.parent)
    move_unit(home_care, by=by, parent=administration(home_care.parent), day=date(2026, 3, 16))
    assert standing_of(again(manager)) != before


def test_a_deputy_stands_where_the_other_stands_too(manager, home_care):
    deputy = person("Siv Ek", unit_manager=home_care)
    before = standing_of(deputy)
    held = RoleAssignment.objects.get(person=manager)
    give_deputy(held, by=manager, person=deputy, valid_from=date(2026, 3, 16), valid_to=date(2026, 3, 20))
    assert standing_of(again(deputy)) != before


def test_whoever_opens_secrets_stands_anew_at_each_login_and_each_minute(home_care, clock):
    lawyer = person("Siv Ek", lawyer=home_care)
    before = standing_of(lawyer)
    clock.shift(timedelta(seconds=59))
    assert standing_of(again(lawyer)) == before
    Person.objects.filter(pk=lawyer.pk).update(last_login=timezone.now())
    at_login = standing_of(again(lawyer))
    clock.shift(timedelta(hours=11))

    assert at_login != before
    assert standing_of(again(lawyer)) not in (before, at_login)


def test_a_row_is_found_by_whoever_may_see_it_and_only_as_long(manager, home_care):
    stranger = person("Siv Ek")
    for _page in range(2):
        assert one_of(units_visible_to, again(manager), home_care.pk) == home_care
        assert one_of(units_visible_to, again(manager), 0) is None
        assert one_of(units_visible_to, again(stranger), home_care.pk) is None

    RoleAssignment.objects.filter(person=manager).update(valid_to=date(2026, 3, 15))

    assert one_of(units_visible_to, again(manager), home_care.pk) is None
