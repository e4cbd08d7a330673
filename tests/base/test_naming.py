from datetime import date

import pytest
from django.db import connection

from hjulet.actions.models import Action
from hjulet.base.naming import named
from hjulet.monitoring.models import Occurrence
from hjulet.organisation.models import Unit
from hjulet.organisation.owners import paths_to_unit
from hjulet.planning.models import QualityPlan, Risk, RiskAnalysis
from tests import factories
from tests.actions.walks import plan
from tests.monitoring.self_monitoring.walks import occurrence_at
from tests.monitoring.self_monitoring.walks import plan as plan_control
from tests.planning import walks as risk_walks

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(home_care):
    return factories.person("Eva Chef", unit_manager=home_care)


def refuse(execute, sql, *more):
    raise AssertionError(f"one statement more: {sql}")


def test_rows_of_several_kinds_by_one_statement_each_kind_by_key(manager, home_care, django_assert_num_queries):
    later, sooner = plan(manager, home_care, title="Fler samtal"), plan(manager, home_care, title="Ny rutin")
    plan_control(manager, home_care, title="Läkemedel", months=6)
    risk = risk_walks.risk(manager, risk_walks.analysis(manager, home_care, 2026), title="Fel dos")
    asked = [Action.objects.order_by("title"), Risk.objects.all(), Occurrence.objects.all(), QualityPlan.objects.all()]

    with django_assert_num_queries(1):
        actions, risks, occurrences, plans = named(asked)

    assert [(row.pk, str(row)) for row in actions] == [(later.pk, "Fler samtal"), (sooner.pk, "Ny rutin")]
    assert [(type(row), row.pk, str(row)) for row in risks] == [(Risk, risk.pk, f"{risk.number} Fel dos")]
    assert [str(row) for row in occurrences] == [str(row) for row in Occurrence.objects.order_by("pk")]
    assert plans == []


def test_a_marked_row_says_its_number_only(manager, home_care):
    action = plan(manager, home_care, title="Om Greta")
    Action.objects.update(is_secret=True)

    assert [[str(row) for row in rows] for rows in named([Action.objects.all()])] == [
        [f"Sekretessmarkerad åtgärd {action.pk}"]
    ]


def test_what_is_beside_is_read_whole_or_known_to_be_missing(manager, home_care):
    first = occurrence_at("done", manager, home_care, title="Läkemedel", months=6)
    Occurrence.objects.filter(pk=first.pk).update(done_in=factories.unit(factories.committee(), "Hemtjänst Syd"))

    ((there, here),) = named([Occurrence.objects.all()], beside=paths_to_unit)

    with connection.execute_wrapper(refuse):
        assert (here.unit, here.done_in, there.unit.name) == (home_care, None, "Hemtjänst Syd")
        assert (there.period_start, there.control.title) == (first.period_start, "Läkemedel")


def test_a_unit_is_called_what_it_was_called_then(manager, home_care):
    risk_walks.analysis(manager, home_care, 2026)
    Unit.objects.filter(pk=home_care.pk).update(
        name="Hemvård Norr", earlier_names=[{"name": "Hemtjänst Norr", "until": date(2026, 12, 31).isoformat()}]
    )

    ((analysis,),) = named([RiskAnalysis.objects.all()])

    with connection.execute_wrapper(refuse):
        assert str(analysis) == "Riskanalys 2026, Hemtjänst Norr"


def test_what_is_not_read_is_read_when_it_is_asked_for(manager, home_care, django_assert_num_queries):
    plan(manager, home_care, title="Fler samtal", description="Varje vecka.")
    ((action,),) = named([Action.objects.all()])

    with django_assert_num_queries(1):
        assert action.description == "Varje vecka."


def test_nothing_asked_is_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert (named([]), named([Action.objects.none(), Risk.objects.none()])) == ([], [[], []])
