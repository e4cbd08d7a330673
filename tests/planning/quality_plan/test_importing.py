from io import BytesIO

import openpyxl
import pytest

from hjulet.audit.models import Event
from hjulet.organisation.models import Person
from hjulet.planning.models import QualityPlan, Risk
from hjulet.planning.quality_plan import queries
from hjulet.planning.quality_plan.reading import FaultyWorkbook
from tests.planning.quality_plan import walks

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return walks.home()


def cells(content):
    book = openpyxl.load_workbook(BytesIO(content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def test_the_real_plan_comes_in_with_its_levels(home):
    committee, developer = home

    result = walks.take_in(developer, committee)

    risks = Risk.objects.order_by("area_number")
    assert [(risk.number, risk.score, risk.band.tone) for risk in risks] == [
        ("1.1", 9, "red"),
        ("2.1", 12, "red"),
        ("3.1", 8, "red"),
        ("4.1", 6, "yellow"),
        ("5.1", 4, "yellow"),
    ]
    assert (len(result.new), result.changed, result.unchanged, result.only_here) == (23, [], 0, [])


def test_what_was_taken_in_goes_out_cell_for_cell(home):
    committee, developer = home
    plan = walks.take_in(developer, committee).plan

    assert cells(queries.plan_file(plan, "xlsx").content) == cells(walks.case())
