"""The whole table of a review: every state, every move, every kind of person."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hjulet.reporting.my_work.queries import tasks_of
from hjulet.rulebook.laws import operations, rules
from hjulet.rulebook.laws.states import WORKFLOW
from hjulet.rulebook.laws.states import ReviewState as S
from tests.factories import person, unit
from tests.rulebook.agreements.walks import draft
from tests.rulebook.laws.walks import TODAY, finish, law, provision, review_at, supersede
from tests.workflows import comes_of

pytestmark = pytest.mark.django_db

MOVES = {"finish": finish, "reopen": lambda review, by: operations.reopen_review(review, by=by, reason="Det var fel.")}
ALLOWED = {(S.OPEN, "finish"): S.DONE, (S.DONE, "reopen"): S.OPEN}
MAY_MOVE = {
    "committee_member": False,
    "committee_secretary": False,
    "social_director": True,
    "quality_developer": True,
    "unit_manager": True,
    "group_manager": False,
    "employee": False,
    "lawyer": True,
    "staff_strategist": False,
    "web_editor": False,
    "medically_responsible": True,
    "lex_sarah_investigator": False,
    "provider_contact": False,
    "auditor": False,
    "log_reviewer": False,
    "system_administrator": False,
}


def test_table_covers_every_move():
    assert set(MOVES) == set(WORKFLOW.by_name)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", S)
def test_state_and_move(board, developer, state, move):
    review = review_at(state, developer, board)

    wanted = ALLOWED.get((state, move)) or (state, rules.obstacle_to_move(review, move))

    assert comes_of(MOVES[move], review, developer) == wanted
    assert review.done_date == (TODAY if review.state == S.DONE else None)


@pytest.mark.parametrize(("role", "may"), MAY_MOVE.items())
def test_role_and_move(board, developer, role, may):
    review = review_at(S.OPEN, developer, board)
    somebody = person("Robin Ask", **{role: board})

    assert comes_of(finish, review, somebody) == (S.DONE if may else (S.OPEN, PermissionDenied))
    assert review.done_by == (somebody if may else None)


def test_whoever_leads_another_unit_may_not(board, developer):
    review = review_at(S.OPEN, developer, board)
    with pytest.raises(PermissionDenied):
        finish(review, person(unit_manager=unit(board)))


def test_whoever_was_made_responsible_may_whatever_the_role(board, developer):
    employee = person("Anna Berg", employee=board)
    asked = provision(developer, law(developer))
    draft(developer, board, provisions=[asked], owner_person=employee)
    [review] = supersede(asked, developer)

    assert [(task.kind, task.title) for task in tasks_of(employee)] == [
        ("Gå igenom när lagen ändras", "Samverkan om barn i behov av stöd")
    ]
    finish(review, employee)
    assert (review.state, review.done_by) == (S.DONE, employee)


def test_it_is_said_what_came_of_it(board, developer):
    review = review_at(S.OPEN, developer, board)
    with pytest.raises(ValidationError):
        operations.finish_review(review, by=developer, revision=1, outcome="changed", comment=" ")


def test_the_steps_tell_what_was_said_before_it_was_opened_again(board, developer):
    review = review_at(S.DONE, developer, board)
    operations.reopen_review(review, by=developer, reason="Det var fel.")

    assert [(step.move, step.reason) for step in review.steps.all()] == [
        ("finish", "Det stämmer."),
        ("reopen", "Det var fel."),
    ]
