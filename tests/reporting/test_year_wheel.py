from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from hjulet.monitoring.indicators.measurements.operations import leave_out
from hjulet.monitoring.recurring_duties import operations as duties
from hjulet.organisation.models import Person
from hjulet.reporting.follow_up.states import FollowUpState
from hjulet.reporting.year_wheel.counting import Asked
from hjulet.reporting.year_wheel.pictures import share_gone, year_figure
from hjulet.reporting.year_wheel.queries import year_of
from hjulet.reporting.year_wheel.standings import Standing, standing_of
from tests.actions.walks import action_at
from tests.actions.walks import plan as plan_action
from tests.factories import committee, municipality, person, unit
from tests.monitoring.indicators.walks import define as define_indicator
from tests.monitoring.indicators.walks import record as record_measurement
from tests.monitoring.indicators.walks import turn
from tests.monitoring.recurring_duties.walks import finish, first
from tests.monitoring.recurring_duties.walks import plan as plan_duty
from tests.monitoring.self_monitoring.walks import plan as plan_control
from tests.planning.quality_plan import walks as plans
from tests.reporting.walks import follow_up_at, year_begun
from tests.rulebook.agreements import walks as agreements

pytestmark = pytest.mark.django_db
PAGE = reverse("year_wheel:index")
TODAY = date(2026, 3, 16)


@pytest.fixture
def social():
    return committee()


@pytest.fixture
def home_care(social):
    return unit(social)


@pytest.fixture
def developer(social, client):
    developer = person("Kim Lund", quality_developer=social)
    client.force_login(developer)
    return developer


ONLY_DUTIES = Asked(has_controls=False, has_planning=False, has_agreements=False)
ONLY_AGREEMENTS = Asked(has_duties=False, has_controls=False, has_planning=False)


def told(year):
    """What stands in each month that holds something, in short."""
    return {
        month.name: [(entry.title, entry.standing.value) for entry in month.entries]
        + [(tally.layer.value, {standing.value: count for standing, count in tally.told}) for tally in month.tallies]
        for month in year.months
        if month.entries or month.tallies
    }


def figures(year):
    return {month.name: {key.value: n for key, n in month.counts.items() if n} for month in year.months if month.counts}


@pytest.mark.parametrize(
    ("is_done", "begins", "due", "standing"),
    [
        (True, "2026-01-01", "2026-01-31", Standing.DONE),
        (False, "2026-01-01", "2026-03-15", Standing.LATE),
        (False, "2026-01-01", "2026-03-16", Standing.BEGUN),
        (False, "2026-03-16", "2026-03-31", Standing.BEGUN),
        (False, "2026-03-17", "2026-03-31", Standing.COMING),
    ],
)
def test_standing(is_done, begins, due, standing):
    dates = {"begins": date.fromisoformat(begins), "due": date.fromisoformat(due)}

    assert standing_of(is_done=is_done, today=TODAY, **dates) == standing


def test_the_duties_of_a_year_stand_in_their_months(social, home_care, developer):
    plan_duty(developer, home_care, title="Missad", first_due_date=date(2026, 2, 1))
    plan_duty(developer, home_care, title="Begynt", first_due_date=date(2026, 3, 31))
    plan_duty(developer, social, title="Varje kvartal", months=3, first_due_date=date(2026, 1, 31))
    finish(first(plan_duty(developer, home_care, title="Gjord", first_due_date=date(2026, 4, 1))), developer)
    aside = first(plan_duty(developer, home_care, title="Inte i år", first_due_date=date(2026, 4, 2)))
    duties.set_duty_aside(aside, by=developer, reason="Nedlagd.")

    year = year_of(developer, social, 2026, ONLY_DUTIES)

    assert told(year) == {
        "Januari": [("Varje kvartal", "late")],
        "Februari": [("Missad", "late")],
        "Mars": [("Begynt", "begun")],
        "April": [("Gjord", "done"), ("Inte i år", "set_aside"), ("Varje kvartal", "coming")],
        "Juli": [("Varje kvartal", "coming")],
        "Oktober": [("Varje kvartal", "coming")],
    }
    assert figures(year) == {
        "Januari": {"late": 1},
        "Februari": {"late": 1},
        "Mars": {"begun": 1},
        "April": {"done": 1, "coming": 1},
        "Juli": {"coming": 1},
        "Oktober": {"coming": 1},
    }
    assert (year.total, year.late, year.undated) == (7, 2, [])


def test_controls_and_actions_are_numbers_that_lead_to_their_rows(client, social, home_care, developer):
    plan_control(developer, home_care, months=3)
    plan_action(developer, home_care, due_date=date(2026, 3, 1), effect_due_date=date(2026, 6, 1))
    plan_action(developer, home_care, due_date=date(2026, 6, 2))
    action_at("cancelled", developer, home_care, due_date=date(2026, 7, 2))

    year = year_of(developer, social, 2026, Asked(has_duties=False, has_planning=False, has_actions=True))

    assert told(year) == {
        "Mars": [("controls", {"begun": 1}), ("actions", {"late": 1})],
        "Juni": [("controls", {"coming": 1}), ("actions", {"coming": 1}), ("effects", {"coming": 1})],
        "September": [("controls", {"coming": 1})],
        "December": [("controls", {"coming": 1})],
    }
    for month, rows in ((3, 1), (6, 1)):
        for tally in year.months[month - 1].tallies[:2]:
            assert client.get(tally.url).context["shown"].page.paginator.count == rows


def test_measurements_are_numbers_that_lead_to_their_rows(client, social, home_care, developer):
    recurring = define_indicator(developer, home_care, months=6, lag_days=0, owner_person=developer)
    left_out = define_indicator(developer, home_care, name="Ej mätt", months=6, lag_days=0)
    leave_out(turn(left_out), by=developer, reason="Ingen enkät.")
    record_measurement(turn(recurring), developer)

    year = year_of(developer, social, 2026, Asked(has_duties=False, has_planning=False))

    assert told(year) == {
        "Juni": [("measurements", {"done": 1})],
        "December": [("measurements", {"coming": 2})],
    }
    assert client.get(year.months[11].tallies[0].url).context["shown"].page.paginator.count == 2

    def numbers(**query):
        return figures(client.get(PAGE, {"slag": "measurements"} | query).context["year"])

    assert numbers() == {"Juni": {"done": 1}, "December": {"coming": 2}}
    assert numbers(mina="on") == {"Juni": {"done": 1}, "December": {"coming": 1}}
    assert numbers(roll="lawyer") == numbers(slag="survey") == {}


def test_actions_are_left_out_until_they_are_asked_for(client, social, home_care, developer):
    plan_action(developer, home_care, due_date=date(2026, 3, 1))

    assert figures(client.get(PAGE).context["year"]).get("Mars") is None
    assert figures(client.get(PAGE, {"atgarder": "on"}).context["year"])["Mars"] == {"late": 1}


def test_plan_analyses_and_follow_ups_stand_in_the_year(clock):
    begun = year_begun()
    follow_up_at(FollowUpState.REPORTED, begun)
    clock.move_to("2026-09-15 12:00Z")

    year = year_of(begun.developer, begun.committee, 2026, Asked(has_duties=False, has_controls=False))

    dated = [entry for month in year.months for entry in month.entries]
    assert [(str(entry.day), entry.title, entry.standing.value) for entry in dated] == [
        ("2026-03-16", "Kvalitetsplanen för 2026 antas", "done"),
        ("2026-03-16", "Uppföljning Tertial 1 2026", "done"),
        ("2026-08-31", "Uppföljning Tertial 2 2026", "late"),
        ("2026-12-31", "Uppföljning Helår 2026", "coming"),
    ]
    assert [(entry.title, entry.standing.value) for entry in year.undated] == [
        ("Riskanalys för 2026", "late"),
        ("Riskanalys för 2027", "coming"),
    ]


def agree(where, **given):
    """By the machine, so that nobody more works in the unit."""
    return agreements.in_force(Person.objects.machine(), where, **given)


def test_the_days_of_agreements_stand_in_the_year(client, social, home_care, developer):
    machine = Person.objects.machine()
    agree(home_care, title="Försenat", next_follow_up_date=date(2026, 3, 1), valid_to=date(2026, 3, 15))
    agree(home_care, title="Snart", next_follow_up_date=date(2026, 4, 15), notice_date=date(2026, 6, 14))
    agree(home_care, title="Senare", notice_date=date(2026, 6, 15), valid_to=date(2026, 12, 31))
    agree(home_care, title="Förbi", notice_date=date(2026, 1, 2), valid_to=date(2027, 1, 1))
    agreements.terminate(agree(home_care, title="Uppsagt"), machine, valid_to=date(2026, 5, 1))
    agreements.terminate(agree(home_care, title="Slut"), machine, valid_to=date(2026, 2, 1))
    agreements.draft(machine, home_care, title="Utkast", next_follow_up_date=date(2026, 5, 1))

    year = year_of(developer, social, 2026, ONLY_AGREEMENTS)

    assert told(year) == {
        "Januari": [("Säg upp eller förläng avtalet: Förbi", "set_aside")],
        "Februari": [("Avtalet går ut: Slut", "done")],
        "Mars": [("Följ upp avtalet: Försenat", "late"), ("Avtalet går ut: Försenat", "late")],
        "April": [("Följ upp avtalet: Snart", "begun")],
        "Maj": [("Avtalet går ut: Uppsagt", "coming")],
        "Juni": [
            ("Säg upp eller förläng avtalet: Snart", "begun"),
            ("Säg upp eller förläng avtalet: Senare", "coming"),
        ],
        "December": [("Avtalet går ut: Senare", "coming")],
    }
    assert figures(year) == {
        "Februari": {"done": 1},
        "Mars": {"late": 2},
        "April": {"begun": 1},
        "Maj": {"coming": 1},
        "Juni": {"begun": 1, "coming": 1},
        "December": {"coming": 1},
    }
    assert year_of(developer, social, 2026, ONLY_AGREEMENTS, most=2).has_more


def test_agreements_are_seen_by_those_who_may_read_them_and_sifted_as_duties_are(client, social, home_care, developer):
    elsewhere = unit(social, "Boende")
    agree(home_care, title="Norr", next_follow_up_date=date(2026, 5, 1), owner_role="lawyer")
    agree(elsewhere, title="Boende", next_follow_up_date=date(2026, 5, 1), owner_person=developer)

    def titles(somebody=developer, **asked):
        year = year_of(somebody, social, 2026, Asked(has_duties=False, has_planning=False, **asked))
        return [entry.title.partition(": ")[2] for month in year.months for entry in month.entries]

    assert titles() == ["Boende", "Norr"]
    assert titles(unit=elsewhere) == ["Boende"]
    assert titles(role="lawyer") == ["Norr"]
    assert titles(only_mine=True) == ["Boende"]
    assert titles(has_agreements=False) == []
    assert titles(person("Ola Berg", quality_developer=committee("Äldrenämnden"))) == []
    shown = client.get(PAGE, {"slag": "agreements"}).context["year"]
    assert [(entry.kind, entry.title) for month in shown.months for entry in month.entries] == [
        ("Avtal", "Följ upp avtalet: Boende"),
        ("Avtal", "Följ upp avtalet: Norr"),
    ]


def test_a_year_without_a_plan_says_what_is_missing():
    home, developer = plans.home()

    year = year_of(developer, home, 2026, Asked())

    assert [(entry.title, entry.standing.value) for entry in year.undated] == [
        ("Kvalitetsplanen för 2026 antas", "late"),
        ("Riskanalys för 2026", "late"),
        ("Riskanalys för 2027", "coming"),
    ]


def test_who_may_not_read_analyses_is_not_told_that_they_are_missing(social, home_care):
    employee = person("Bo Ny", employee=home_care)

    year = year_of(employee, social, 2026, Asked())

    assert [entry.title for entry in year.undated] == ["Kvalitetsplanen för 2026 antas"]


def test_the_year_is_sifted(client, social, home_care, developer):
    elsewhere = unit(social, "Boende")
    plan_duty(developer, home_care, title="Enkät", kind="survey", owner_person=developer)
    plan_duty(developer, elsewhere, title="Rapport", owner_role="lawyer")

    def titles(**query):
        year = client.get(PAGE, query).context["year"]
        return [entry.title for month in year.months for entry in month.entries if entry.owner or "slag" in query]

    assert titles() == ["Enkät", "Rapport"]
    assert titles(enhet=elsewhere.pk) == ["Rapport"]
    assert titles(slag="survey") == ["Enkät"]
    assert titles(slag="controls") == []
    assert titles(slag="planning") == [f"Uppföljning {name} 2026" for name in ("Tertial 1", "Tertial 2", "Helår")]
    assert titles(roll="lawyer") == ["Rapport"]
    assert titles(mina="on") == ["Enkät"]
    assert titles(ar=2027) == ["Enkät", "Rapport"]
    assert titles(ar="för länge sedan", enhet="999999", namnd="x", roll="mayor") == ["Enkät", "Rapport"]


@pytest.mark.parametrize("rows", [1, 3])
def test_statements(client, home_care, developer, rows, django_assert_num_queries):
    for number in range(rows):
        plan_duty(developer, home_care, title=f"Rapport {number}", owner_person=person(f"Anna {number}"))
        plan_control(developer, home_care)
        agree(home_care, next_follow_up_date=date(2026, 5, 1), owner_person=person(f"Eva {number}"))

    for query in ({}, {"atgarder": "on"}):
        with django_assert_num_queries(12):
            client.get(PAGE, query)


def test_what_has_no_room_is_counted_all_the_same(social, home_care, developer):
    for number in range(3):
        plan_duty(developer, home_care, title=f"Rapport {number}")

    year = year_of(developer, social, 2026, ONLY_DUTIES, most=2)

    assert (year.has_more, len(told(year)["Mars"]), figures(year)["Mars"]) == (True, 2, {"begun": 3})


def test_the_other_nämnd_is_not_seen(social, home_care, developer):
    plan_duty(developer, home_care)
    stranger = person("Ola Berg", quality_developer=committee("Äldrenämnden"))

    assert told(year_of(stranger, social, 2026, ONLY_DUTIES)) == {}


def test_who_follows_no_nämnd_is_told_so(client):
    client.force_login(person("Sam System", system_administrator=municipality()))

    page = client.get(PAGE)

    assert "Inget årshjul att visa" in page.content.decode()
    assert client.get(reverse("year_wheel:file", args=["pdf"])).status_code == 404


@pytest.mark.parametrize(("day", "gone"), [("2026-01-01", 0), ("2026-07-01", 0.5), ("2026-12-16", (11 + 15 / 31) / 12)])
def test_how_much_of_the_year_has_gone(day, gone):
    assert share_gone(date.fromisoformat(day)) == pytest.approx(gone)


def test_the_picture_says_what_the_list_says(social, home_care, developer):
    plan_duty(developer, home_care, first_due_date=date(2026, 2, 1))

    figure = year_figure(year_of(developer, social, 2026, ONLY_DUTIES))

    assert figure.title == "Årshjulet 2026 för Socialnämnden"
    assert figure.description == "Årets tolv månader. Uppgifter: 1. Försenade: 1."
    assert 'aria-label="Februari: försenad 1"' in figure.svg
    assert [cell.content for cell in figure.table.rows[1].cells] == ["Februari", "1", "0", "0", "0", "1"]


def test_the_files_hold_the_picture_and_the_rows(client, social, home_care, developer):
    plan_duty(developer, home_care, title="Kvalitetsredovisning", owner_person=developer)
    plan_control(developer, home_care, months=12)

    def fetched(format):
        answer = client.get(reverse("year_wheel:file", args=[format]), {"ar": "2026"})
        assert answer["Content-Disposition"] == f'attachment; filename="arshjul-2026.{format}"'
        return BytesIO(answer.content)

    word, book = Document(fetched("docx")), openpyxl.load_workbook(fetched("xlsx"))
    text = "".join(page.extract_text() for page in PdfReader(fetched("pdf")).pages)
    assert (len(word.inline_shapes), "Kvalitetsredovisning" in text) == (1, True)
    assert [[cell.value for cell in row] for row in book["Antal per månad"]] == [
        ["Månad", "Vad", "Läge", "Antal"],
        ["December", "Egenkontroller", "Tiden har börjat", 1],
    ]
    titles = [row[1].value for row in book["Årshjul 2026"]]
    assert titles == [
        "Uppgift",
        "Kvalitetsplanen för 2026 antas",
        "Riskanalys för 2026",
        "Riskanalys för 2027",
        "Kvalitetsredovisning",
        "Uppföljning Tertial 1 2026",
        "Uppföljning Tertial 2 2026",
        "Uppföljning Helår 2026",
    ]


def test_an_unknown_format_is_not_there(client, developer):
    assert client.get(reverse("year_wheel:file", args=["html"])).status_code == 404
