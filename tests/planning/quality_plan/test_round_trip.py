"""Whatever stands in a plan, what is exported can be imported again, equal."""

from io import BytesIO
from itertools import count

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hjulet.audit.models import Event
from hjulet.base.intake.cells import tidy
from hjulet.planning.quality_plan import queries
from hjulet.planning.quality_plan.standing import key_of
from hjulet.planning.quality_plan.workbook import ActionRow, ControlRow, PlanRows, RiskRow, write
from tests.factories import committee
from tests.planning.quality_plan import walks

pytestmark = pytest.mark.django_db

YEAR = 2026
ODD = st.sampled_from(
    [
        "=1+1",
        "+46 70",
        "-",
        "@SUM(A1)",
        "1.1",
        "007",
        "2026-01-01",
        "_x0041_",
        "a\nb",
        "å'\"<&>;",
        "\t x",
        "𝔘 🙂",
        "TRUE",
    ]
)


def text(longest, *, empty=False):
    """Text as the product can hold it: without control characters and the space around."""
    free = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=longest)
    kept = (free | ODD).map(tidy)
    return kept if empty else kept.filter(bool)


responsible = st.sampled_from(["Enhetschef", "Medarbetare", ""])
targets = st.sampled_from(["", ">=90 %", "<=3,5 dagar", "100 %", ">=4 på 5-gradig skala", "120", ">=0,125 %"])
days = st.dates(walks.date(2025, 1, 1), walks.TODAY)
risk_rows = st.builds(
    RiskRow,
    number=st.just(""),
    overall=text(40, empty=True),
    focus=text(40, empty=True),
    area=st.sampled_from(walks.AREAS),
    title=text(60),
    deficiency=text(60),
    probability=st.sampled_from([3, 4]),
    severity=st.sampled_from([2, 3, 4]),
    assessed_date=days,
    responsible=responsible,
)
action_rows = st.builds(
    ActionRow,
    risk=st.just(""),
    title=text(40),
    description=text(60),
    responsible=responsible,
    due_date=days | st.none(),
)
control_rows = st.builds(
    ControlRow,
    risk=st.just(""),
    title=text(60),
    method=text(20),
    frequency=st.sampled_from([name for name, _months, _synonyms in walks.FREQUENCIES]),
    responsible=responsible,
    target=targets,
)


@st.composite
def plans(draw):
    """Risks numbered from 1.1 on, one to each quality area number, with up to two actions and controls each."""
    risks, actions, controls = [], [], []
    for number, risk in enumerate(draw(st.lists(risk_rows, min_size=1, max_size=3)), start=1):
        name = f"{number}.1"
        risks.append(with_number(risk, number=name))
        actions += [with_number(it, risk=name) for it in draw(st.lists(action_rows, max_size=2, unique_by=key_of))]
        controls += [with_number(it, risk=name) for it in draw(st.lists(control_rows, max_size=2, unique_by=key_of))]
    return PlanRows(tuple(risks), tuple(actions), tuple(controls))


def with_number(row, **number):
    return type(row)(**{name: getattr(row, name) for name in row.__slots__} | number)


def cells(content):
    """The rows of each sheet in any order: an export goes by goal."""
    book = openpyxl.load_workbook(BytesIO(content))
    return {
        sheet.title: sorted(([cell.value for cell in row] for row in sheet.iter_rows()), key=repr) for sheet in book
    }


@pytest.fixture(scope="module")
def serial():
    return count(1)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=plans())
def test_what_goes_out_comes_in_again_equal(db, serial, plan):
    if not walks.QualityArea.objects.exists():
        walks.registers()
    board = committee(f"Nämnd {next(serial)}")
    developer = walks.developer(board, name=f"Vera {board.pk}")
    written = write(plan)

    taken = walks.take_in(developer, board, written, year=YEAR).plan
    exported = queries.plan_file(taken, "xlsx").content
    events = Event.objects.count()

    assert cells(exported) == cells(written)
    assert walks.take_in(developer, board, exported, year=YEAR).changes_nothing
    assert Event.objects.count() == events
