"""What a unit was called and where it stood, for any day; and what was decided or ended then says so for ever."""

import re
from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from hjulet.actions.models import Action
from hjulet.actions.states import ActionState
from hjulet.organisation.models import Unit, UnitVersion
from hjulet.organisation.reorganisations.models import Kind
from hjulet.organisation.reorganisations.operations import plan_reorganisation
from hjulet.organisation.units.operations import change_unit
from hjulet.organisation.units.queries import tree
from hjulet.planning.models import PlanFile, QualityPlan
from hjulet.planning.quality_plan.queries import plan_content, plan_file
from hjulet.reporting.follow_up.queries import content_of
from hjulet.reporting.follow_up.states import FollowUpState
from hjulet.reporting.models import FollowUp, FollowUpFile
from tests import factories
from tests.actions.walks import action_at
from tests.monitoring.self_monitoring import walks as controls
from tests.organisation.reorganisations.walks import TODAY, done_today, drafted, home, merged, renamed
from tests.planning import walks as planning
from tests.reporting.walks import follow_up_at, year_begun

pytestmark = pytest.mark.django_db
NEXT_YEAR = datetime(2027, 2, 1, 10, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.fixture
def place():
    return home()


def names(branches):
    return [(branch.name, names(branch.children)) for branch in branches]


def test_the_tree_of_a_day_has_the_names_and_places_of_that_day(place, django_assert_num_queries):
    by = place.administrator
    done_today(renamed(by, place.north, "Nordan", effective_date=TODAY), by)
    done_today(drafted(by, Kind.MOVE, [place.south], parent=place.north, effective_date=TODAY), by)

    def under_office(day):
        (municipality,) = tree(by, day)
        return names(municipality.children[0].children[0].children)

    assert under_office(TODAY) == [("Nordan", [("Söder Äldrenämnden", [])])]
    with django_assert_num_queries(2):
        then = under_office(date(2026, 3, 15))
    assert then == [("Norr Äldrenämnden", []), ("Söder Äldrenämnden", [])]


def test_a_version_answers_for_every_day(place):
    done_today(renamed(place.administrator, place.north, "Nordan", effective_date=TODAY), place.administrator)

    def called(day):
        return [version.name for version in UnitVersion.objects.on(day).filter(unit=place.north)]

    days = (date(2019, 12, 31), date(2020, 1, 1), date(2026, 3, 15), TODAY)
    assert [called(day) for day in days] == [[], ["Norr Äldrenämnden"], ["Norr Äldrenämnden"], ["Nordan"]]
    place.north.refresh_from_db()
    assert [place.north.name_on(day) for day in (*days[1:], None)] == [
        "Norr Äldrenämnden",
        "Norr Äldrenämnden",
        "Nordan",
        "Nordan",
    ]


def test_what_is_put_right_is_right_in_the_past_too(place):
    done_today(renamed(place.administrator, place.north, "Nordann", effective_date=TODAY), place.administrator)
    place.north.refresh_from_db()

    change_unit(place.north, by=place.administrator, revision=place.north.revision, name="Nordan", code="")

    assert place.north.earlier_names == [{"until": "2026-03-15", "name": "Norr Äldrenämnden"}]
    assert [version.name for version in UnitVersion.objects.on(TODAY).filter(unit=place.north)] == ["Nordan"]


def test_versions_are_written_once(place):
    for change in (lambda rows: rows.update(name="Annat"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(UnitVersion.objects.filter(unit=place.north))


def exported(client, address, **query):
    content = client.get(address, {"format": "xlsx", **query}).content
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def test_an_action_that_was_closed_last_year_shows_and_exports_the_name_of_then(place, client, clock):
    closed = action_at(ActionState.CLOSED, place.developer, place.north, title="Stängd", owner_role="unit_manager")
    cancelled = action_at(ActionState.CANCELLED, place.developer, place.north, title="Utgången")
    still_open = action_at(ActionState.ONGOING, place.developer, place.north, title="Öppen")
    clock.move_to(NEXT_YEAR)
    day = NEXT_YEAR.date()
    row = renamed(place.administrator, place.north, "Nordan", effective_date=day)
    plan_reorganisation(row, by=place.administrator, day=day)
    client.force_login(place.developer)

    assert {row[0]: row[1] for row in exported(client, reverse("actions:list"))} == {
        "Stängd": "Norr Äldrenämnden",
        "Utgången": "Norr Äldrenämnden",
        "Öppen": "Nordan",
    }
    assert (closed.ended_date, cancelled.ended_date, still_open.ended_date) == (TODAY, TODAY, None)
    shown = client.get(closed.get_absolute_url()).text
    assert "Enhetschef, Norr Äldrenämnden" in shown
    assert "Nordan" not in main_of(shown)
    assert Action.objects.get(pk=closed.pk).unit.name == "Nordan"


def test_a_result_stays_where_it_was_entered_when_the_control_goes_on(place, client):
    control = controls.plan(place.developer, place.north)
    controls.record(controls.first(control), place.developer)
    done_today(merged(place.administrator, *place.units, effective_date=TODAY), place.administrator)
    client.force_login(place.developer)

    listed = {row[3]: row[1] for row in exported(client, reverse("self_monitoring:occurrences"))}
    assert listed["januari 2026"] == "Norr Äldrenämnden"
    assert {unit for period, unit in listed.items() if period != "januari 2026"} == {"Hemtjänsten"}
    new = Unit.objects.get(name="Hemtjänsten")
    of_old = exported(client, reverse("self_monitoring:occurrences"), unit=place.north.pk)
    of_new = exported(client, reverse("self_monitoring:occurrences"), unit=new.pk)
    assert (len(of_old), len(of_new)) == (1, len(listed) - 1)
    assert set(control.occurrences.values_list("control_unit", flat=True)) == {new.pk}


def main_of(page):
    """The content of a page without what is new every time: tokens that say whose form it is."""
    (main,) = re.findall(r"<main.*?</main>", page, re.DOTALL)
    return re.sub(r'(name="[^"]*token"|name="once") value="[^"]*"', r"\1", main)


def test_last_years_plan_and_follow_up_are_unchanged_to_the_byte(client, clock):
    year = year_begun()
    follow_up = follow_up_at(FollowUpState.REPORTED, year)
    plan = QualityPlan.objects.get(pk=year.plan.pk)
    unit = factories.unit(year.committee, "Norr")
    clock.move_to(NEXT_YEAR)
    day, by = NEXT_YEAR.date(), factories.person("Siv System", system_administrator=factories.municipality())
    auditor = factories.person("Rut Revisor", auditor=factories.municipality())
    client.force_login(auditor)

    def papers():
        pages = [client.get(row.get_absolute_url()) for row in (plan, follow_up)]
        assert [page.status_code for page in pages] == [200, 200]
        files = [bytes(file.content) for model in (PlanFile, FollowUpFile) for file in model.objects.order_by("pk")]
        kept = QualityPlan.objects.get(pk=plan.pk), FollowUp.objects.get(pk=follow_up.pk)
        said = [str(row) for row in kept], plan_content(kept[0]), content_of(kept[1])
        return [main_of(page.text) for page in pages], files, said, plan_file(kept[0], "pdf").name

    before = papers()
    for row in (
        renamed(by, year.committee, "Omsorgsnämnden", effective_date=day),
        drafted(by, Kind.MOVE, [unit], parent=factories.administration(year.committee), effective_date=day),
    ):
        plan_reorganisation(row, by=by, day=day)

    year.committee.refresh_from_db()
    assert year.committee.name == "Omsorgsnämnden"
    assert papers() == before


def test_last_years_analysis_keeps_the_name_of_its_unit(place, clock):
    analysis = planning.analysis(place.developer, place.north, year=2025)
    done_today(renamed(place.administrator, place.north, "Nordan", effective_date=TODAY), place.administrator)

    analysis.refresh_from_db()
    assert str(analysis) == "Riskanalys 2025, Norr Äldrenämnden"
    assert str(planning.analysis(place.developer, place.north, year=2026)) == "Riskanalys 2026, Norr Äldrenämnden"
