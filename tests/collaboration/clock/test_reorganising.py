from datetime import date

import pytest
from django.utils import timezone

from hjulet.base.operations import Refused
from hjulet.collaboration.clock.reorganising import carry_out_due
from hjulet.collaboration.models import SavedView
from hjulet.collaboration.saved_views.operations import save_view
from hjulet.organisation.models import Succession, Unit, UnitVersion
from hjulet.organisation.reorganisations import operations
from hjulet.organisation.reorganisations.models import Kind
from hjulet.organisation.reorganisations.states import ReorganisationState as S
from tests import factories
from tests.actions.walks import plan
from tests.collaboration.clock.rounds import machine, run
from tests.organisation.reorganisations.walks import IN_MAY, decide, drafted, home, merged, renamed

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return home()


def test_the_clock_waits_for_the_day(place, clock):
    row = renamed(place.administrator, place.north)
    decide(row, place.administrator)

    clock.move_to("2026-04-30 23:00+02:00")
    assert "reorganisations" not in run()
    clock.move_to("2026-05-01 00:01+02:00")
    assert run()["reorganisations"] == 1

    row.refresh_from_db()
    assert (row.state, row.steps.last().by_name) == (S.CARRIED_OUT, "Kvalitetshjulet")
    assert "reorganisations" not in run()


def test_a_clock_that_stood_still_for_a_week_dates_it_as_decided(place, clock):
    row = merged(place.administrator, *place.units)
    decide(row, place.administrator)
    clock.move_to("2026-05-08 08:00+02:00")
    late = plan(place.head, place.north, title="Planerad medan klockan stod")

    run()

    new = Unit.objects.get(name="Hemtjänsten")
    place.north.refresh_from_db()
    late.refresh_from_db()
    assert (place.north.valid_to, new.valid_from, late.unit) == (date(2026, 4, 30), IN_MAY, new)
    assert Succession.objects.filter(later=new, day=IN_MAY).count() == 2
    assert {held.valid_from for held in new.role_assignments.all()} == {IN_MAY}
    assert UnitVersion.objects.get(unit=new).valid_from == IN_MAY


def test_a_second_clock_does_nothing_more(place, clock):
    decide(renamed(place.administrator, place.north), place.administrator)
    clock.move_to("2026-05-02 08:00+02:00")
    day = timezone.localdate()

    assert [carry_out_due(machine(), day), carry_out_due(machine(), day)] == [1, 0]
    assert UnitVersion.objects.filter(unit=place.north).count() == 2


def test_a_row_that_another_clock_has_just_done_is_not_done_again(place, clock, monkeypatch):
    row = renamed(place.administrator, place.north)
    decide(row, place.administrator)
    clock.move_to("2026-05-02 08:00+02:00")
    stale = type(row).objects.get(pk=row.pk)
    operations.carry_out(row, by=machine())

    with pytest.raises(Refused):
        operations.carry_out(stale, by=machine())
    assert UnitVersion.objects.filter(unit=place.north).count() == 2


def test_one_that_can_no_longer_be_done_is_said_and_stops_no_other(place, clock):
    blocked = drafted(place.administrator, Kind.CLOSE, [place.north])
    decide(blocked, place.administrator)
    decide(renamed(place.administrator, place.south, "Sunnan"), place.administrator)
    plan(place.head, place.north)
    clock.move_to("2026-05-02 08:00+02:00")

    assert run()["reorganisations"] == (
        "Lägg ned: Norr Äldrenämnden: En sak är öppen och har ingenstans att ta vägen: öppna åtgärder (1). "
        "Välj en enhet som tar emot."
    )
    blocked.refresh_from_db()
    place.south.refresh_from_db()
    assert (blocked.state, place.south.name) == (S.PLANNED, "Sunnan")


def test_saved_views_show_of_the_new_unit_what_they_showed_of_the_old(place):
    view = save_view(
        by=place.head, address=f"/atgarder/?unit={place.north.pk}&state=ongoing", name="Våra", shared_with=place.north
    )
    row = drafted(
        place.administrator, Kind.CLOSE, [place.north], receiver=place.south, effective_date=date(2026, 3, 16)
    )
    decide(row, place.administrator)

    view = SavedView.objects.get(pk=view.pk)
    assert (view.shared_with, view.query) == (place.south, f"unit={place.south.pk}&state=ongoing")
    assert view in SavedView.objects.visible_to(factories.person("Ny Kollega", employee=place.south))
