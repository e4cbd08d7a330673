from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hjulet.actions import operations, queries
from hjulet.actions.models import Action, Effect
from hjulet.actions.states import ActionState as S
from hjulet.audit.models import Event
from hjulet.base.operations import EditConflict, Refused
from tests.actions.walks import TODAY, action_at, check, plan
from tests.factories import committee, group, person, unit

pytestmark = pytest.mark.django_db


def test_plan_action_is_audited(home_care, manager):
    action = plan(manager, home_care, due_date=date(2026, 6, 1))

    event = Event.objects.get()
    assert (event.verb, event.target_id, event.actor_name, event.unit_id, event.after) == (
        "action.planned",
        action.pk,
        "Karin Ek",
        home_care.pk,
        {"title": "Se över schemat", "due_date": "2026-06-01"},
    )


def test_plan_action_elsewhere_is_refused(manager):
    with pytest.raises(PermissionDenied):
        plan(manager, unit(committee("Äldrenämnden"), "Särskilt boende"))
    assert Action.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"title": ""}, "title", "Detta fält får inte vara tomt."),
        (
            {"due_date": date(2026, 6, 1), "effect_due_date": date(2026, 5, 31)},
            "__all__",
            "Effekten bedöms tidigast den dag åtgärden ska vara klar.",
        ),
        ({"owner_role": "king"}, "owner_role", "Värdet 'king' är inget giltigt alternativ."),
    ],
)
def test_plan_action_names_what_is_wrong(home_care, manager, given, field, sentence):
    with pytest.raises(ValidationError) as error:
        plan(manager, home_care, **given)
    assert error.value.message_dict == {field: [sentence]}


def test_plan_action_has_one_owner(home_care, manager):
    with pytest.raises(ValidationError) as error:
        plan(manager, home_care, owner_person=manager, owner_role="unit_manager")
    assert error.value.messages == ["Välj en person eller en roll som ansvarig, inte båda."]


def test_change_action_keeps_before_and_after(home_care, manager):
    action = plan(manager, home_care)

    operations.change_action(action, by=manager, revision=1, title="Se över hela schemat", due_date=None)

    event = Event.objects.get(verb="action.changed")
    assert (action.title, action.revision, event.before, event.after) == (
        "Se över hela schemat",
        2,
        {"title": "Se över schemat"},
        {"title": "Se över hela schemat"},
    )


def test_change_that_changes_nothing_leaves_no_trace(home_care, manager):
    action = plan(manager, home_care)

    operations.change_action(action, by=manager, revision=1, title="Se över schemat")

    assert (action.revision, Event.objects.filter(verb="action.changed").count()) == (1, 0)


def test_change_of_an_older_revision_is_a_conflict(home_care, manager):
    action = plan(manager, home_care)
    operations.change_action(action, by=manager, revision=1, title="Först")

    with pytest.raises(EditConflict) as conflict:
        operations.change_action(action, by=manager, revision=1, title="Sedan")

    assert (conflict.value.current.title, Action.objects.get().title) == ("Först", "Först")


@pytest.mark.parametrize("state", [S.DONE, S.CLOSED, S.CANCELLED])
def test_change_of_a_finished_action_is_refused(home_care, manager, state):
    action = action_at(state, manager, home_care)

    with pytest.raises(Refused, match="kan inte längre ändras"):
        operations.change_action(action, by=manager, revision=1, title="Nytt")


@pytest.mark.parametrize(
    ("state", "open"),
    [(S.PLANNED, True), (S.ONGOING, True), (S.HINDERED, True), (S.DONE, True), (S.CLOSED, False), (S.CANCELLED, False)],
)
def test_note_progress(home_care, manager, state, open):
    action = action_at(state, manager, home_care)

    if open:
        operations.note_progress(action, by=manager, text="Halvvägs.")
        assert [note.text for note in action.progress_notes.all()] == ["Halvvägs."]
    else:
        with pytest.raises(Refused, match="Skriv en kommentar i stället"):
            operations.note_progress(action, by=manager, text="Halvvägs.")


@pytest.mark.parametrize(
    ("result", "day", "field"),
    [("Klart.", date(2026, 3, 17), "completed_date"), ("  ", TODAY, "result")],
)
def test_complete_asks_for_a_past_day_and_a_result(home_care, manager, result, day, field):
    action = plan(manager, home_care)

    with pytest.raises(ValidationError) as error:
        operations.complete_action(action, by=manager, result=result, completed_date=day)

    assert (list(error.value.message_dict), Action.objects.get().state) == ([field], S.PLANNED)


@pytest.mark.parametrize("day", [date(2026, 3, 15), date(2026, 3, 17)])
def test_effect_is_checked_between_completion_and_today(home_care, manager, day):
    action = action_at(S.DONE, manager, home_care)

    with pytest.raises(ValidationError) as error:
        operations.check_effect(action, by=manager, effect=Effect.NO, evidence="Inget.", checked_date=day)

    assert list(error.value.message_dict) == ["checked_date"]


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (S.ONGOING, "Effekten kan bedömas först när åtgärden är genomförd."),
        (S.CLOSED, "Åtgärden är redan avslutad."),
    ],
)
def test_effect_is_not_checked_before_or_after(home_care, manager, state, sentence):
    action = action_at(state, manager, home_care)

    with pytest.raises(Refused) as refusal:
        check(action, manager)

    assert refusal.value.sentence == sentence


def test_reasons_are_not_blank(home_care, manager):
    action = plan(manager, home_care)

    with pytest.raises(Refused, match="Skriv en orsak"):
        operations.hinder_action(action, by=manager, reason=" ")

    assert action.steps.count() == 0


def test_visible_to_unit_and_below_the_whole_committee_and_the_one_responsible(home_care, manager):
    below = plan(manager, group(home_care))
    here = plan(manager, home_care)
    elsewhere = committee("Äldrenämnden")
    outsider = person("Ola Berg", unit_manager=unit(elsewhere, "Särskilt boende"))
    assistant = person("Ali Strand", employee=group(home_care, "Grupp 2"))
    given = plan(manager, home_care, owner_person=assistant)

    seen = {
        "manager": set(queries.actions_visible_to(manager)),
        "outsider": set(queries.actions_visible_to(outsider)),
        "assistant": set(queries.actions_visible_to(assistant)),
        "nobody": set(queries.actions_visible_to(person("Ingen Alls"))),
    }

    assert seen == {"manager": {below, here, given}, "outsider": set(), "assistant": {given}, "nobody": set()}


def test_actions_awaiting(home_care, manager):
    late = plan(manager, home_care, owner_person=manager, due_date=date(2026, 3, 15))
    today = plan(manager, home_care, owner_role="unit_manager", due_date=TODAY)
    done = action_at(S.DONE, manager, home_care, owner_person=manager, due_date=date(2026, 3, 1))
    action_at(S.CLOSED, manager, home_care, owner_person=manager)
    plan(manager, home_care)

    assert list(queries.actions_awaiting(manager)) == [done, late, today]
