from collections import Counter
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hjulet.audit.models import Event
from hjulet.base.operations import Refused
from hjulet.monitoring.self_monitoring import operations as self_monitoring
from hjulet.planning.models import RiskAnalysis
from hjulet.planning.risk_analyses import operations, queries, rules
from hjulet.planning.risk_analyses.picture import Standing, in_words, moves_in_words, picture_of
from hjulet.planning.risk_matrix.queries import bands_of, words_of
from hjulet.planning.risks import operations as risks
from hjulet.planning.risks.models import Change, Occasion
from hjulet.planning.risks.states import WORKFLOW, AnalysisState
from tests.actions.walks import action_at
from tests.factories import committee, person, unit
from tests.monitoring.self_monitoring.walks import plan as plan_control
from tests.planning.walks import CELLS, TODAY, analysis, assess, matrix_in_force, quality_area, risk
from tests.workflows import comes_of, holder

pytestmark = pytest.mark.django_db

MOVES = {
    "conclude": lambda row, by: operations.conclude_analysis(row, by=by),
    "reopen": lambda row, by: operations.reopen_analysis(row, by=by, reason="En risk glömdes."),
}
ALLOWED = {
    (AnalysisState.ONGOING, "conclude"): AnalysisState.CONCLUDED,
    (AnalysisState.CONCLUDED, "reopen"): AnalysisState.ONGOING,
}
MAY_EDIT = {
    "committee_member": False,
    "committee_secretary": False,
    "social_director": True,
    "quality_developer": True,
    "unit_manager": True,
    "group_manager": False,
    "employee": False,
    "lawyer": False,
    "staff_strategist": False,
    "web_editor": False,
    "medically_responsible": True,
    "lex_sarah_investigator": False,
    "provider_contact": False,
    "auditor": False,
    "system_administrator": False,
}


@pytest.fixture
def year(manager, home_care):
    return analysis(manager, home_care)


def analysis_at(state, by, where):
    row = analysis(by, where)
    risk(by, row, 1, 1)
    if state == AnalysisState.CONCLUDED:
        operations.conclude_analysis(row, by=by)
    return row


def test_table_covers_every_move():
    assert set(MOVES) == set(WORKFLOW.by_name)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", AnalysisState)
def test_state_and_move(home_care, manager, state, move):
    row = analysis_at(state, manager, home_care)

    wanted = ALLOWED.get((state, move)) or (state, rules.obstacle_to_move(row, move))

    assert comes_of(MOVES[move], row, manager) == wanted
    if (state, move) in ALLOWED:
        assert row.steps.last().to_state == row.state


@pytest.mark.parametrize(("role", "may"), MAY_EDIT.items())
def test_role_and_acts(home_care, manager, role, may):
    somebody = holder(role, home_care)
    row = analysis_at(AnalysisState.ONGOING, manager, home_care)

    for act in (
        lambda: operations.start_analysis(by=somebody, unit=home_care, year=2030),
        lambda: operations.conclude_analysis(row, by=somebody),
        lambda: operations.reopen_analysis(row, by=somebody, reason="Mer att göra."),
        lambda: operations.start_analysis_from(row, by=somebody),
    ):
        if may:
            act()
        else:
            with pytest.raises(PermissionDenied):
                act()

    assert RiskAnalysis.objects.count() == (3 if may else 1)


def test_start_on_the_matrix_in_force(manager, home_care):
    with pytest.raises(Refused, match="Ingen riskmatris gäller"):
        operations.start_analysis(by=manager, unit=home_care, year=2026)
    matrix = matrix_in_force()

    row = operations.start_analysis(by=manager, unit=home_care, year=2026)

    assert (row.matrix, row.state, row.previous) == (matrix, AnalysisState.ONGOING, None)
    assert Event.objects.get(verb="risk_analysis.started").unit_id == home_care.pk


def test_one_analysis_per_unit_and_year(manager, home_care, year):
    with pytest.raises(ValidationError) as error:
        operations.start_analysis(by=manager, unit=home_care, year=2026)

    assert error.value.messages == ["Det finns redan en riskanalys för enheten och året."]


def test_concluding_names_all_that_is_missing(manager, year):
    assert rules.obstacle_to_concluding(year) == "Riskanalysen har inga risker ännu."

    for scores in ((None, None), (4, 4), (2, 2), (2, 3)):
        risk(manager, year, *scores)

    with pytest.raises(Refused) as refusal:
        operations.conclude_analysis(year, by=manager)
    assert refusal.value.sentence == (
        "1 risk är inte bedömd. "
        "1 röd risk saknar åtgärd med ansvarig och sista dag. "
        "2 gula risker saknar fördjupad analys."
    )


def test_an_acceptance_that_has_lapsed_stands_in_the_way(manager, year, clock):
    row = risk(manager, year, 1, 1)
    risks.accept_risk(row, by=manager, reason="Liten.", until=TODAY)
    assert rules.obstacle_to_concluding(year) is None

    clock.move_to("2026-03-17 10:00+01:00")

    assert rules.obstacle_to_concluding(year) == "1 risk är accepterad till en dag som har passerat."


def test_only_risks_that_are_gone_is_none(manager, year):
    row = risk(manager, year, probability=None)
    risks.mark_change(row, by=manager, change=Change.GONE, reason="Inte vårt.")

    assert rules.obstacle_to_concluding(year) == "Riskanalysen har inga risker ännu."


def test_next_year_begins_with_what_is_left(manager, home_care, year):
    first = risk(manager, year, 3, 4, laws=["SoL"], consequence="Någon far illa.")
    assess(first, manager, 2, 3)
    assess(first, manager, 1, 1, occasion=Occasion.TARGET)
    risks.analyse_deeper(first, by=manager, text="Restider.")
    gone = risk(manager, year, 1, 1)
    risks.mark_change(gone, by=manager, change=Change.GONE, reason="Inte vårt.")
    risk(manager, year, probability=None, quality_area=quality_area("b"), title="Obedömd")

    following = operations.start_analysis_from(year, by=manager)

    assert (following.year, following.previous, following.unit) == (2027, year, home_care)
    told = [
        (row.number, row.title, row.change, row.score, row.earlier_score, row.deeper_analysis, row.laws)
        for row in following.risks.all()
    ]
    assert told == [
        ("1.1", "Sena besök", "unchanged", 6, None, "Restider.", ["SoL"]),
        ("2.1", "Obedömd", "unchanged", None, None, "", []),
    ]
    carried = following.risks.first()
    assert carried.previous == first
    assert [(a.occasion, a.level, a.reason, a.assessor) for a in carried.assessments.all()] == [
        ("initial", "6 Medel", "Överförd från 2026.", manager)
    ]
    assert Event.objects.filter(verb="risk_analysis.started").latest("number").after["risks"] == 2


def test_next_year_is_judged_on_the_matrix_then_in_force(manager, year):
    risk(manager, year, 2, 2)
    matrix = matrix_in_force(cells=CELLS | {(2, 2): "red"})

    row = operations.start_analysis_from(year, by=manager).risks.get()

    assert (row.band.tone, row.band.matrix, row.previous.band.tone) == ("red", matrix, "yellow")


@pytest.mark.parametrize(("until", "tone", "stays"), [(17, "green", True), (16, "green", True), (17, "yellow", False)])
def test_an_acceptance_that_holds_comes_along_while_the_risk_is_green(manager, year, until, tone, stays):
    row = risk(manager, year, 1, 1)
    risks.accept_risk(row, by=manager, reason="Liten.", until=date(2026, 3, until))
    matrix_in_force(cells=CELLS | {(1, 1): tone})

    carried = operations.start_analysis_from(year, by=manager).risks.get()

    given = ("Liten.", manager, date(2026, 3, until)) if stays else ("", None, None)
    assert (carried.accepted_reason, carried.accepted_by, carried.accepted_until) == given


def test_an_acceptance_that_has_lapsed_does_not_come_along(manager, year, clock):
    risks.accept_risk(risk(manager, year, 1, 1), by=manager, reason="Liten.", until=TODAY)
    clock.move_to("2026-03-17 10:00+01:00")

    assert operations.start_analysis_from(year, by=manager).risks.get().accepted_until is None


def test_actions_not_finished_and_controls_that_go_on_come_along(manager, home_care, year):
    row = risk(manager, year)
    by_state = {state: action_at(state, manager, home_care) for state in ("planned", "done", "closed", "cancelled")}
    ends = {"this year": date(2026, 12, 31), "next year": date(2027, 6, 30), "stopped": date(2027, 6, 30)}
    controls = {
        when: plan_control(manager, home_care, title=when, ends_date=last, starts_date=date(2026, 1, 1))
        for when, last in ends.items()
    }
    for action in by_state.values():
        risks.answer_with_action(row, by=manager, action=action)
    for control in controls.values():
        risks.check_with_control(row, by=manager, control=control)
    self_monitoring.stop_control(controls["stopped"], by=manager, reason="Behövs inte.", ends_date=date(2027, 1, 31))
    other = risk(manager, year)

    following = operations.start_analysis_from(year, by=manager)

    carried, without = following.risks.order_by("ordinal")
    assert set(carried.actions.all()) == {by_state["planned"], by_state["done"]}
    assert list(carried.controls.all()) == [controls["next year"]]
    assert (without.previous, without.actions.count(), without.controls.count()) == (other, 0, 0)


def test_next_year_begins_once(manager, home_care, year):
    operations.start_analysis_from(year, by=manager)

    with pytest.raises(Refused, match="Det finns redan en riskanalys för 2027"):
        operations.start_analysis_from(year, by=manager)


def test_visible_to_the_committee(manager, home_care, year):
    outsider = person("Ola Berg", unit_manager=unit(committee("Äldrenämnden")))
    other = analysis(outsider, outsider.role_assignments.get().unit)

    assert list(queries.analyses_visible_to(manager)) == [year]
    assert list(queries.analyses_visible_to(outsider)) == [other]
    assert list(queries.analyses_visible_to(person("Ingen"))) == []


def test_matrix_of_counts_every_risk_once(manager, year):
    risk(manager, year, 3, 3)
    risk(manager, year, 3, 3)
    moved = risk(manager, year, 3, 4)
    assess(moved, manager, 2, 3)
    stayed = risk(manager, year, 1, 1)
    assess(stayed, manager, 1, 1)
    risk(manager, year, probability=None)
    for scores in ((4, 4), (None, None)):
        gone = risk(manager, year, *scores)
        risks.mark_change(gone, by=manager, change=Change.GONE, reason="Inte vårt.")

    standing = queries.matrix_of(queries.count_levels(manager, year.pk))

    assert standing == Standing(
        cells=Counter({(3, 3): 2, (2, 3): 1, (1, 1): 1}),
        new=Counter({(3, 3): 2, (2, 3): 1, (1, 1): 1}),
        gone=Counter({(4, 4): 1}),
        moved=Counter({((3, 4), (2, 3)): 1}),
        unassessed=1,
    )
    assert standing.total == 5
    assert queries.standing_of(manager, year).new == Counter()


def test_what_is_new_is_new_since_the_year_before(manager, year):
    risk(manager, year, 3, 3)
    following = operations.start_analysis_from(year, by=manager)
    risk(manager, following, 1, 1)

    standing = queries.standing_of(manager, following)

    assert (standing.cells, standing.new) == (Counter({(3, 3): 1, (1, 1): 1}), Counter({(1, 1): 1}))


def test_moves_are_told_by_score_with_an_arrow():
    standing = Standing(
        moved=Counter({((3, 4), (2, 3)): 1, ((4, 3), (3, 2)): 1, ((2, 3), (3, 2)): 1, ((1, 1), (4, 4)): 1})
    )

    assert moves_in_words(standing) == [
        "↓ 2 risker har flyttat från 12 till 6.",
        "↑ 1 risk har flyttat från 1 till 16.",
        "→ 1 risk har flyttat från 6 till 6.",
    ]


def test_many_moves_are_told_and_drawn_as_far_as_they_can_be_read(year):
    scores = list(CELLS)
    moved = Counter({(scores[0], to): number for number, to in enumerate(scores[1:], start=1)})
    standing = Standing(moved=moved)

    told = moves_in_words(standing)
    grid = picture_of(standing, title="Risker", bands=bands_of(year.matrix), names=words_of(year.matrix))

    assert sum(int(sentence.lstrip("↑↓→ ").split()[0]) for sentence in told) == sum(moved.values())
    assert [movement.count for movement in grid.movements] == [15, 14, 13, 12, 11, 10, 9, 8]


def test_the_rest_of_the_moves_are_counted_together():
    scores = [(1, 1), (1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 3), (3, 4), (4, 4)]
    moved = Counter({((1, 1), to): 2 for to in scores[1:]} | {((4, 4), to): 1 for to in scores[:3]})

    assert moves_in_words(Standing(moved=moved))[-2:] == [
        "↓ 1 risk har flyttat från 16 till 2.",
        "1 annan risk har flyttat.",
    ]


def test_the_picture_stands_as_the_matrix_does(year):
    standing = Standing(
        cells=Counter({(3, 4): 2}),
        new=Counter({(3, 4): 1}),
        gone=Counter({(1, 1): 1}),
        moved=Counter({((4, 4), (3, 4)): 1}),
        unassessed=1,
    )
    bands, names = bands_of(year.matrix), words_of(year.matrix)

    grid = picture_of(standing, title="Risker", bands=bands, names=names, risk_list="/risker/?analysis=1")

    cell = next(cell for cell in grid.cells if cell.count)
    assert (cell.column, cell.row, cell.score, cell.word, cell.tone, cell.href) == (
        3,
        2,
        "12",
        "Hög",
        "red",
        "/risker/?analysis=1&probability=3&severity=4",
    )
    assert (grid.vertical.title, grid.horizontal.steps[3].word) == ("Sannolikhet", "Allvarlig")
    assert [(m.start, m.end, m.count) for m in grid.movements] == [
        ((3, 3), (3, 2), 1),
        (None, (3, 2), 1),
        ((0, 0), None, 1),
    ]
    assert grid.description == (
        "3 risker: Hög 2, Medel 0, Låg 0. 1 är inte bedömd. ↓ 1 risk har flyttat från 16 till 12."
    )
    assert grid.description == in_words(standing, bands)


def test_without_a_list_the_cells_lead_nowhere(year):
    grid = picture_of(Standing(), title="Risker", bands=bands_of(year.matrix), names=words_of(year.matrix))

    assert {cell.href for cell in grid.cells} == {""}
    assert grid.movements == ()
