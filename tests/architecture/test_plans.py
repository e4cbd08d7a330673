"""How the database goes about what is read most often: half a million rows are bearable only by these plans."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hjulet.actions.queries import actions_visible_to
from hjulet.actions.tables import ACTIONS
from hjulet.base.commands import take_stock
from hjulet.monitoring.self_monitoring.queries import occurrences_listed_for
from hjulet.monitoring.self_monitoring.tables import OCCURRENCES
from hjulet.organisation.change_log.queries import events_visible_to
from hjulet.organisation.change_log.tables import EVENTS
from hjulet.planning.risks.queries import risks_visible_to
from hjulet.planning.risks.tables import RISKS
from hjulet.reporting.wheel.queries import wheel_of
from tests import factories

pytestmark = pytest.mark.django_db

LISTS = {
    "actions": (ACTIONS, actions_visible_to),
    "risks": (RISKS, risks_visible_to),
    "occurrences": (OCCURRENCES, occurrences_listed_for),
    "events": (EVENTS, events_visible_to),
}


@pytest.fixture
def developer():
    return factories.person("Kim Kvalitet", quality_developer=factories.committee())


def plan_of(statement: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {statement.replace('%', '%%')}", [])
            return "\n".join(row[3] for row in cursor.fetchall())
        # The tables are nearly empty: it is asked what it can do, not what pays here.
        cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {statement}")
        return "\n".join(row[0] for row in cursor.fetchall())


def statements_of(read) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        read()
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("turned", ["", "turned"])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_in_its_usual_order_is_read_from_an_index_and_sorted_by_nobody(developer, name, turned):
    table, visible_to = LISTS[name]
    rows = table.ordered(visible_to(developer), table.sort)
    keys = (rows.reverse() if turned else rows).values("pk")[:50]

    plan = plan_of(statements_of(lambda: list(keys))[-1])

    assert [line for line in plan.splitlines() if "TEMP B-TREE" in line or "Sort" in line] == []


# As `ANALYZE` would have counted: rows in all, then rows that share the first column, the first two …
HALF_A_MILLION = (
    ("actions_action", "action_in_year", "500000 500 20 10 5 2"),
    ("actions_action", "actions_act_due_dat_82a0be_idx", "500000 500 1"),
)
COUNTED_FROM = {"action_in_year", "risk_in_year", "occurrence_in_year", "control_seen_by"}


@pytest.fixture
def _statistics_of_many_rows():
    """PostgreSQL has its own way of counting, and chooses without."""
    if connection.vendor == "sqlite":
        take_stock()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM sqlite_stat1")
            cursor.executemany("INSERT INTO sqlite_stat1 VALUES (%s, %s, %s)", HALF_A_MILLION)
            cursor.execute("ANALYZE sqlite_schema")


@pytest.mark.usefixtures("_statistics_of_many_rows")
def test_a_year_of_a_committee_is_counted_from_indexes(developer):
    committee = developer.role_assignments.get().unit
    statements = statements_of(lambda: wheel_of(developer, committee, 2026))
    plans = "\n".join(plan_of(statement) for statement in statements if "COUNT" in statement)

    if connection.vendor == "sqlite":
        assert {name for name in COUNTED_FROM if f"COVERING INDEX {name} " in plans} == COUNTED_FROM
    else:
        assert "Seq Scan on" not in plans.replace("Seq Scan on organisation_unit", "")
