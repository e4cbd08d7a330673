"""What was said, proposed and found missing in two units when they become one."""

import pytest
from django.core.exceptions import PermissionDenied

from hjulet.organisation.models import Unit
from hjulet.planning.competence.operations import end_need, relocate_need
from hjulet.planning.competence.queries import map_of, needs_visible_to
from hjulet.planning.ideas.operations import relocate_idea
from hjulet.planning.participation.operations import relocate_meeting
from tests.organisation.reorganisations.walks import TODAY, done_today, home, merged
from tests.planning.competence.walks import need
from tests.planning.ideas.walks import idea_at, propose
from tests.planning.participation.walks import outcome, outcome_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return home()


def merge(place):
    done_today(merged(place.administrator, *place.units, effective_date=TODAY), place.administrator)
    return Unit.objects.get(name="Hemtjänsten")


def units_of(*rows):
    for row in rows:
        row.refresh_from_db()
    return [row.unit for row in rows]


def test_a_meeting_follows_while_something_is_unanswered(place):
    waiting, answered = outcome(place.developer, place.north), outcome_at("no_measure", place.developer, place.north)
    works = outcome(place.developer, place.north, "God mat.", of_kind="works")

    new = merge(place)

    assert units_of(waiting.meeting, answered.meeting, works.meeting) == [new, place.north, place.north]


def test_an_idea_follows_until_it_is_over(place):
    open_one, declined = propose(place.developer, place.north), idea_at("declined", place.developer, place.north)

    new = merge(place)

    assert units_of(open_one, declined) == [new, place.north]


def test_the_needs_of_two_units_stand_beside_each_other_in_the_new_one(place):
    north, south = (need(place.developer, unit) for unit in place.units)
    gone = need(place.developer, place.north, role_title="Kock")
    end_need(gone, by=place.developer, reason="Köket är stängt.")

    new = merge(place)

    assert units_of(north, south, gone) == [new, new, place.north]
    [row] = map_of(needs_visible_to(place.developer)).rows
    assert row.cells == [[north, south]]


@pytest.mark.parametrize(
    ("made", "relocated"),
    [
        (lambda place: outcome(place.developer, place.north).meeting, relocate_meeting),
        (lambda place: propose(place.developer, place.north), relocate_idea),
        (lambda place: need(place.developer, place.north), relocate_need),
    ],
    ids=["meeting", "idea", "need"],
)
def test_they_follow_by_those_who_manage_both_units(place, made, relocated):
    row = made(place)

    with pytest.raises(PermissionDenied):
        relocated(row, by=place.developer, to=place.south, day=TODAY)
    relocated(row, by=place.administrator, to=place.south, day=TODAY)

    assert units_of(row) == [place.south]
