"""How the database goes about what is read most often: half a million rows are bearable only by these plans."""

import re
import sqlite3
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hjulet.actions.models import Action
from hjulet.actions.queries import actions_visible_to
from hjulet.actions.tables import ACTIONS
from hjulet.base.tables import is_filled
from hjulet.monitoring.indicators.queries import indicators_listed_for, measurements_listed_for
from hjulet.monitoring.indicators.tables import INDICATORS, MEASUREMENTS
from hjulet.monitoring.models import Occurrence
from hjulet.monitoring.self_monitoring.queries import occurrences_listed_for
from hjulet.monitoring.self_monitoring.tables import OCCURRENCES
from hjulet.organisation.change_log.queries import events_visible_to
from hjulet.organisation.change_log.tables import EVENTS
from hjulet.planning.models import Risk
from hjulet.planning.risks.queries import risks_visible_to
from hjulet.planning.risks.tables import RISKS
from hjulet.reporting.my_work.queries import tasks_of
from hjulet.reporting.wheel.queries import wheel_of
from hjulet.rulebook.models import DocumentVersion
from tests import factories

pytestmark = pytest.mark.django_db

LISTS = {
    "actions": (ACTIONS, actions_visible_to),
    "occurrences": (OCCURRENCES, occurrences_listed_for),
    "indicators": (INDICATORS, indicators_listed_for),
    "measurements": (MEASUREMENTS, measurements_listed_for),
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

    # An incremental sort orders ties only, of a key that has none.
    whole_sorts = [
        line for line in plan.splitlines() if "TEMP B-TREE" in line or line.lstrip(" ->").startswith("Sort  ")
    ]
    assert whole_sorts == []


@pytest.mark.parametrize("turned", ["", "turned"])
def test_the_risks_of_others_are_passed_by_an_analysis_at_a_time(developer, turned):
    """Put in order within each analysis only. SQLite finds it worth while when it knows how many there are."""
    rows = RISKS.ordered(risks_visible_to(developer), RISKS.sort)
    [statement] = statements_of(lambda: list((rows.reverse() if turned else rows).values("pk")[:50]))

    if connection.vendor == "sqlite":
        first, *others = plan_of_half_a_million(statement)
        assert first == "SCAN planning_riskanalysis USING COVERING INDEX analysis_latest_year_first"
        assert "USE TEMP B-TREE FOR ORDER BY" not in others
    else:
        plan = plan_of(statement)
        assert "using analysis_latest_year_first" in plan
        assert "Presorted Key: planning_riskanalysis.year, planning_riskanalysis.unit_id" in plan


@pytest.mark.parametrize(
    ("name", "is_it"),
    [
        ("title", True),
        ("analysis__year", True),
        ("analysis__unit__path", True),
        ("analysis__unit__committee__path", False),
        ("goal__title", False),
        ("probability", False),
        ("points", False),
    ],
)
def test_where_every_row_has_a_value_none_is_put_last(name, is_it):
    assert is_filled(Risk, *name.split("__")) is is_it


def plan_of_half_a_million(statement: str) -> list[str]:
    """In a database of the same tables, empty but told otherwise."""
    named = ("planning_risk", "planning_riskanalysis", "organisation_unit")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_schema WHERE type <> 'trigger' AND tbl_name IN (%s, %s, %s)", named)
        tables = [sql for (sql,) in cursor.fetchall() if sql]
    large = sqlite3.connect(":memory:")
    large.executescript(";".join([*tables, "ANALYZE"]))
    large.executemany(
        "INSERT INTO sqlite_stat1 VALUES (?, ?, ?)",
        [
            ("planning_risk", "risk_latest_first", "500000 100000 100 10 1 1 1 1"),
            ("planning_risk", "sqlite_autoindex_planning_risk_2", "500000 100 10 1"),
            ("planning_riskanalysis", "analysis_latest_year_first", "5000 1000 1"),
            ("organisation_unit", "sqlite_autoindex_organisation_unit_1", "1000 1"),
        ],
    )
    large.execute("ANALYZE sqlite_schema")
    return [row[3] for row in large.execute(f"EXPLAIN QUERY PLAN {statement}")]


def test_what_awaits_a_person_is_found_from_what_is_the_persons_own():
    """Of no kind the rows of others are gone through, those that are planned or those of a whole nämnd."""
    board = factories.committee()
    person = factories.person(unit_manager=board, committee_secretary=board, log_reviewer=board)

    plan = plan_of(statements_of(lambda: tasks_of(person))[-1])

    if connection.vendor == "sqlite":
        found = re.findall(r"SEARCH (\w+_\w+) USING (?:COVERING )?INDEX \w+ \((\w+)=\?", plan)
        assert set(found) == {
            ("actions_action", "owner_person_id"),
            ("actions_action", "unit_id"),
            ("monitoring_dutyoccurrence", "duty_id"),
            ("monitoring_measurement", "indicator_id"),
            ("monitoring_occurrence", "control_id"),
            ("monitoring_review", "plan_id"),
            ("organisation_delegateddecision", "unit_id"),
            ("organisation_meetingreport", "delegated_id"),
            ("planning_idea", "unit_id"),
            ("planning_outcome", "meeting_id"),
            ("planning_qualityplan", "unit_id"),
            ("reporting_followup", "unit_id"),
            ("rulebook_documentquestion", "document_id"),
            ("rulebook_governingdocument", "owner_person_id"),
            ("rulebook_governingdocument", "reviewer_id"),
            ("rulebook_governingdocument", "unit_id"),
            ("rulebook_introduction", "person_id"),
            ("rulebook_introduction", "supervisor_id"),
            ("rulebook_lawreview", "owner_person_id"),
            ("rulebook_lawreview", "unit_id"),
            ("rulebook_process", "owner_person_id"),
            ("rulebook_process", "unit_id"),
            ("rulebook_readingrequest", "unit_id"),
            ("rulebook_agreement", "owner_person_id"),
            ("rulebook_agreement", "unit_id"),
        }
    else:
        assert "Seq Scan on" not in plan.replace("Seq Scan on organisation_unit", "")


def test_a_year_of_a_committee_is_counted_from_indexes(developer):
    """SQLite starts with the units as soon as it knows how many rows there are; here it is asked of one unit."""
    committee = developer.role_assignments.get().unit
    one_unit = Action.objects.filter(unit=committee, due_date__year=2026).exclude(state="cancelled")
    occasions = Occurrence.objects.filter(control_unit=committee, due_date__year=2026).exclude(state="not_applicable")
    statements = statements_of(
        lambda: (wheel_of(developer, committee, 2026), one_unit.count(), occasions.count()),
    )
    plans = "\n".join(plan_of(statement) for statement in statements if "COUNT" in statement)

    if connection.vendor == "sqlite":
        counted_from = {"action_in_year", "risk_in_year", "occurrence_in_year"}
        assert {name for name in counted_from if f"COVERING INDEX {name}" in plans} == counted_from
    else:
        assert "Seq Scan on" not in plans.replace("Seq Scan on organisation_unit", "")


def test_which_version_of_a_document_applies_is_read_from_an_index():
    """A question asks it of every document that has one of its words."""
    applying = DocumentVersion.objects.on(date(2026, 3, 16)).filter(document=17).order_by().values("pk")
    [statement] = statements_of(lambda: list(applying))

    if connection.vendor == "sqlite":
        assert plan_of(statement) == (
            "SEARCH rulebook_documentversion USING COVERING INDEX document_version_on_a_day (document_id=?)"
        )
    else:
        with connection.cursor() as cursor:  # where nothing is stored the next best costs as little
            cursor.execute(
                "DROP INDEX document_version_on_a_day, document_version_in_state, document_version_from_a_day"
            )
        plan = plan_of(statement)
        assert "using document_version_applies" in plan
        assert re.search(r"Index Cond: .*document_id = 17.*COALESCE\(valid_to", plan)
