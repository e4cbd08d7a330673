"""Who may do what with a risk, and in which state of its analysis."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hjulet.base.operations import Refused
from hjulet.monitoring.models import Control
from hjulet.planning.models import Risk
from hjulet.planning.risk_analyses import operations as analyses
from hjulet.planning.risk_matrix.models import SCALE
from hjulet.planning.risk_matrix.states import Tone
from hjulet.planning.risks import operations
from hjulet.planning.risks.models import Change, Occasion
from hjulet.planning.risks.states import AnalysisState
from tests.actions.walks import plan as plan_action
from tests.factories import committee, person, unit
from tests.monitoring.self_monitoring.walks import plan as plan_control
from tests.planning.walks import TODAY, analysis, assess, matrix_in_force, quality_area, risk
from tests.workflows import holder

pytestmark = pytest.mark.django_db

ACTS = {
    "identify": lambda row, by: risk(by, row.analysis, probability=None),
    "change": lambda row, by: operations.change_risk(row, by=by, revision=row.revision, title="Ny rubrik"),
    "mark": lambda row, by: operations.mark_change(row, by=by, change=Change.GONE, reason="Inte vårt."),
    "assess_first": lambda row, by: assess(row, by, 1, 1, occasion=Occasion.INITIAL),
    "follow_up": lambda row, by: assess(row, by, 1, 1),
    "set_target": lambda row, by: assess(row, by, 1, 1, occasion=Occasion.TARGET),
    "analyse_deeper": lambda row, by: operations.analyse_deeper(row, by=by, text="Restider."),
    "accept": lambda row, by: operations.accept_risk(row, by=by, reason="Liten.", until=TODAY),
    "answer": lambda row, by: operations.answer_with_action(row, by=by, action=other_action(row)),
    "check": lambda row, by: operations.check_with_control(row, by=by, control=other_control(row)),
    "remove_action": lambda row, by: operations.remove_action(row, by=by, action=row.actions.get(), reason="Fel."),
    "remove_control": lambda row, by: operations.remove_control(row, by=by, control=row.controls.get(), reason="Fel."),
}
# What is locked once the analysis is concluded: how the risks were described and first judged.
LOCKED = {"identify", "change", "mark", "assess_first"}
# Whether the role may work on risks of the home care unit, and whether it may accept one.
MAY = {
    "committee_member": (False, False),
    "committee_secretary": (False, False),
    "social_director": (True, True),
    "quality_developer": (True, True),
    "unit_manager": (True, True),
    "group_manager": (False, False),
    "employee": (False, False),
    "lawyer": (False, False),
    "staff_strategist": (False, False),
    "web_editor": (False, False),
    "medically_responsible": (True, False),
    "lex_sarah_investigator": (False, False),
    "provider_contact": (False, False),
    "auditor": (False, False),
    "system_administrator": (False, False),
}


@pytest.fixture
def leader(home_care):
    return person("Lea Ledare", quality_developer=home_care.committee)


@pytest.fixture
def row(leader, home_care):
    """A green risk that an action answers and a control follows."""
    row = risk(leader, analysis(leader, home_care), 1, 2)
    operations.answer_with_action(row, by=leader, action=plan_action(leader, home_care))
    operations.check_with_control(row, by=leader, control=plan_control(leader, home_care))
    return row


def other_action(row):
    return plan_action(person("Anna Annan", unit_manager=row.analysis.unit), row.analysis.unit, title="En till")


def other_control(row):
    return plan_control(person("Kia Kontroll", unit_manager=row.analysis.unit), row.analysis.unit, title="En till")


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", AnalysisState)
def test_state_of_the_analysis_and_act(row, leader, state, act):
    if state == AnalysisState.CONCLUDED:
        analyses.conclude_analysis(row.analysis, by=leader)

    if state == AnalysisState.CONCLUDED and act in LOCKED:
        with pytest.raises(Refused) as refusal:
            ACTS[act](row, leader)
        assert refusal.value.sentence == "Riskanalysen är klar. Öppna den igen om riskerna behöver ändras."
    else:
        ACTS[act](row, leader)


@pytest.mark.parametrize(("role", "may"), MAY.items())
def test_role_and_act(home_care, row, role, may):
    somebody = holder(role, home_care)
    may_work, may_accept = may

    assert {act: goes(act, row, somebody) for act in ACTS} == {
        act: may_accept if act == "accept" else may_work for act in ACTS
    }


def goes(act, row, by):
    """Whether the person may; what the act did is undone."""
    with transaction.atomic():
        try:
            ACTS[act](Risk.objects.get(pk=row.pk), by)
        except PermissionDenied:
            return False
        else:
            return True
        finally:
            transaction.set_rollback(True)


@pytest.mark.parametrize("role", [role for role, (_work, may_accept) in MAY.items() if may_accept])
def test_whoever_may_accept_may_take_it_back(home_care, row, leader, role):
    operations.accept_risk(row, by=leader, reason="Liten.", until=TODAY)

    operations.withdraw_acceptance(row, by=holder(role, home_care), reason="Den växer.")

    assert row.accepted_until is None


def test_a_control_is_planned_for_the_risk_in_its_area(row, leader, home_care):
    given = plan_control(leader, home_care)
    values = ("title", "method", "frequency", "starts_date", "ends_date", "result_kind")

    control = operations.plan_control_for(
        row, by=leader, unit=home_care, **{name: getattr(given, name) for name in values}
    )

    assert control.quality_area == row.quality_area
    assert control in row.controls.all()
    assert Control.objects.count() == 3


def test_a_control_of_another_committee_does_not_follow(row):
    elsewhere = unit(committee("Äldrenämnden"), "Särskilt boende")
    both = person("Bo Två", unit_manager=row.analysis.unit, quality_developer=elsewhere)

    with pytest.raises(Refused, match="Särskilt boende hör till en annan nämnd än risken"):
        operations.check_with_control(row, by=both, control=plan_control(both, elsewhere))


class TestAnyJudgement(TestCase):
    """Whatever the matrix says: an assessment gets the band of its cell, and no two risks the same number."""

    @settings(max_examples=12, deadline=None)
    @given(
        cells=st.fixed_dictionaries({(p, s): st.sampled_from(Tone.values) for p in SCALE for s in SCALE}),
        risks=st.lists(
            st.tuples(st.sampled_from("abc"), st.sampled_from(SCALE), st.sampled_from(SCALE)), min_size=1, max_size=8
        ),
    )
    def test_band_is_that_of_the_cell_and_number_unique(self, cells, risks):
        home_care = unit(committee())
        manager = person(unit_manager=home_care)
        matrix_in_force(cells=cells)
        year = analysis(manager, home_care)

        for area, probability, severity in risks:
            risk(manager, year, probability, severity, quality_area=quality_area(area))

        found = list(Risk.objects.select_related("band"))
        assert {row.band.tone == cells[row.probability, row.severity] for row in found} == {True}
        assert all(
            assessment.band.tone == cells[assessment.probability, assessment.severity]
            for row in found
            for assessment in row.assessments.all()
        )
        assert len({row.number for row in found}) == len(risks)
        assert {row.area_number: row.quality_area for row in found}.keys() == set(
            range(1, len({area for area, _p, _s in risks}) + 1)
        )
