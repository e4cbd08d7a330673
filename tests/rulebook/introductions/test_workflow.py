"""State × move × role, every cell: where the move leads, "nej" to whoever may not, "hinder" when the state forbids it."""

import pytest
from django.core.exceptions import PermissionDenied

from hjulet.base.operations import Refused
from hjulet.rulebook.introductions import operations
from hjulet.rulebook.introductions.states import IntroductionState as S
from tests.factories import person, unit
from tests.rulebook.introductions.walks import introduction_at, people, sign_all

pytestmark = pytest.mark.django_db

MOVES = {
    "begin": lambda row, by: operations.begin_introduction(row, by=by),
    "finish": lambda row, by: operations.finish_introduction(row, by=by),
    "reopen": lambda row, by: operations.reopen_introduction(row, by=by, reason="Något var kvar."),
    "cancel": lambda row, by: operations.cancel_introduction(row, by=by, reason="Slutade."),
}
TABLE = {
    (S.PLANNED, "begin"): S.ONGOING,
    (S.PLANNED, "cancel"): S.CANCELLED,
    (S.ONGOING, "finish"): S.FINISHED,
    (S.ONGOING, "cancel"): S.CANCELLED,
    (S.FINISHED, "reopen"): S.ONGOING,
}
MAY = {
    "manager": {"begin", "finish", "reopen", "cancel"},
    "supervisor": {"begin", "finish"},
    "newcomer": set(),
    "developer": set(),
    "colleague": set(),
    "other_manager": set(),
}


@pytest.mark.parametrize("role", MAY)
@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", S.values)
def test_table(state, move, role):
    at = people()
    introduction = introduction_at(state, at)
    if state == S.ONGOING:
        sign_all(at)
    others = {
        "developer": {"quality_developer": at.home_care.parent},
        "colleague": {"employee": at.home_care},
        "other_manager": {"unit_manager": unit(at.home_care.parent, "Syd")},
    }
    actor = person("Annan Ek", **others[role]) if role in others else getattr(at, role)
    wanted = TABLE.get((state, move), "hinder") if move in MAY[role] else "nej"

    try:
        found = MOVES[move](introduction, actor).state
    except PermissionDenied:
        found = "nej"
    except Refused:
        found = "hinder"

    assert found == wanted
