"""What shows that people are heard: complaints, views and reports, as far as the product has anything of it."""

from datetime import date

import pytest
import time_machine

from hjulet.organisation.models import Person
from hjulet.organisation.people.operations import stop_login
from hjulet.reporting.compliance.queries import compliance_page
from hjulet.rulebook.documents.deciding import withdraw_version
from hjulet.rulebook.models import Provision
from hjulet.rulebook.receipts.operations import confirm_reading
from tests.factories import assign, committee, person, unit
from tests.monitoring.recurring_duties import walks as duties
from tests.planning.participation import walks as participation
from tests.reporting.test_compliance import rows_with
from tests.rulebook.documents import walks as documents
from tests.rulebook.laws.walks import TODAY, YESTERDAY
from tests.rulebook.receipts.walks import ask

pytestmark = pytest.mark.django_db

JANUARY = date(2026, 1, 12)


@pytest.fixture(autouse=True)
def requirements():
    rows_with(["Q-2", "Q-3", "Q-4", "Q-15", "Q-16", "Q-17", "Q-18", "Q-25", "Q-26"], Person.objects.machine())


@pytest.fixture
def home_care(board):
    return unit(board)


@pytest.fixture
def elsewhere(board):
    return unit(board, "Hemtjänst Söder")


def figures(person, board, requirement):
    """What is counted for the requirement; without what is nought."""
    [asked] = [row for row in compliance_page(person, board).requirements if row.key == requirement]
    return {one.evidence.key: (one.shown, one.lacking) for one in asked.found if one.shown or one.lacking}


def routine(by, where, requirement, *, day=TODAY, **given):
    given = {"provisions": [Provision.objects.get(key=requirement)], "roles": ["employee"]} | given
    return documents.in_force(by, by, where, day=day, **given)


@pytest.fixture
def chief(board):
    return person("Eva Ek", unit_manager=board)


@pytest.mark.parametrize(("requirement", "evidence"), [("Q-15", "unit-complaints"), ("Q-17", "unit-reports")])
def test_each_unit_is_to_have_a_routine_that_holds_there(
    board, developer, chief, *, home_care, elsewhere, requirement, evidence
):
    assert figures(developer, board, requirement)[evidence] == (0, 2)

    routine(chief, home_care, requirement)
    assert figures(developer, board, requirement)[evidence] == (1, 1)

    for_all = routine(chief, board, requirement, title="För alla")
    assert figures(developer, board, requirement)[evidence] == (2, 0)
    withdraw_version(documents.first(for_all), by=chief, reason="Var och en skriver sin egen.")
    assert figures(developer, board, requirement)[evidence] == (1, 1)


def test_a_routine_for_some_units_holds_in_those(board, developer, chief, home_care, elsewhere):
    routine(chief, board, "Q-15", applies_to=[elsewhere])

    assert figures(developer, board, "Q-15")["unit-complaints"] == (1, 1)


def test_a_routine_that_points_to_nothing_or_to_something_else_shows_nothing(board, developer, chief, home_care):
    routine(chief, board, "Q-15", provisions=[])
    routine(chief, board, "Q-17", title="Lex Sarah")
    documents.start(chief, board, title="Bara ett utkast", provisions=[Provision.objects.get(key="Q-15")])

    assert figures(developer, board, "Q-15")["unit-complaints"] == (0, 1)


def test_a_routine_of_another_committee_holds_nowhere_here(board, developer, home_care):
    other = committee("Äldrenämnden")
    routine(person("Ida Öst", unit_manager=other), other, "Q-15")

    assert figures(developer, board, "Q-15")["unit-complaints"] == (0, 1)


def test_somebody_investigates_in_the_unit_or_above_it(board, developer, home_care, elsewhere):
    somebody = person("Lex Sand", lex_sarah_investigator=home_care)
    assert figures(developer, board, "Q-17")["unit-investigator"] == (1, 1)

    assign(somebody, "lex_sarah_investigator", board, valid_to=YESTERDAY)
    assert figures(developer, board, "Q-17")["unit-investigator"] == (1, 1)
    assign(somebody, "lex_sarah_investigator", board)
    assert figures(developer, board, "Q-17")["unit-investigator"] == (2, 0)


def test_who_can_no_longer_log_in_neither_leads_nor_investigates(board, developer, home_care):
    for row in (person("Lex Sand", lex_sarah_investigator=home_care), person("Eva Chef", unit_manager=home_care)):
        stop_login(row, by=Person.objects.machine(), reason="Har slutat.")

    assert figures(developer, board, "Q-17")["unit-investigator"] == (0, 1)
    assert figures(developer, board, "Q-4")["unit-lead"] == (0, 1)


@pytest.mark.parametrize(("requirement", "evidence"), [("Q-15", "complaints-read"), ("Q-17", "reports-read")])
def test_who_was_asked_to_read_the_routine_has_read_it(board, developer, chief, home_care, *, requirement, evidence):
    reader = person("Anna Berg", employee=home_care)
    version = documents.first(routine(chief, board, requirement, day=JANUARY))
    ask(documents.first(routine(chief, board, requirement, title="En annan", provisions=[])), chief, home_care)
    with time_machine.travel(JANUARY, tick=False):
        ask(version, chief, home_care, roles=["employee"], due_date=date(2026, 2, 1))
    assert figures(developer, board, requirement)[evidence] == (0, 1)

    confirm_reading(version, by=reader)
    assert figures(developer, board, requirement)[evidence] == (1, 0)


def test_views_from_meetings_are_answered(board, developer, home_care):
    participation.outcome_at("no_measure", developer, home_care)
    participation.outcome_at("linked", developer, home_care, of_kind="view")
    participation.outcome_at("new", developer, home_care, of_kind="works")
    participation.outcome_at("new", developer, home_care)
    for meeting_date in (date(2025, 11, 10), JANUARY):
        with time_machine.travel(JANUARY, tick=False):
            participation.outcome_at("new", developer, home_care, meeting_date=meeting_date)

    for requirement in ("Q-15", "Q-18"):
        assert figures(developer, board, requirement)["views-answered"] == (2, 1)


@pytest.mark.parametrize(
    ("requirement", "evidence", "template"),
    [
        ("Q-2", "safety-report", "patient_safety_report"),
        ("Q-17", "reports-information", "lex_sarah_information"),
        ("Q-18", "complaints-report", "complaints_report"),
        ("Q-25", "safety-report", "patient_safety_report"),
    ],
)
def test_what_comes_back_every_year_is_done(board, developer, home_care, *, requirement, evidence, template):
    kept = duties.template(template)
    duties.occurrence_at("done", developer, board, template=kept)
    duties.plan(developer, home_care, template=kept, first_due_date=date(2026, 3, 1))
    duties.plan(developer, board, title="Något annat", first_due_date=date(2026, 3, 1))

    assert figures(developer, board, requirement)[evidence] == (1, 1)


@pytest.mark.parametrize(
    ("requirement", "evidence"),
    [("Q-3", "document-words"), ("Q-16", "document-patient-complaints"), ("Q-26", "document-exemption")],
)
def test_documents_that_point_to_the_requirement_are_reviewed_in_time(requirement, evidence, board, developer, chief):
    assert figures(developer, board, requirement) == {}

    routine(chief, board, requirement)
    routine(chief, board, requirement, title="Den gamla", day=date(2024, 1, 8))
    routine(chief, board, requirement, title="Om annat", provisions=[])

    assert figures(developer, board, requirement) == {evidence: (1, 1)}
