"""The demo on the first working day of a year, and by its command in March."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from hjulet.audit.models import Event
from hjulet.demo.accounts import PASSWORD, accounts
from hjulet.demo.days import Calendar
from hjulet.demo.story import build
from hjulet.organisation.models import Person
from hjulet.planning.models import RiskAnalysis
from hjulet.planning.risks.states import AnalysisState
from tests.conftest import NOW
from tests.demo.crawl import crawl, faults_in
from tests.demo.people import someone
from tests.demo.truths import untrue
from tests.factories import municipality

NEW_YEAR = datetime(2026, 1, 2, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))

pytestmark = pytest.mark.django_db


@pytest.mark.once
def test_at_new_year_this_years_analyses_are_under_way(clock):
    """Once, for what differs is the story's day: each database builds it by its command, and in November."""
    clock.move_to(NEW_YEAR)
    build(Calendar(NEW_YEAR.date()))

    assert untrue() == []
    this_year = RiskAnalysis.objects.filter(year=2026)
    assert {(str(analysis.unit), analysis.state) for analysis in this_year} == {
        ("Äldrenämnden", AnalysisState.ONGOING),
        ("Ekbackens särskilda boende", AnalysisState.ONGOING),
        ("Socialnämnden", AnalysisState.ONGOING),
    }
    pages = crawl(someone("malin"), rows=3)
    assert faults_in(pages) == []
    assert {"risks:identify", "risks:change", "risks:mark_change"} <= {page.view for page in pages}


def test_command_builds_once_and_tells_the_accounts(capsys):
    call_command("demo")
    first = capsys.readouterr()
    events = Event.objects.count()
    call_command("demo")
    second = capsys.readouterr()

    people = accounts(Calendar(NOW.date()))
    assert Person.objects.filter(is_machine=False).count() == len(people)
    assert all(account.email in first.out and account.email in second.out for account in people)
    assert PASSWORD in first.out
    assert "händelser" in first.err
    assert second.out.startswith("Lindvalla kommun finns redan. Inget är ändrat.")
    assert Event.objects.count() == events
    assert someone("malin").check_password(PASSWORD)
    assert untrue() == []
    assert faults_in(crawl(someone("bengt"), rows=3)) == []


def test_command_leaves_another_municipality_alone():
    municipality("Ekliden")

    with pytest.raises(CommandError, match="Det finns redan en kommun här, Ekliden"):
        call_command("demo")

    assert Person.objects.filter(is_machine=False).count() == 0
