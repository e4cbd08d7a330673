"""The whole table: every state, every move, every kind of person."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from hjulet.audit.models import Event
from hjulet.base.operations import EditConflict, Refused
from hjulet.organisation.reorganisations import operations
from hjulet.organisation.reorganisations.models import Kind
from hjulet.organisation.reorganisations.states import WORKFLOW
from hjulet.organisation.reorganisations.states import ReorganisationState as S
from tests import factories
from tests.organisation.reorganisations.walks import IN_MAY, TODAY, at, decide, drafted, home, merged, renamed

pytestmark = pytest.mark.django_db

MOVES = {
    "plan": decide,
    "take_back": lambda row, by: operations.take_back(row, by=by),
    "carry_out": lambda row, by: operations.carry_out(row, by=by),
    "cancel": lambda row, by: operations.cancel_reorganisation(row, by=by, reason="Beslutet upphävdes."),
}
ALLOWED = {
    (S.DRAFT, "plan"): S.PLANNED,
    (S.DRAFT, "cancel"): S.CANCELLED,
    (S.PLANNED, "take_back"): S.DRAFT,
    (S.PLANNED, "carry_out"): S.CARRIED_OUT,
    (S.PLANNED, "cancel"): S.CANCELLED,
}
MAY_PLAN = {"system_administrator": True}
ROLES = (
    "committee_member committee_secretary social_director quality_developer unit_manager group_manager employee lawyer "
    "staff_strategist web_editor medically_responsible lex_sarah_investigator provider_contact auditor "
    "system_administrator"
).split()


@pytest.fixture
def place():
    return home()


def test_table_covers_every_move():
    assert set(MOVES) == set(WORKFLOW.by_name)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", S)
def test_state_and_move(place, state, move):
    row = at(state, place.administrator, place.north)

    if target := ALLOWED.get((state, move)):
        MOVES[move](row, place.administrator)
        row.refresh_from_db()
        assert row.state == target
    else:
        with pytest.raises(Refused):
            MOVES[move](row, place.administrator)
        row.refresh_from_db()
        assert row.state == state


@pytest.mark.parametrize("role", ROLES)
def test_role_and_move(place, role):
    somebody = factories.person("Robin Ask", **{role: place.committee})
    row = at(S.DRAFT, place.administrator, place.north)

    if MAY_PLAN.get(role):
        decide(row, somebody)
        assert row.state == S.PLANNED
    else:
        for move in MOVES.values():
            with pytest.raises(PermissionDenied):
                move(row, somebody)


def test_whoever_manages_a_part_of_the_nämnd_does_not_reorganise_it(place):
    """People's roles follow, and most of them reach the whole nämnd."""
    somebody = factories.person("Sune System", system_administrator=place.north)

    with pytest.raises(PermissionDenied):
        renamed(somebody, place.north)


def test_both_nämnder_must_be_managed(place):
    other = home("Socialnämnden")
    somebody = factories.person("Sune System", system_administrator=place.committee)

    with pytest.raises(PermissionDenied):
        drafted(somebody, Kind.MOVE, [place.north], parent=other.office, receiver=place.south)


def test_a_reason_is_asked_for(place):
    row = at(S.PLANNED, place.administrator, place.north)

    with pytest.raises(Refused, match="Skriv en orsak"):
        operations.cancel_reorganisation(row, by=place.administrator, reason=" ")


def test_every_move_is_recorded_with_what_it_rests_on(place):
    row = at(S.PLANNED, place.administrator, place.north)
    operations.cancel_reorganisation(row, by=place.administrator, reason="Beslutet upphävdes.")

    events = [(event.verb, event.after) for event in Event.objects.filter(target_id=row.pk).order_by("number")]
    assert [verb for verb, _after in events] == [
        "reorganisation.drafted",
        "reorganisation.plan",
        "reorganisation.cancel",
    ]
    assert events[0][1] == {
        "kind": "rename",
        "unit": [place.north.name],
        "to": ["Hemtjänsten"],
        "effective_date": "2026-05-01",
        "basis": "Nämndens beslut i mars.",
        "decision": None,
        "parent": None,
    }


def test_a_draft_is_changed_until_it_is_planned(place):
    by, row = place.administrator, renamed(place.administrator, place.north)
    said = {"effective_date": IN_MAY, "basis": "Nytt beslut.", "decision": None, "parent": None}
    changed = operations.change_draft(row, by=by, revision=1, sources=[place.north], new=[("Norra", "N")], **said)

    assert [(part.name, part.code) for part in changed.parts.filter(side="to")] == [("Norra", "N")]
    with pytest.raises(EditConflict):
        operations.change_draft(row, by=by, revision=1, sources=[place.north], new=[("Sent", "")], **said)
    decide(changed, by)
    with pytest.raises(Refused, match="Omorganisationen är planerad. Bara ett utkast kan ändras."):
        operations.change_draft(changed, by=by, revision=2, sources=[place.north], new=[("Sent", "")], **said)


def test_a_day_that_has_passed_is_not_planned(place):
    row = renamed(place.administrator, place.north, effective_date=date(2026, 3, 15))

    with pytest.raises(Refused, match="Dagen har passerat. Välj en dag från och med i dag."):
        decide(row, place.administrator)


def test_a_unit_begins_one_reorganisation_at_a_time(place):
    by, east = place.administrator, factories.unit(place.office, "Öster")
    decide(merged(by, place.north, place.south), by)

    for second in (renamed(by, place.south, "Annat"), drafted(by, Kind.MOVE, [east], parent=place.south)):
        with pytest.raises(Refused) as refusal:
            decide(second, by)
        assert refusal.value.sentence == (
            "En av enheterna ingår redan i en omorganisation som är planerad till 2026-05-01: "
            "Slå ihop: Norr Äldrenämnden."
        )


def test_what_lies_under_must_fit_where_it_goes(place):
    factories.group(place.north, "Grupp Björken")
    row = drafted(place.administrator, Kind.CLOSE, [place.north], receiver=place.office)

    with pytest.raises(Refused) as refusal:
        decide(row, place.administrator)

    assert refusal.value.sentence == ("Grupp kan inte ligga under Förvaltningen Äldrenämnden. Välj en enhet.")


def test_two_may_lead_to_the_same_unit(place):
    by, east = place.administrator, factories.unit(place.office, "Öster")
    for closing in (place.north, place.south):
        decide(drafted(by, Kind.CLOSE, [closing], receiver=east), by)


@pytest.mark.parametrize(
    ("kind", "given", "sentence"),
    [
        (
            Kind.RENAME,
            {"sources": "north", "new": [("Norr Äldrenämnden", "")]},
            "Enheten heter redan så. Skriv det nya namnet eller beteckningen.",
        ),
        (
            Kind.MOVE,
            {"sources": "north", "parent": "office"},
            "Norr Äldrenämnden ligger redan under Förvaltningen Äldrenämnden.",
        ),
        (
            Kind.MOVE,
            {"sources": "office", "parent": "north"},
            "Förvaltning kan inte ligga under Norr Äldrenämnden. Välj en nämnd.",
        ),
        (
            Kind.MOVE,
            {"sources": "committee", "parent": "office"},
            "Äldrenämnden kan bara byta namn. Flytta i stället det som ligger under.",
        ),
        (Kind.MERGE, {"sources": "north", "new": [("Ny", "")]}, "Välj minst två enheter att slå ihop."),
        (
            Kind.MERGE,
            {"sources": "north office", "new": [("Ny", "")]},
            "Förvaltningen Äldrenämnden är av ett annat slag än Norr Äldrenämnden.",
        ),
        (Kind.SPLIT, {"sources": "north", "new": [("En", "")]}, "Skriv namnen på minst två nya enheter."),
        (Kind.SPLIT, {"sources": "north", "new": [("En", ""), ("en", "")]}, "Två av de nya enheterna heter lika."),
        (
            Kind.CLOSE,
            {"sources": "office", "receiver": "north"},
            "Norr Äldrenämnden ligger under Förvaltningen Äldrenämnden och kan inte ta emot det som är öppet där.",
        ),
        (
            Kind.CLOSE,
            {"sources": "office"},
            "2 saker är öppna och har ingenstans att ta vägen: enheter under (2). Välj en enhet som tar emot.",
        ),
    ],
)
def test_what_stands_in_the_way_is_said(place, kind, given, sentence):
    given = dict(given)
    sources = [getattr(place, name) for name in given.pop("sources").split()]
    given = {name: getattr(place, value) if isinstance(value, str) else value for name, value in given.items()}
    row = drafted(place.administrator, kind, sources, **given)

    with pytest.raises(Refused) as refusal:
        decide(row, place.administrator)

    assert refusal.value.sentence == sentence


def test_nothing_of_one_nämnd_is_merged_or_closed_into_another(place):
    other, by = home("Socialnämnden"), place.administrator
    for row in (
        merged(by, place.north, other.north),
        merged(by, place.north, place.south, receiver=other.south),
        drafted(by, Kind.CLOSE, [place.north], receiver=other.south),
    ):
        with pytest.raises(Refused, match="hör till en annan nämnd än"):
            decide(row, by)


def test_what_belongs_to_a_provider_goes_to_nobody_else(place):
    by, one, other = place.administrator, factories.provider("Omsorg Ett AB"), factories.provider("Omsorg Två AB")
    for row in (
        merged(by, one, other),
        drafted(by, Kind.SPLIT, [one], new=[("Ena", ""), ("Andra", "")]),
        drafted(by, Kind.CLOSE, [one], receiver=other),
    ):
        with pytest.raises(Refused, match="Omsorg Ett AB är en utförare och kan bara byta namn eller läggas ned"):
            decide(row, by)

    decide(drafted(by, Kind.CLOSE, [one]), by)


def test_a_unit_does_not_end_the_day_it_begins(place):
    place.north.valid_from = TODAY
    place.north.save()
    row = drafted(place.administrator, Kind.CLOSE, [place.north], receiver=place.south, effective_date=TODAY)

    with pytest.raises(Refused, match="Norr Äldrenämnden börjar samma dag. Välj en senare dag."):
        decide(row, place.administrator)
