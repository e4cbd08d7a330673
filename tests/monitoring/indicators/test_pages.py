from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from hjulet.monitoring.indicators import operations
from hjulet.monitoring.indicators.measurements import operations as measurements
from hjulet.monitoring.indicators.states import MeasurementState as S
from hjulet.monitoring.models import Indicator
from hjulet.monitoring.self_monitoring.periods import Period
from tests import lists
from tests.factories import committee, person, unit
from tests.monitoring.indicators.test_operations import template
from tests.monitoring.indicators.walks import aim_at, define, measurement_at, record, turn
from tests.monitoring.self_monitoring.walks import every
from tests.rulebook.processes.walks import describe

pytestmark = pytest.mark.django_db

OLA_ELSEWHERE = ["detail", "change", "choose_units", "withdraw", "set_target", "open_period"]
OF_A_MEASUREMENT = ["record", "correct", "undo", "leave_out", "restore"]


@pytest.fixture
def manager(home_care, client):
    manager = person(unit_manager=home_care)
    client.force_login(manager)
    return manager


def names(response):
    return [row[0][1].text for row in response.context["shown"].rows]


def url(name, row):
    return reverse(f"indicators:{name}", args=[row.pk])


def years(indicator, by, *counts, first=2022):
    """A yearly share, with one measurement for each count of fifty."""
    for year, count in enumerate(counts, first):
        period = Period(date(year, 1, 1), date(year, 12, 31))
        row = measurements.open_period(indicator, by=by, unit=indicator.unit, period=period)
        record(row, by, count=count, total=50, measured_date=date(year, 11, 30))


# How many statements


@pytest.mark.parametrize("rows", [1, 3])
def test_list_statements(client, home_care, manager, rows, django_assert_num_queries):
    for number in range(rows):
        indicator = define(manager, home_care, name=f"Nyckeltal {number}", owner_person=person(f"Anna {number}"))
        aim_at(indicator, manager)
        record(turn(indicator), manager)

    with django_assert_num_queries(11):
        client.get(reverse("indicators:list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_measurement_list_statements(client, home_care, manager, rows, django_assert_num_queries):
    for number in range(rows):
        indicator = define(manager, home_care, months=12, owner_person=person(f"Anna {number}"))
        aim_at(indicator, manager)
        record(turn(indicator), manager)

    with django_assert_num_queries(8):
        client.get(reverse("indicators:measurements"))


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_statements(client, home_care, rows, django_assert_num_queries):
    developer = person("Kim Lund", quality_developer=home_care.committee)
    places = [unit(home_care.committee, f"Hemtjänst {number}") for number in range(rows)]
    indicator = define(developer, home_care.committee, measured_in=places)
    for number, place in enumerate(places):
        operations.measure_process(describe(developer, place, title=f"P{number}"), by=developer, indicator=indicator)
        aim_at(indicator, developer, 80 + number, valid_from=date(2026, 1, 1 + number))
        record(turn(indicator, unit=place), developer)
    client.force_login(developer)

    with django_assert_num_queries(10):
        client.get(indicator.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_measurement_statements(client, home_care, manager, rows, django_assert_num_queries):
    measurement = measurement_at(S.MEASURED, manager, home_care)
    for number in range(rows):
        measurements.correct_measurement(
            measurement, by=manager, revision=measurement.revision, reason="Fel.", count=30 + number
        )

    with django_assert_num_queries(9):
        client.get(measurement.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_panel_of_a_process_statements(client, home_care, manager, rows, django_assert_num_queries):
    process = describe(manager, home_care)
    for number in range(rows):
        indicator = define(manager, home_care, name=f"Nyckeltal {number}")
        operations.measure_process(process, by=manager, indicator=indicator)
        record(turn(indicator), manager)

    with django_assert_num_queries(7):
        client.get(url("for_process", process))


# The lists


def test_list_filters_and_sorts(client, home_care, manager):
    define(manager, home_care, name="Väntetid", kind="time", owner_person=manager)
    define(manager, home_care, name="Planer", months=12, question="Vilket mål?")
    gone = define(manager, home_care, name="Avskaffat", owner_role="unit_manager")
    operations.withdraw_indicator(gone, by=manager, reason="Ersatt.")

    def shown(**query):
        return names(client.get(reverse("indicators:list"), query))

    assert shown() == ["Planer", "Väntetid"]
    assert shown(sort="-name") == ["Väntetid", "Planer"]
    assert shown(sort="next_due_date") == ["Väntetid", "Planer"]
    assert shown(q="plan") == ["Planer"]
    assert shown(mine="on") == ["Väntetid"]
    assert shown(has_question="on") == ["Planer"]
    assert shown(withdrawn="on") == ["Avskaffat", "Planer", "Väntetid"]
    assert shown(withdrawn="on", owner_role="unit_manager") == ["Avskaffat"]
    assert shown(unit=home_care.pk) == shown()


def test_list_says_how_each_stands_now(client, home_care, manager, clock):
    one = define(manager, home_care, name="A")
    aim_at(one, manager)
    record(turn(one), manager, count=490, total=500)
    define(manager, home_care, name="B")

    def standing():
        rows = client.get(reverse("indicators:list")).context["shown"].rows
        return [(str(row[5][1]), row[4][1]) for row in rows]

    assert standing() == [("98 % Uppnått", "minst 90 %"), ("Ej mätt", "Inget mål satt")]
    clock.move_to("2026-05-20 12:00Z")
    client.force_login(manager)
    assert standing()[0] == ("98 % Inaktuell mätning (mars 2026)", "minst 90 %")


def test_of_several_units_is_told_how_many_reach_the_target(client, home_care):
    developer = person("Kim Lund", quality_developer=home_care.committee)
    south = unit(home_care.committee, "Hemtjänst Syd")
    indicator = define(developer, home_care.committee, measured_in=[home_care, south])
    aim_at(indicator, developer)
    record(turn(indicator, unit=home_care), developer)
    record(turn(indicator, unit=south), developer, count=20)
    client.force_login(developer)

    [row] = client.get(reverse("indicators:list")).context["shown"].rows

    assert str(row[5][1]) == "1 av 2 enheter når målet"


def test_measurement_list_filters_and_sorts(client, home_care, manager, clock):
    yearly = define(manager, home_care, name="Planer", months=12, owner_person=manager)
    define(manager, home_care, name="Väntetid", kind="time", months=6, lag_days=0)
    measurements.leave_out(turn(yearly), by=manager, reason="Ingen enkät.")
    clock.move_to("2026-07-20 12:00Z")
    client.force_login(manager)

    def shown(**query):
        rows = client.get(reverse("indicators:measurements"), {"year": 2026} | query).context["shown"].rows
        return [(row[0][1].text, row[3][1]) for row in rows]

    spring, autumn, plans = ("Väntetid", "januari–juni 2026"), ("Väntetid", "juli–december 2026"), ("Planer", "2026")
    assert shown() == [spring, autumn]
    assert shown(year="") == [spring, autumn, plans, *shown(year=2027)[1:], *shown(year=2028)]
    assert shown(year=2027)[0] == plans
    assert shown(overdue="on") == [spring]
    assert shown(year="", state="not_measured") == [plans]
    assert shown(sort="-due_date") == [autumn, spring]
    assert shown(year="", mine="on") == [plans, ("Planer", "2027")]
    assert shown(due_from="2026-07-01", due_to="2026-12-31", unit=home_care.pk) == [autumn]
    assert shown(q="plan", year=2027) == [plans]


def test_excel_holds_no_small_numbers(client, home_care, manager):
    indicator = define(manager, home_care, name="=1+1")
    record(turn(indicator), manager, count=1, total=4)

    books = [
        lists.fetched(client, reverse(f"indicators:{page}"), state="measured").active
        for page in ("list", "measurements")
    ]

    (_, of_list), (_, of_measurements) = ([[c.value for c in row] for row in book.iter_rows()] for book in books)
    assert (of_list[0], of_list[5]) == ("=1+1", "För få svar")
    assert (of_measurements[0], of_measurements[3], of_measurements[-1]) == ("=1+1", "mars 2026", "För få svar")


def test_an_edited_file_of_the_list_is_read_in(client, home_care, manager):
    indicator = define(manager, home_care, name="Planer")
    book = lists.edit(lists.fetched(client, reverse("indicators:list")), A2="Aktuella planer")

    preview = lists.sent(client, reverse("indicators:read_in"), book)
    lists.agreed(client, reverse("indicators:read_in"), preview)

    indicator.refresh_from_db()
    assert indicator.name == "Aktuella planer"


def test_several_are_changed_at_once(client, home_care, manager):
    rows = [define(manager, home_care, name=name) for name in ("A", "B")]

    lists.chosen(client, reverse("indicators:change_many"), rows, owner_role="unit_manager")

    assert {row.owner_role for row in Indicator.objects.all()} == {"unit_manager"}


def test_several_are_left_out_at_once(client, home_care, manager):
    rows = [turn(define(manager, home_care, name=name)) for name in ("A", "B")]

    lists.chosen(client, reverse("indicators:leave_out_many"), rows, reason="Enkäten gick inte ut.")

    assert {turn(row.indicator).state for row in rows} == {S.NOT_MEASURED}


@pytest.mark.parametrize("name", ["list", "measurements"])
def test_empty_list_says_what_will_be_here(client, manager, name):
    assert "Inget nyckeltal här" in client.get(reverse(f"indicators:{name}")).content.decode()


# One indicator


def test_define_by_form(client, home_care, manager):
    response = client.post(
        reverse("indicators:define"),
        {
            "unit": home_care.pk,
            "name": "Upplevt inflytande",
            "definition": "Medelvärdet av fråga 3.",
            "kind": "mean",
            "scale_steps": "5",
            "direction": "higher",
            "frequency": every(12).pk,
            "lag_days": "30",
            "first_valid_date": "2026-01-01",
            "smallest": "5",
        },
    )

    indicator = Indicator.objects.get()
    assert (response.url, indicator.measure) == (indicator.get_absolute_url(), "på 5-gradig skala")
    assert indicator.measurements.count() == 2


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, home_care, manager):
    response = client.post(
        reverse("indicators:define"),
        {
            "unit": home_care.pk,
            "name": "Andel",
            "definition": "Det som räknas.",
            "kind": "share",
            "direction": "higher",
        },
    )

    assert (response.status_code, Indicator.objects.count()) == (422, 0)
    assert "Det som räknas.</textarea>" in response.content.decode()


def test_conflicting_change_shows_both_and_saves_at_the_second_try(client, home_care, manager):
    indicator = define(manager, home_care)
    form = client.get(url("change", indicator)).context["form"]
    typed = {field.html_name: field.value() for field in form if field.value() is not None}
    client.post(url("change", indicator), typed | {"name": "Annans namn"})

    response = client.post(url("change", indicator), typed | {"name": "Mitt namn"})

    form = response.context["form"]
    assert (response.status_code, form.conflicts) == (
        422,
        [("Nyckeltal", "Mitt namn", "Annans namn", "choose-name")],
    )
    client.post(url("change", indicator), typed | {"name": "Mitt namn", "revision": form["revision"].value()})
    indicator.refresh_from_db()
    assert indicator.name == "Mitt namn"


def test_take_in_from_the_library_by_form(client, home_care, manager):
    row = template()

    client.post(reverse("indicators:from_templates"), {"unit": home_care.pk, "templates": [row.pk]})

    assert [indicator.template for indicator in Indicator.objects.all()] == [row]


def test_set_target_by_form(client, home_care, manager):
    indicator = define(manager, home_care)
    form = client.get(url("set_target", indicator)).context["form"]
    assert [str(form[name].value()) for name in ("measure", "valid_from")] == ["%", "2026-01-01"]
    assert "upper" not in form.fields

    client.post(
        url("set_target", indicator),
        {"value": "92,5", "measure": "%", "tolerance": "2", "valid_from": "2026-01-01", "decision": "SN § 12"},
    )

    page = client.get(indicator.get_absolute_url()).context["page"]
    assert [(aim.words, aim.tolerance, aim.is_current, aim.target.decision) for aim in page.aims] == [
        ("minst 92,5 %", "± 2", True, "SN § 12")
    ]


def test_a_band_asks_for_both_its_ends(client, home_care, manager):
    indicator = define(manager, home_care, direction="band")

    client.post(
        url("set_target", indicator), {"value": "80", "upper": "90", "measure": "%", "valid_from": "2026-01-01"}
    )

    assert client.get(indicator.get_absolute_url()).context["page"].aim.words == "från 80 till 90 %"


def test_a_target_of_another_measure_is_stopped_where_it_is_typed(client, home_care, manager):
    indicator = define(manager, home_care)

    response = client.post(
        url("set_target", indicator), {"value": "4", "measure": "på 5-gradig skala", "valid_from": "2026-01-01"}
    )

    assert response.context["form"].errors == {
        "measure": ["Nyckeltalet mäts i ”%”, men målet anges i ”på 5-gradig skala”. De ska ha samma måttenhet."]
    }


def test_end_target_by_form(client, home_care, manager):
    indicator = define(manager, home_care)
    target = aim_at(indicator, manager)

    client.post(
        reverse("indicators:end_target", args=[indicator.pk, target.pk]),
        {"last_date": "2026-06-30", "reason": "Nämnden tog bort målet."},
    )

    assert "Nämnden tog bort målet." in client.get(indicator.get_absolute_url()).content.decode()


def test_choose_units_by_form(client, home_care, manager):
    group = unit(home_care, "Nattpatrullen")
    indicator = define(manager, home_care, months=12)

    client.post(url("choose_units", indicator), {"revision": 1, "measured_in": [group.pk]})

    assert {row.unit.name for row in indicator.measurements.all()} == {"Nattpatrullen"}


def test_confirm_and_withdraw(client, home_care, manager):
    indicator = define(manager, home_care)

    client.post(url("confirm", indicator))
    client.post(url("withdraw", indicator), {"reason": "Ersatt av ett bättre."})

    indicator.refresh_from_db()
    page = client.get(indicator.get_absolute_url()).content.decode()
    assert (indicator.last_reviewed_date, indicator.is_in_use) == (date(2026, 3, 16), False)
    assert "Ersatt av ett bättre." in page
    assert "Nyckeltalet är upphävt och kan inte längre ändras." in page


def test_an_earlier_period_by_form(client, home_care, manager):
    indicator = define(manager, home_care, months=12, first_valid_date=date(2024, 1, 1))
    form = client.get(url("open_period", indicator)).context["form"]
    assert form.fields["period"].choices == [("2025-01-01", "2025"), ("2024-01-01", "2024")]

    response = client.post(url("open_period", indicator), {"unit": home_care.pk, "period": "2025-01-01"})

    assert response.url == url("record", turn(indicator))


def test_four_measurements_are_too_few_for_a_line_and_five_are_enough(client, home_care, manager):
    indicator = define(manager, home_care, months=12, first_valid_date=date(2020, 1, 1))
    aim_at(indicator, manager, 80)
    years(indicator, manager, 40, 41, 42, 43)

    few = client.get(indicator.get_absolute_url()).content.decode()
    years(indicator, manager, 39, first=2021)
    many = client.get(indicator.get_absolute_url()).content.decode()

    assert ("doc-chart" in few, "för få mätningar för att säga något om en utveckling" in few) == (False, True)
    assert ("doc-chart" in many, "för få mätningar" in many) == (True, False)
    assert "Sedan förra mätningen: +2 procentenheter" in many


def test_a_line_that_may_not_be_shown_is_not_drawn(client, home_care, manager):
    indicator = define(manager, home_care, months=12, first_valid_date=date(2020, 1, 1), smallest=30)
    for year in range(2021, 2026):
        row = measurements.open_period(
            indicator, by=manager, unit=home_care, period=Period(date(year, 1, 1), date(year, 12, 31))
        )
        record(row, manager, count=9, total=12, measured_date=date(year, 11, 30))

    page = client.get(indicator.get_absolute_url())

    assert "doc-chart" not in page.content.decode()
    assert {row.outcome.words for row in page.context["page"].series[0].measured} == {"För få svar"}


# One measurement


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("share", ["count", "total", "is_census", "value"]),
        ("mean", [*(f"answers_{step}" for step in range(1, 6)), "value", "total"]),
        ("index", ["value", "total"]),
        ("count", ["value"]),
        ("time", ["value", "total"]),
        ("number", ["value", "total"]),
    ],
)
def test_the_form_asks_only_for_what_belongs(client, home_care, manager, kind, fields):
    form = client.get(url("record", turn(define(manager, home_care, kind=kind)))).context["form"]

    assert [field.name for field in form.visible_fields()] == [*fields, "measured_date", "comment"]
    assert str(form["measured_date"].value()) == "2026-03-16"


def test_the_form_has_the_words_of_the_indicator(client, home_care, manager):
    page = client.get(url("record", turn(define(manager, home_care)))).content.decode()

    assert "Hur många: ärenden där barnet har fått tala?" in page
    assert "Av hur många: ärenden som rör barn?" in page


@pytest.mark.usefixtures("manager")
@pytest.mark.parametrize(
    ("kind", "typed", "figure"),
    [
        ("share", {"count": "45", "total": "50"}, "90 %"),
        ("share", {"value": "90,5", "total": "200"}, "90,5 %"),
        ("mean", {"answers_1": "1", "answers_4": "20", "answers_5": "29"}, "4,5 på 5-gradig skala"),
        ("mean", {"value": "4,25", "total": "40"}, "4,3 på 5-gradig skala"),
        ("count", {"value": "3"}, "3 kundval"),
        ("time", {"value": "41,5", "total": "12"}, "41,5 dagar"),
    ],
)
def test_record_by_form(client, home_care, kind, typed, figure):
    measurement = turn(define(person("Eva Dal", unit_manager=home_care), home_care, kind=kind))

    response = client.post(url("record", measurement), typed | {"measured_date": "2026-03-16", "revision": 1})

    assert client.get(response.url).context["page"].outcome.figure == figure


def test_record_form_says_what_is_wrong_and_keeps_the_text(client, home_care, manager):
    measurement = turn(define(manager, home_care))

    response = client.post(
        url("record", measurement),
        {"count": "6", "total": "5", "measured_date": "2026-03-16", "comment": "Sju saknas.", "revision": 1},
    )

    assert response.status_code == 422
    assert response.context["form"].errors == {"count": ["Högst så många som räknades: 5."]}
    assert "Sju saknas.</textarea>" in response.content.decode()


@pytest.mark.parametrize(("kind", "required"), [("share", False), ("mean", False), ("count", True), ("time", True)])
def test_the_figure_is_asked_of_those_that_have_no_numbers_behind_it(client, home_care, manager, kind, required):
    measurement = turn(define(manager, home_care, kind=kind))

    form = client.get(url("record", measurement)).context["form"]

    assert form.fields["value"].required == required


def test_somebody_else_measured_meanwhile(client, home_care, manager):
    measurement = measurement_at(S.MEASURED, manager, home_care)
    typed = {"count": "44", "total": "50", "measured_date": "2026-03-16", "reason": "Fel."}
    client.post(url("correct", measurement), typed | {"revision": 2})

    response = client.post(url("correct", measurement), typed | {"count": "43", "revision": 2})

    assert response.context["form"].conflicts[0][1:3] == ("43", "44")


def test_correction_shows_what_was_and_why(client, home_care, manager):
    measurement = measurement_at(S.MEASURED, manager, home_care)
    form = client.get(url("correct", measurement)).context["form"]
    assert [form[name].value() for name in ("count", "total")] == [45, 50]

    response = client.post(
        url("correct", measurement),
        {"count": "40", "total": "50", "measured_date": "2026-03-16", "reason": "Fel avläst.", "revision": 2},
    )

    page = client.get(response.url).context["page"]
    assert [(entry.outcome.figure, entry.value.reason) for entry in page.entered] == [
        ("80 %", "Fel avläst."),
        ("90 %", ""),
    ]


def test_correction_of_answers_starts_from_them(client, home_care, manager):
    measurement = measurement_at(S.MEASURED, manager, home_care, kind="mean")

    form = client.get(url("correct", measurement)).context["form"]

    assert [form[f"answers_{step}"].value() for step in range(1, 6)] == [1, 2, 5, 20, 22]
    assert (form["value"].value(), form["total"].value()) == (None, None)


@pytest.mark.usefixtures("manager")
@pytest.mark.parametrize(
    ("state", "move", "after"),
    [(S.MEASURED, "undo", S.PLANNED), (S.PLANNED, "leave_out", S.NOT_MEASURED), (S.NOT_MEASURED, "restore", S.PLANNED)],
)
def test_moves_by_form(client, home_care, state, move, after):
    measurement = measurement_at(state, person("Eva Dal", unit_manager=home_care), home_care)

    client.post(url(move, measurement), {"reason": "Därför att."})

    assert turn(measurement.indicator).state == after
    assert "Därför att." in client.get(measurement.get_absolute_url()).content.decode()


def test_page_of_a_small_measurement_tells_the_numbers_only_to_those_who_measure(client, home_care, manager):
    measurement = record(turn(define(manager, home_care)), manager, count=3, total=4)
    mine = client.get(measurement.get_absolute_url()).context["page"]
    client.force_login(person("Nils Ledamot", committee_member=home_care.committee))
    theirs = client.get(measurement.get_absolute_url()).context["page"]

    assert ([text for _, text in mine.told], [text for _, text in theirs.told]) == (
        ["3", "4"],
        ["visas inte, färre än 5"] * 2,
    )
    assert theirs.outcome.figure == ""


def test_page_says_that_missing_is_not_zero(client, home_care, manager):
    page = client.get(turn(define(manager, home_care)).get_absolute_url()).content.decode()

    assert "Att det saknas är inte detsamma som noll." in page


# Processes


def test_a_process_is_measured_both_ways_visibly(client, home_care, manager):
    process, indicator = describe(manager, home_care), define(manager, home_care)

    client.post(url("choose_for_process", process), {"indicator": indicator.pk})

    panel = client.get(url("for_process", process), headers={"HX-Request": "true"}).content.decode()
    assert indicator.name in panel
    assert "<html" not in panel
    assert client.get(indicator.get_absolute_url()).context["page"].processes == [process]
    assert url("for_process", process) in client.get(process.get_absolute_url()).content.decode()

    remove = reverse("indicators:remove_from_process", args=[process.pk, indicator.pk])
    client.post(remove, {"reason": "Mäter något annat."})
    assert list(indicator.processes.all()) == []


def test_only_what_the_nämnd_measures_and_is_not_chosen_is_offered(client, home_care, manager):
    process = describe(manager, home_care)
    chosen, free = define(manager, home_care, name="Valt"), define(manager, home_care, name="Fritt")
    operations.measure_process(process, by=manager, indicator=chosen)

    form = client.get(url("choose_for_process", process)).context["form"]

    assert list(form.fields["indicator"].queryset) == [free]


# Who sees what


@pytest.mark.parametrize("name", OLA_ELSEWHERE)
def test_another_nämnd_does_not_find_the_indicator(client, home_care, manager, name):
    indicator = define(manager, home_care)
    client.force_login(person("Ola Berg", unit_manager=unit(committee("Äldrenämnden"))))

    assert client.get(url(name, indicator)).status_code == 404


@pytest.mark.parametrize("name", ["measurement", *OF_A_MEASUREMENT])
def test_another_nämnd_does_not_find_the_measurement(client, home_care, manager, name):
    measurement = turn(define(manager, home_care))
    client.force_login(person("Ola Berg", unit_manager=unit(committee("Äldrenämnden"))))

    assert client.get(url(name, measurement)).status_code == 404


@pytest.mark.parametrize("name", OLA_ELSEWHERE[1:])
def test_reader_of_the_indicator_changes_nothing(client, home_care, manager, name):
    indicator = define(manager, home_care)
    client.force_login(person("Nils Ledamot", committee_member=home_care.committee))

    assert client.get(indicator.get_absolute_url()).context["page"].may_change is False
    assert client.post(url(name, indicator)).status_code == 403


@pytest.mark.parametrize("name", OF_A_MEASUREMENT)
def test_reader_of_the_measurement_changes_nothing(client, home_care, manager, name):
    measurement = turn(define(manager, home_care))
    client.force_login(person("Nils Ledamot", committee_member=home_care.committee))

    assert client.get(measurement.get_absolute_url()).context["page"].moves == ()
    assert client.post(url(name, measurement)).status_code == 403


@pytest.mark.parametrize("name", ["define", "from_templates", "change_many", "read_in"])
def test_who_may_define_nowhere_is_refused(client, home_care, name):
    client.force_login(person("Ali Strand", employee=home_care))

    assert client.get(reverse("indicators:list")).context["may_define"] is False
    assert client.get(reverse(f"indicators:{name}")).status_code == 403


def test_who_may_measure_nothing_is_refused(client, home_care):
    client.force_login(person("Nils Ledamot", committee_member=home_care.committee))

    assert client.get(reverse("indicators:leave_out_many")).status_code == 403


def test_a_contact_sees_the_own_unit_of_what_the_nämnd_measures(client, home_care):
    developer = person("Kim Lund", quality_developer=home_care.committee)
    south = unit(home_care.committee, "Hemtjänst Syd")
    indicator = define(developer, home_care.committee, measured_in=[home_care, south])
    client.force_login(person("Eva Utförare", provider_contact=south))

    page = client.get(indicator.get_absolute_url()).context["page"]

    assert [series.unit for series in page.series] == [south]
    assert names(client.get(reverse("indicators:list"))) == [indicator.name]
    assert client.get(turn(indicator, unit=home_care).get_absolute_url()).status_code == 404


def test_whoever_reads_the_process_but_does_not_describe_it_chooses_nothing(client, home_care, manager):
    process = describe(manager, home_care)
    client.force_login(person("Kim Lund", quality_developer=home_care.committee))
    assert client.get(url("choose_for_process", process)).status_code == 200
    client.force_login(person("Nils Ledamot", auditor=home_care.committee))

    assert client.get(url("choose_for_process", process)).status_code in {403, 404}


def test_markup_in_every_text_is_shown_as_text(client, home_care, manager):
    nasty = dict.fromkeys(
        ("name", "definition", "numerator", "denominator", "source", "method", "collected_by", "question"),
        "<script>x</script>",
    )
    indicator = define(manager, home_care, **nasty)
    measurement = record(turn(indicator), manager, comment="<img src=x onerror=y>")

    pages = client.get(indicator.get_absolute_url()).content + client.get(measurement.get_absolute_url()).content

    assert [piece in pages.decode() for piece in ("<script>x", "<img src=x", "&lt;img src=x")] == [False, False, True]


def test_the_target_of_the_period_stands_beside_its_measurement(client, home_care, manager):
    indicator = define(manager, home_care)
    aim_at(indicator, manager, Decimal("87.5"))
    measurement = record(turn(indicator), manager)

    assert client.get(measurement.get_absolute_url()).context["page"].aim == "minst 87,5 %"


def test_a_workbook_opens(client, home_care, manager):
    define(manager, home_care)

    response = client.get(reverse("indicators:list"), {"format": "xlsx"})

    assert openpyxl.load_workbook(BytesIO(response.content)).sheetnames[0] == "Nyckeltal"
