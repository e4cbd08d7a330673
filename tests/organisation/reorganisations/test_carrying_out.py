from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from hjulet.actions.models import Action
from hjulet.audit.models import Event
from hjulet.base.operations import Refused
from hjulet.collaboration.models import SavedView
from hjulet.monitoring.models import Control, Occurrence
from hjulet.organisation.models import Placement, RoleAssignment, Succession, Unit, UnitVersion
from hjulet.organisation.reorganisations import operations
from hjulet.organisation.reorganisations.following import following_of
from hjulet.organisation.reorganisations.models import Kind, Side
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds
from hjulet.planning.models import Goal, Risk, RiskAnalysis
from tests import factories
from tests.organisation.reorganisations.walks import (
    TODAY,
    courses,
    done_today,
    drafted,
    full,
    home,
    kept,
    merged,
    renamed,
)
from tests.planning import walks as planning

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return home()


def named(name):
    return Unit.objects.get(name=name)


def test_a_merge_takes_what_is_open_along_and_leaves_what_is_finished(place):
    north, south = (full(place, unit) for unit in place.units)
    done_today(merged(place.administrator, *place.units, effective_date=TODAY), place.administrator)

    new = named("Hemtjänsten")
    assert (new.code, new.parent, new.committee, new.valid_from) == ("H", place.office, place.committee, TODAY)
    for unit, there in zip(place.units, (north, south), strict=True):
        unit.refresh_from_db()
        assert unit.valid_to == date(2026, 3, 15)
        assert {
            row.title: row.unit for row in Action.objects.filter(pk__in=[there.open_action.pk, there.closed_action.pk])
        } == {
            "Öppen": new,
            "Stängd": unit,
        }
        assert (Goal.objects.get(pk=there.goal.pk).unit, Goal.objects.get(pk=there.old_goal.pk).unit) == (new, unit)
        assert Risk.objects.get(pk=there.risk.pk).analysis.unit == new
        assert RiskAnalysis.objects.get(unit=unit).risks.count() == 0
        assert [control.title for control in Control.objects.filter(unit=unit)] == ["Slutade i fjol"]
        assert Occurrence.objects.in_unit(unit).filter(state="done").count() == 1
    assert sorted(unit.name for unit in new.children.all()) == [
        "Grupp i Norr Äldrenämnden",
        "Grupp i Söder Äldrenämnden",
    ]
    assert RiskAnalysis.objects.get(unit=new).risks.count() == 2
    assert Occurrence.objects.in_unit(new).filter(state="done").count() == 0
    assert set(SavedView.objects.values_list("shared_with", flat=True)) == {new.pk}
    assert set(Succession.objects.values_list("earlier", "later", "day")) == {
        (place.north.pk, new.pk, TODAY),
        (place.south.pk, new.pk, TODAY),
    }


@pytest.mark.parametrize("kind", ["merge", "merge into one", "split", "close", "cross"])
def test_the_day_does_what_the_page_has_shown(place, kind):
    by, other = place.administrator, home("Socialnämnden")
    for unit in place.units:
        full(place, unit)
    row = {
        "merge": lambda: merged(by, *place.units, effective_date=TODAY),
        "merge into one": lambda: merged(by, *place.units, receiver=place.south, effective_date=TODAY),
        "split": lambda: drafted(by, Kind.SPLIT, [place.north], new=[("Ena", ""), ("Andra", "")], effective_date=TODAY),
        "close": lambda: drafted(by, Kind.CLOSE, [place.north], receiver=place.south, effective_date=TODAY),
        "cross": lambda: drafted(
            by, Kind.MOVE, [place.north], parent=other.office, receiver=place.south, effective_date=TODAY
        ),
    }[kind]()
    shown = courses(row, place.head)

    done_today(row, by)

    assert kept(row) == shown
    assert {key for key, _row, _to in shown} >= {"actions", "controls", "goals", "risks", "roles", "views"}


def test_each_row_that_follows_has_an_event_of_its_own(place):
    there = full(place, place.north)
    done_today(
        drafted(place.administrator, Kind.CLOSE, [place.north], receiver=place.south, effective_date=TODAY),
        place.administrator,
    )

    event = Event.objects.get(verb="action.relocated")
    assert (event.target_id, event.unit_id, event.actor_name) == (
        there.open_action.pk,
        place.south.pk,
        place.administrator.name,
    )
    assert event.before == {"unit": {"id": place.north.pk, "name": "Norr Äldrenämnden"}}
    assert event.after == {"unit": {"id": place.south.pk, "name": "Söder Äldrenämnden"}}
    counted = {
        verb: Event.objects.filter(verb=verb).count()
        for verb in ("control.relocated", "goal.relocated", "risk.relocated")
    }
    assert counted == {"control.relocated": 1, "goal.relocated": 1, "risk.relocated": 1}


def test_roles_follow_with_their_ends_and_whoever_holds_two_holds_one(place):
    head = place.head
    factories.assign(head, "unit_manager", place.south, valid_to=date(2026, 8, 31))
    temp = factories.person("Vik Arie")
    factories.assign(temp, "employee", place.north, valid_from=date(2026, 2, 1), valid_to=date(2026, 6, 30))
    coming = factories.person("Kom Ande")
    factories.assign(coming, "employee", place.north, valid_from=date(2026, 9, 1))
    before = factories.person("Gick Nyss")
    factories.assign(before, "employee", place.north, valid_to=date(2026, 1, 31))

    done_today(merged(place.administrator, *place.units, effective_date=TODAY), place.administrator)

    new = named("Hemtjänsten")
    there = {(row.person, row.valid_from, row.valid_to) for row in RoleAssignment.objects.filter(unit=new)}
    assert there == {
        (head, TODAY, None),
        (temp, TODAY, date(2026, 6, 30)),
        (coming, date(2026, 9, 1), None),
    }
    left = {(row.person, row.unit, row.valid_to) for row in RoleAssignment.objects.filter(unit__in=place.units)}
    yesterday = date(2026, 3, 15)
    assert left == {
        (head, place.north, yesterday),
        (head, place.south, yesterday),
        (temp, place.north, yesterday),
        (before, place.north, date(2026, 1, 31)),
    }


def test_a_unit_that_is_divided_sends_each_row_where_it_was_placed(place):
    there = full(place, place.north)
    row = drafted(
        place.administrator, Kind.SPLIT, [place.north], new=[("Dagen", ""), ("Natten", "")], effective_date=TODAY
    )
    night = row.parts.get(side=Side.TO, name="Natten")

    operations.place_rows(row, by=place.head, following=following_of("actions"), parts={there.open_action.pk: night})
    operations.place_rows(
        row,
        by=place.administrator,
        following=following_of("roles"),
        parts={place.head.role_assignments.get().pk: night},
    )
    done_today(row, place.administrator)

    assert Action.objects.get(pk=there.open_action.pk).unit == named("Natten")
    assert Risk.objects.get(pk=there.risk.pk).analysis.unit == named("Dagen")
    place.head.refresh_from_db()
    assert {held.unit.name for held in RoleAssignment.objects.on(TODAY).filter(person=place.head)} == {"Natten"}


def test_who_may_say_which_way_a_row_goes(place):
    row = drafted(place.administrator, Kind.SPLIT, [place.north], new=[("Dagen", ""), ("Natten", "")])
    part = row.parts.get(name="Natten")
    outsider = factories.person("Ute Chef", unit_manager=place.south)

    for somebody, key in ((outsider, "actions"), (place.head, "roles")):
        with pytest.raises(PermissionDenied):
            operations.place_rows(row, by=somebody, following=following_of(key), parts={1: part})
    assert Placement.objects.count() == 0


def test_closing_with_nothing_open_ends_the_roles(place):
    done_today(drafted(place.administrator, Kind.CLOSE, [place.north], effective_date=TODAY), place.administrator)

    assert place.head.role_assignments.get().valid_to == date(2026, 3, 15)
    place.head.__dict__.pop("_assignments_today", None)
    assert not holds(place.head, Permission.ACTIONS_EDIT, place.north)


def test_closing_is_refused_while_something_is_open_and_says_what(place):
    full(place, place.north)
    row = drafted(place.administrator, Kind.CLOSE, [place.north], effective_date=TODAY)

    with pytest.raises(Refused) as refusal:
        operations.plan_reorganisation(row, by=place.administrator, day=TODAY)

    assert refusal.value.sentence == (
        "5 saker är öppna och har ingenstans att ta vägen: enheter under (1), mål som gäller (1), risker som lever (1), "
        "öppna åtgärder (1), egenkontroller som pågår, med sina kommande tillfällen (1). Välj en enhet som tar emot."
    )


@pytest.mark.parametrize("groups", [1, 3])
def test_a_move_takes_as_many_statements_however_much_lies_under(place, groups, django_assert_num_queries):
    for number in range(groups):
        factories.group(place.north, f"Grupp {number}")
    row = drafted(place.administrator, Kind.MOVE, [place.north], parent=place.south, effective_date=TODAY)
    operations.plan_reorganisation(row, by=place.administrator, day=date(2026, 3, 1))
    by = place.administrator

    with django_assert_num_queries(28):
        operations.carry_out(row, by=by)

    assert {unit.path for unit in Unit.objects.below(place.south)} == {
        place.south.path,
        f"{place.south.path}{place.north.pk}/",
        *(f"{place.south.path}{place.north.pk}/{group.pk}/" for group in place.north.children.all()),
    }
    assert set(UnitVersion.objects.filter(valid_from=TODAY).values_list("unit", "path")) == set(
        Unit.objects.below(Unit.objects.get(pk=place.north.pk)).values_list("pk", "path")
    )


def test_rights_and_filters_follow_a_move(place, client):
    there = full(place, place.north)
    west = factories.unit(place.office, "Väster")
    contact = factories.person("Wille Vik", medically_responsible=west)
    assert not holds(contact, Permission.RISKS_EDIT, place.north)

    done_today(
        drafted(place.administrator, Kind.MOVE, [place.north], parent=west, effective_date=TODAY), place.administrator
    )

    contact.__dict__.pop("_assignments_today", None)
    there.open_action.refresh_from_db()
    assert holds(contact, Permission.RISKS_EDIT, there.open_action.unit)
    assert Action.objects.visible_to(contact).count() == 2
    client.force_login(contact)
    listed = client.get(reverse("actions:list"), {"unit": west.pk}).context["shown"]
    assert {row.title for row in listed.page.object_list} == {"Öppen", "Stängd"}


def test_what_is_new_begins_in_a_unit_that_is_there(place, client):
    done_today(drafted(place.administrator, Kind.CLOSE, [place.south], effective_date=TODAY), place.administrator)
    client.force_login(place.developer)

    for page in ("actions:plan", "self_monitoring:plan", "goals:set", "risk_analyses:start"):
        choices = client.get(reverse(page)).context["form"].fields["unit"].queryset
        assert set(choices) == {place.committee, place.office, place.north}


def test_a_unit_that_goes_to_another_nämnd_leaves_its_papers(place):
    """Nobody of the new nämnd sees a word of what was done under the old one; nobody of the old one what comes."""
    there, other = full(place, place.north), home("Socialnämnden")
    group_head = factories.person("Gun Chef", group_manager=place.north.children.get())
    done_today(
        drafted(
            place.administrator,
            Kind.MOVE,
            [place.north],
            parent=other.office,
            receiver=place.south,
            effective_date=TODAY,
        ),
        place.administrator,
    )

    new = Unit.objects.get(name=place.north.name, committee=other.committee)
    assert [unit.name for unit in new.children.all()] == ["Grupp i Norr Äldrenämnden"]
    assert set(Unit.objects.below(place.north).values_list("valid_to", flat=True)) == {date(2026, 3, 15)}
    for model in (Action, Goal, Control, RiskAnalysis):
        assert set(model.objects.values_list("unit__committee", flat=True)) == {place.committee.pk}
    assert Action.objects.get(pk=there.open_action.pk).unit == place.south
    for person in (place.head, group_head, other.developer):
        person.__dict__.pop("_assignments_today", None)
        assert not Action.objects.visible_to(person).exists()
        assert holds(person, Permission.ORGANISATION_READ, new)
    assert Action.objects.visible_to(place.developer).count() == 2
    assert not holds(place.developer, Permission.ORGANISATION_READ, new)


def test_risks_of_one_year_meet_only_on_one_scale(place):
    full(place, place.north)
    planning.matrix_in_force(note="Nästa version")
    full(place, place.south)

    with pytest.raises(Refused, match="olika versioner av riskmatrisen"):
        done_today(merged(place.administrator, *place.units, effective_date=TODAY), place.administrator)


def test_what_is_renamed_later_the_same_day_keeps_the_last_name(place):
    for name in ("Ett", "Två"):
        done_today(renamed(place.administrator, place.north, name, effective_date=TODAY), place.administrator)

    place.north.refresh_from_db()
    assert (place.north.name, place.north.earlier_names) == (
        "Två",
        [{"until": "2026-03-15", "name": "Norr Äldrenämnden"}],
    )
