"""What is marked as secret: hidden from most, opened with a reason, and looked at afterwards by whoever reviews."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hjulet.collaboration.secrecy.operations import mark_secret, open_marked
from hjulet.demo.days import set_to
from hjulet.monitoring.log_review.models import ReviewRule
from hjulet.monitoring.log_review.operations import plan_review
from hjulet.organisation.models import Marking
from tests.journeys.beginnings import given_a_risk, given_an_empty_installation, given_someone

TITLE = "Uppgifter om en anställd har spridits"
REASON = "Någon har begärt ut handlingen."


@pytest.fixture
def committee():
    return given_an_empty_installation("Socialnämnden").committees[0]


@pytest.fixture
def marked(committee):
    developer = given_someone("Vera Lind", "quality_developer", committee)
    risk = given_a_risk(developer, committee, TITLE)
    mark_secret(risk, by=developer, provision="osl_39_1", reason="Rör en anställd.")
    return risk


def test_a_marked_risk_is_opened_with_a_reason(visitor, width, committee, marked):
    auditor = visitor(given_someone("Rune Rev", "auditor", committee), width)
    assert auditor.opens(marked.get_absolute_url()) == 404
    auditor.opens("/risker/")
    auditor.does_not_see(TITLE)

    lawyer = visitor(given_someone("Lars Lag", "lawyer", committee), width)
    lawyer.opens("/")
    lawyer.goes_to("Organisation", "Sekretess")
    lawyer.does_not_see(TITLE)
    lawyer.follows("Risk")
    lawyer.follows("Läs, och ange skäl")
    lawyer.fills({"Varför behöver du läsa?": REASON})
    lawyer.presses("Läs")

    lawyer.sees_heading(f"1.1 {TITLE}")
    lawyer.sees("Att du har läst den här sidan är loggat.")
    lawyer.looks()


def test_the_log_is_reviewed_and_signed(visitor, width, committee, marked):
    lawyer = given_someone("Lars Lag", "lawyer", committee)
    given_a_reading_last_month(marked, lawyer)
    reviewer = given_someone("Lova Logg", "log_reviewer", committee)
    given_a_review_of_last_month(committee, reviewer)

    she = visitor(reviewer, width)
    she.opens("/mina-uppgifter/")
    she.follows("Logggranskning")
    she.presses("Dra stickprovet")
    she.sees("Draget igen med samma frö ger samma läsningar.", REASON)
    she.does_not_see(TITLE)
    she.follows("Bedöm")
    she.fills({"Bedömning": "Motiverad"})
    she.presses("Spara bedömningen")
    she.follows("Underteckna granskningen")
    she.fills({"Vad visade granskningen?": "Läsningen var motiverad."})
    she.presses("Underteckna")

    she.sees("Granskningen är undertecknad.", "Lova Logg")
    assert she.opens(marked.get_absolute_url()) == 404
    she.goes_to("Organisation", "Läslogg")
    she.sees("Lars Lag", REASON)
    she.looks()


def given_a_reading_last_month(risk, lawyer):
    with set_to(last_month()):
        open_marked(Marking.objects.get(target_id=risk.pk), by=lawyer, reason=REASON)


def given_a_review_of_last_month(committee, reviewer):
    first = timezone.localdate(last_month()).replace(day=1)
    rule = ReviewRule.objects.get(key="monthly")
    plan_review(by=reviewer, unit=committee, rule=rule, starts_date=first, owner_person=reviewer)


def last_month():
    return timezone.now().replace(day=1) - timedelta(days=3)
