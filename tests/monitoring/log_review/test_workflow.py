"""The whole table: every state, every move, every kind of person."""

import pytest
from django.core.exceptions import PermissionDenied

from hjulet.base.operations import Refused
from hjulet.monitoring.log_review import operations, rules
from hjulet.monitoring.log_review.states import WORKFLOW
from hjulet.monitoring.log_review.states import ReviewState as S
from hjulet.organisation.roles.roles import ROLES
from tests.factories import committee, municipality, person
from tests.monitoring.log_review.walks import place, review_at, sign

pytestmark = pytest.mark.django_db

MOVES = {
    "draw": lambda review, by: operations.draw_sample(review, by=by),
    "sign": sign,
}
ALLOWED = {(S.WAITING, "draw"): S.ONGOING, (S.ONGOING, "sign"): S.SIGNED}
REVIEWS = {"log_reviewer"}


@pytest.fixture
def at():
    return place()


def test_table_covers_every_move():
    assert set(MOVES) == set(WORKFLOW.by_name)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", S)
def test_every_cell(at, state, move, role):
    review = review_at(state, at)
    somebody = person("Någon", **{role: municipality() if role == "system_administrator" else at.committee})

    may, target = role in REVIEWS, ALLOWED.get((state, move))
    assert rules.may_review(somebody, review) is may
    if may and target:
        MOVES[move](review, somebody)
        review.refresh_from_db()
        assert (review.state, review.steps.last().to_state) == (target, target)
    else:
        with pytest.raises(Refused if may else PermissionDenied):
            MOVES[move](review, somebody)
        review.refresh_from_db()
        assert review.state == state


def test_a_reviewer_of_another_nämnd_is_refused(at):
    other = person("Olle Annan", log_reviewer=committee("Skolnämnden"))

    with pytest.raises(PermissionDenied):
        operations.draw_sample(at.review, by=other)
