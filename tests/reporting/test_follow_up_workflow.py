"""The whole table: every state, every move, every kind of person."""

import pytest
from django.core.exceptions import PermissionDenied

from hjulet.base.operations import Refused
from hjulet.reporting.follow_up import operations
from hjulet.reporting.follow_up.states import WORKFLOW
from hjulet.reporting.follow_up.states import FollowUpState as S
from tests.factories import municipality, person
from tests.planning import walks as planning
from tests.reporting.walks import follow_up_at, report, write_everything, year_begun

pytestmark = pytest.mark.django_db

ALLOWED = {(S.DRAFT, "propose"): S.PROPOSED, (S.PROPOSED, "send_back"): S.DRAFT, (S.PROPOSED, "report"): S.REPORTED}
# Who may propose and send back, and who may enter that the nämnd has had it.
MAY = {
    "committee_member": (False, False),
    "committee_secretary": (False, True),
    "social_director": (True, False),
    "quality_developer": (True, False),
    "unit_manager": (False, False),
    "group_manager": (False, False),
    "employee": (False, False),
    "lawyer": (False, False),
    "staff_strategist": (False, False),
    "web_editor": (False, False),
    "medically_responsible": (False, False),
    "lex_sarah_investigator": (False, False),
    "provider_contact": (False, False),
    "auditor": (False, False),
    "system_administrator": (False, False),
}


def move(name, follow_up, by):
    if name == "propose":
        return operations.propose_follow_up(follow_up, by=by)
    if name == "send_back":
        return operations.send_back_follow_up(follow_up, by=by, reason="En siffra är fel.")
    return report(follow_up, by)


@pytest.fixture
def year():
    return year_begun()


@pytest.mark.parametrize("name", WORKFLOW.by_name)
@pytest.mark.parametrize("state", S)
def test_state_and_move(year, state, name):
    follow_up = follow_up_at(state, year)
    if state == S.DRAFT:
        write_everything(follow_up, year.developer)
        planning.assess(year.risk, year.developer, 2, 3)
    by = year.secretary if name == "report" else year.developer

    if target := ALLOWED.get((state, name)):
        move(name, follow_up, by)
        follow_up.refresh_from_db()
        assert follow_up.state == target
    else:
        with pytest.raises(Refused, match="Det går inte att göra detta"):
            move(name, follow_up, by)
        follow_up.refresh_from_db()
        assert follow_up.state == state


@pytest.mark.parametrize(("role", "may"), MAY.items())
def test_role_and_move(year, role, may):
    where = municipality() if role in ("auditor", "system_administrator") else year.committee
    somebody = person("Robin Ask", **{role: where})
    follow_up = follow_up_at(S.PROPOSED, year)

    done = []
    for name in ("report", "send_back"):
        try:
            move(name, follow_up, somebody)
        except PermissionDenied:
            done.append(False)
        else:
            done.append(True)
            break

    may_edit, may_report = may
    assert done == ([True] if may_report else [False, may_edit])
