from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from hjulet.actions.operations import plan_action as plan_any_action
from hjulet.audit.models import Event
from hjulet.base.operations import EditConflict, Refused
from hjulet.planning.models import Attendance, Outcome, OutcomeStep
from hjulet.planning.participation import operations
from hjulet.planning.participation.models import OutcomeKind
from hjulet.planning.participation.queries import outcomes_awaiting
from hjulet.planning.participation.states import OutcomeState as S
from tests.factories import assign, committee, person
from tests.planning import walks as planning
from tests.planning.participation.walks import REASON, TODAY, meeting, outcome, outcome_at, plan_action

pytestmark = pytest.mark.django_db


def events(verb):
    return Event.objects.filter(verb=verb)


def numbers(row):
    return dict(row.attendance.values_list("kind", "number"))


def test_a_meeting_is_noted_with_how_many_came(home_care, manager):
    row = meeting(manager, home_care, attendance={"users": 7, "staff": 0, "unions": None})

    assert numbers(row) == {"users": 7, "staff": 0}
    assert events("meeting.noted").get().after == {
        "subject": "Maten på boendet",
        "day": "2026-03-10",
        "users": 7,
        "staff": 0,
    }


def test_a_meeting_is_not_noted_before_it_is_held(home_care, manager):
    with pytest.raises(ValidationError, match="Mötet har inte hållits"):
        meeting(manager, home_care, meeting_date=date(2026, 3, 17))
    row = meeting(manager, home_care, meeting_date=TODAY)
    with pytest.raises(ValidationError, match="Mötet har inte hållits"):
        operations.change_meeting(row, by=manager, revision=1, meeting_date=date(2026, 3, 17))


def test_nothing_is_noted_in_a_closed_unit(home_care, manager):
    home_care.valid_to = date(2026, 3, 1)
    home_care.save()

    with pytest.raises(Refused):
        meeting(manager, home_care)


def test_counted_anew(home_care, manager):
    row = meeting(manager, home_care, attendance={"users": 7, "relatives": 2})

    operations.count_participants(row, by=manager, revision=1, attendance={"users": 8, "relatives": None, "staff": 1})

    assert (numbers(row), row.revision) == ({"users": 8, "relatives": None, "staff": 1}, 2)
    event = events("meeting.participants_counted").get()
    assert (event.before, event.after) == (
        {"users": 7, "relatives": 2, "staff": None},
        {"users": 8, "relatives": None, "staff": 1},
    )
    with pytest.raises(EditConflict):
        operations.count_participants(row, by=manager, revision=1, attendance={"users": 9})


def test_counted_the_same_is_nothing(home_care, manager):
    row = meeting(manager, home_care, attendance={"users": 7})

    operations.count_participants(row, by=manager, revision=1, attendance={"users": 7, "staff": None})

    assert (row.revision, events("meeting.participants_counted").count()) == (1, 0)


def test_a_meeting_is_changed(home_care, manager):
    row = meeting(manager, home_care)

    operations.change_meeting(row, by=manager, revision=1, subject="Maten och musiken")

    assert (row.subject, events("meeting.changed").get().before) == (
        "Maten och musiken",
        {"subject": "Maten på boendet"},
    )


def test_what_came_out_is_to_be_answered_within_thirty_days(home_care, manager):
    row = outcome(manager, home_care)

    assert (row.state, row.answer_by_date) == (S.NEW, date(2026, 4, 15))
    assert events("outcome.noted").get().after == {"kind": "deficiency", "text": "Maten är kall när den kommer."}


def test_it_is_changed_until_it_is_answered(home_care, manager):
    row = outcome(manager, home_care)
    operations.change_outcome(row, by=manager, revision=1, text="Maten är ljummen.")
    operations.answer_without_measure(row, by=manager, reason=REASON)

    with pytest.raises(Refused, match="Det är redan besvarat"):
        operations.change_outcome(row, by=manager, revision=2, text="Maten är kall.")
    row.refresh_from_db()
    assert row.text == "Maten är ljummen."


def test_it_becomes_several_actions(home_care, manager):
    row = outcome(manager, home_care)

    first, second = (plan_action(row, manager, title=title) for title in ("Nya vagnar", "Ny rutin"))

    assert (set(row.actions.all()), row.state) == ({first, second}, S.LINKED)
    assert (first.unit, events("outcome.action_planned").count(), events("outcome.link").count()) == (home_care, 2, 1)


def test_an_action_that_is_there_answers_it(home_care, manager):
    action = plan_any_action(by=manager, unit=home_care, title="Nytt kök", description="Bygg.")
    row = outcome(manager, home_care)

    operations.answer_with_action(row, by=manager, action=action)

    assert (row.actions.get(), row.state) == (action, S.LINKED)
    assert events("outcome.answered_with_action").get().after["action"]["id"] == action.pk


def test_an_action_of_another_nämnd_answers_nothing_here(home_care, manager):
    board = committee("Äldrenämnden")
    other = person("Ola Berg", quality_developer=board)
    action = plan_any_action(by=other, unit=board, title="Nytt kök", description="Bygg.")
    row = outcome(manager, home_care)

    with pytest.raises(PermissionDenied):
        operations.answer_with_action(row, by=manager, action=action)
    both = person("Eva Två", quality_developer=home_care)
    assign(both, "quality_developer", board)
    with pytest.raises(Refused, match="Äldrenämnden hör till en annan nämnd"):
        operations.answer_with_action(row, by=both, action=action)


def test_it_becomes_a_risk(home_care, manager):
    analysis = planning.analysis(manager, home_care)
    row = outcome(manager, home_care)

    risk = operations.identify_risk_from(
        row,
        by=manager,
        analysis=analysis,
        title="Undernäring",
        deficiency="Maten äts inte.",
        quality_area=planning.quality_area(),
    )

    assert (row.risks.get(), row.state) == (risk, S.LINKED)
    assert events("outcome.risk_identified").get().after["risk"]["id"] == risk.pk


def test_answered_without_measure_says_why_who_and_when(home_care, manager):
    row = outcome_at(S.NO_MEASURE, manager, home_care)

    row.refresh_from_db()
    assert (row.no_measure_reason, row.answered_by, row.answered_date) == (REASON, manager, TODAY)
    assert events("outcome.answer").get().after == {"state": "no_measure", "reason": REASON}


def test_opened_again_it_asks_for_an_answer_anew(home_care, manager, clock):
    row = outcome_at(S.NO_MEASURE, manager, home_care)
    clock.move_to("2026-05-01 10:00+02:00")

    operations.reopen_outcome(row, by=manager, reason="Rådet frågade igen.")

    row.refresh_from_db()
    assert (row.state, row.answer_by_date, row.no_measure_reason) == (S.NEW, date(2026, 5, 31), "")
    assert list(row.steps.values_list("move", "reason")) == [("answer", REASON), ("reopen", "Rådet frågade igen.")]


def test_what_works_awaits_nobody(home_care, manager):
    held = meeting(manager, home_care, owner_person=manager)
    for kind in OutcomeKind:
        operations.note_outcome(held, by=manager, kind=kind, text=kind.label)

    assert [row.kind for row in outcomes_awaiting(manager)] == ["view", "idea", "deficiency"]


def test_what_came_out_awaits_whoever_held_the_meeting(home_care, manager):
    outcome(manager, home_care, owner_role="group_manager")
    own = outcome(manager, home_care, owner_role="unit_manager")
    outcome_at(S.LINKED, manager, home_care, owner_role="unit_manager")

    assert list(outcomes_awaiting(manager)) == [own]


def test_the_database_refuses_nonsense(home_care, manager):
    row = outcome_at(S.NO_MEASURE, manager, home_care, attendance={"users": 1})

    for broken in ({"no_measure_reason": ""}, {"answered_by": None}, {"state": S.NEW}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Outcome.objects.filter(pk=row.pk).update(**broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(meeting=row.meeting, kind="users", number=2)
    with pytest.raises(DatabaseError), transaction.atomic():
        OutcomeStep.objects.update(reason="Annat")
