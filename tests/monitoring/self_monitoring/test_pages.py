from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from hjulet.actions.models import Action
from hjulet.monitoring.models import Control, Occurrence
from hjulet.monitoring.self_monitoring import operations
from hjulet.monitoring.self_monitoring.states import OccurrenceState as S
from tests.factories import committee, municipality, person, unit
from tests.monitoring.self_monitoring.walks import every, first, occurrence_at, plan, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(home_care, client):
    manager = person(unit_manager=home_care)
    client.force_login(manager)
    return manager


def titles(response):
    return [row[0][1].text for row in response.context["shown"].rows]


def url(name, row):
    return reverse(f"self_monitoring:{name}", args=[row.pk])


@pytest.mark.parametrize("rows", [1, 3])
def test_list_statements(client, home_care, manager, rows, django_assert_num_queries):
    for number in range(rows):
        owner = person(f"Anna {number}")
        record(first(plan(manager, home_care, title=f"Kontroll {number}", owner_person=owner)), manager)

    with django_assert_num_queries(10):
        client.get(reverse("self_monitoring:list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_occurrence_list_statements(client, home_care, manager, rows, django_assert_num_queries):
    for number in range(rows):
        owner = person(f"Anna {number}")
        record(first(plan(manager, home_care, months=12, owner_person=owner)), manager)

    with django_assert_num_queries(8):
        client.get(reverse("self_monitoring:occurrences"))


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_statements(client, home_care, manager, rows, django_assert_num_queries):
    control = plan(manager, home_care)
    for occurrence in control.occurrences.order_by("period_start")[:rows]:
        record(occurrence, manager)
        operations.plan_action_from(occurrence, by=manager, title="Möte", description="Ett möte.")

    with django_assert_num_queries(9):
        client.get(control.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_occurrence_statements(client, home_care, manager, rows, django_assert_num_queries):
    occurrence = occurrence_at(S.DONE, manager, home_care)
    for _ in range(rows):
        operations.plan_action_from(occurrence, by=manager, title="Möte", description="Ett möte.")

    with django_assert_num_queries(9):
        client.get(occurrence.get_absolute_url())


def test_the_nämnd_as_filter_holds_what_is_below_it(client, home_care, manager):
    plan(manager, home_care, months=12)
    board = home_care.parent
    client.force_login(person("Kim Lund", quality_developer=board))

    for page in ("list", "occurrences"):
        address = reverse(f"self_monitoring:{page}")
        assert len(titles(client.get(address, {"unit": board.pk}))) == 1
        assert titles(client.get(address, {"unit": unit(board, f"Boende {page}").pk})) == []


def test_list_filters_and_sorts(client, home_care, manager):
    plan(manager, home_care, title="Väntetid", owner_person=manager)
    plan(manager, home_care, title="Planer", months=12)
    plan(manager, home_care, title="Avvikelser", starts_date=date(2027, 1, 1), ends_date=date(2027, 12, 31))

    def shown(**query):
        return titles(client.get(reverse("self_monitoring:list"), query))

    assert shown() == ["Avvikelser", "Planer", "Väntetid"]
    assert shown(sort="next_due_date") == ["Väntetid", "Planer", "Avvikelser"]
    assert shown(q="plan") == ["Planer"]
    assert shown(mine="on") == ["Väntetid"]
    assert shown(phase="coming") == ["Avvikelser"]
    assert shown(frequency=every(12).pk) == ["Planer"]
    assert shown(unit=home_care.pk) == shown()


def test_occurrence_list_filters_and_sorts(client, home_care, manager):
    tertial = plan(manager, home_care, title="Planer", months=4, owner_person=manager)
    plan(manager, home_care, title="Väntetid", starts_date=date(2026, 2, 1), ends_date=date(2026, 3, 31))
    operations.set_aside(first(tertial), by=manager, reason="Inga ärenden.")

    def shown(**query):
        response = client.get(reverse("self_monitoring:occurrences"), query)
        return [(row[0][1].text, row[3][1]) for row in response.context["shown"].rows]

    february, march = ("Väntetid", "februari 2026"), ("Väntetid", "mars 2026")
    spring, summer, autumn = (
        ("Planer", f"{months} 2026") for months in ("januari–april", "maj–augusti", "september–december")
    )
    assert shown() == [february, march, spring, summer, autumn]
    assert shown(sort="-due_date") == shown()[::-1]
    assert shown(overdue="on") == [february]
    assert shown(state="not_applicable") == [spring]
    assert (shown(year=2026), shown(year=2025)) == (shown(), [])
    assert shown(mine="on") == [spring, summer, autumn]
    assert shown(due_from="2026-03-31", due_to="2026-08-31") == [march, spring, summer]
    assert shown(q="vänt", unit=home_care.pk) == [february, march]


def test_occurrences_of_a_unit_and_of_what_lies_below_it(client, home_care):
    nattpatrullen, elsewhere = unit(home_care, "Nattpatrullen"), unit(committee("Äldrenämnden"))
    developer = person("Kim Kvalitet", quality_developer=municipality())
    client.force_login(developer)
    for place in (home_care, nattpatrullen, elsewhere):
        first(plan(developer, place, title=place.name))

    def shown(place):
        return set(titles(client.get(reverse("self_monitoring:occurrences"), {"unit": place.pk})))

    assert shown(nattpatrullen) == {"Nattpatrullen"}
    assert shown(home_care) == shown(home_care.committee) == {"Nattpatrullen", home_care.name}
    assert shown(municipality()) == {"Nattpatrullen", home_care.name, elsewhere.name}


def test_excel_holds_the_filtered_rows_and_no_small_counts(client, home_care, manager):
    control = plan(manager, home_care, title="=1+1", months=4)
    record(first(control), manager, checked_count=4, fulfilled_count=1)

    response = client.get(reverse("self_monitoring:occurrences"), {"format": "xlsx", "state": "done"})

    sheet = openpyxl.load_workbook(BytesIO(response.content))["Kontrolltillfällen"]
    header, row = ([cell.value for cell in cells] for cells in sheet.iter_rows())
    assert header == ["Egenkontroll", "Enhet", "Ansvarig", "Period", "Klar senast", "Läge", "Utfall"]
    assert (row[0], row[3], row[4].date(), row[5:]) == (
        "=1+1",
        "januari–april 2026",
        date(2026, 4, 30),
        ["Genomförd", "För få granskade"],
    )


def test_excel_of_controls(client, home_care, manager):
    record(first(plan(manager, home_care)), manager)

    response = client.get(reverse("self_monitoring:list"), {"format": "xlsx"})

    sheet = openpyxl.load_workbook(BytesIO(response.content))["Egenkontroller"]
    _header, row = ([cell.value for cell in cells] for cells in sheet.iter_rows())
    assert (row[0], row[4:6], row[6].date(), row[7]) == (
        "Genomförandeplaner är aktuella",
        ["minst 90 %", "90 % Uppnått men osäkert (felmarginal 78,6–95,7\xa0%)"],
        date(2026, 2, 28),
        "Pågår",
    )


@pytest.mark.parametrize("name", ["list", "occurrences"])
def test_empty_list_says_what_will_be_here(client, manager, name):
    assert "Ingen egenkontroll här" in client.get(reverse(f"self_monitoring:{name}")).content.decode()


def test_plan_by_form(client, home_care, manager):
    response = client.post(
        reverse("self_monitoring:plan"),
        {
            "unit": home_care.pk,
            "title": "Genomförandeplaner är aktuella",
            "method": "Stickprov",
            "frequency": every(3).pk,
            "starts_date": "2026-01-01",
            "ends_date": "2026-12-31",
            "result_kind": "share",
            "comparator": ">=",
            "target": "92,5",
        },
    )

    control = Control.objects.get()
    assert (response.url, str(control.target), control.measure) == (control.get_absolute_url(), "92.500", "%")
    assert control.occurrences.count() == 4


def test_plan_form_suggests_this_year(client, manager):
    form = client.get(reverse("self_monitoring:plan")).context["form"]

    assert (form["starts_date"].value(), form["ends_date"].value(), form["result_kind"].value()) == (
        "2026-01-01",
        "2026-12-31",
        "share",
    )


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, home_care, manager):
    response = client.post(
        reverse("self_monitoring:plan"),
        {
            "unit": home_care.pk,
            "title": "Planer",
            "method": "Stickprov",
            "frequency": every(3).pk,
            "starts_date": "2026-01-01",
            "ends_date": "2025-12-31",
            "result_kind": "judgement",
            "target": "många",
        },
    )

    assert response.status_code == 422
    assert response.context["form"].errors["target"] == ["Skriv ett tal med siffror, till exempel 12,5."]
    assert "Planer</textarea>" in response.content.decode()
    assert Control.objects.count() == 0


def test_conflicting_change_shows_both_and_saves_at_the_second_try(client, home_care, manager):
    control = plan(manager, home_care)
    form = client.get(url("change", control)).context["form"]
    typed = {field.html_name: field.value() for field in form if field.value() is not None} | {"target": "90"}
    client.post(url("change", control), typed | {"title": "Annans rubrik"})

    response = client.post(url("change", control), typed | {"title": "Min rubrik"})

    form = response.context["form"]
    assert (response.status_code, form.conflicts) == (
        422,
        [("Vad kontrolleras", "Min rubrik", "Annans rubrik", "choose-title")],
    )
    client.post(url("change", control), typed | {"title": "Min rubrik", "revision": form["revision"].value()})
    control.refresh_from_db()
    assert control.title == "Min rubrik"


def test_change_form_shows_the_target_as_people_write_it(client, home_care, manager):
    page = client.get(url("change", plan(manager, home_care))).content.decode()

    assert 'name="target" value="90"' in page


def test_stop_by_form(client, home_care, manager):
    control = plan(manager, home_care)

    response = client.post(url("stop", control), {"ends_date": "2026-03-31", "reason": "Ersatt av en enkät."})

    page = client.get(response.url).content.decode()
    assert ("Ersatt av en enkät." in page, control.occurrences.count()) == (True, 3)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("share", ["checked_count", "fulfilled_count", "is_census"]),
        ("value", ["value"]),
        ("judgement", ["judgement"]),
    ],
)
def test_result_form_asks_only_for_what_belongs(client, home_care, manager, kind, fields):
    form = client.get(url("record", first(plan(manager, home_care, result_kind=kind)))).context["form"]

    assert [field.name for field in form.visible_fields()] == [*fields, "done_date", "finding", "evidence"]
    assert str(form["done_date"].value()) == "2026-03-16"


@pytest.mark.parametrize(
    ("given", "typed", "figure"),
    [
        ({}, {"checked_count": "50", "fulfilled_count": "45", "is_census": "on"}, "90 %"),
        ({"result_kind": "value", "target": "4.25", "measure": "dagar"}, {"value": "4,25"}, "4,25 dagar"),
        ({"result_kind": "judgement"}, {"judgement": "partly"}, ""),
    ],
)
@pytest.mark.usefixtures("manager")
def test_record_by_form(client, home_care, given, typed, figure):
    leader = person("Eva Dal", unit_manager=home_care)
    occurrence = first(plan(leader, home_care, **given))

    response = client.post(url("record", occurrence), typed | {"done_date": "2026-03-16", "revision": 1})

    page = client.get(response.url).context["page"]
    assert (page.occurrence.state, page.outcome.figure) == (S.DONE, figure)


def test_record_form_says_what_is_wrong_and_keeps_the_text(client, home_care, manager):
    occurrence = first(plan(manager, home_care))

    response = client.post(
        url("record", occurrence),
        {
            "checked_count": "5",
            "fulfilled_count": "6",
            "done_date": "2026-03-17",
            "finding": "Sju saknas.",
            "revision": 1,
        },
    )

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "__all__": ["Antalet som uppfyller kan inte vara större än antalet granskade."]
    }
    assert "Sju saknas.</textarea>" in response.content.decode()
    assert Occurrence.objects.get(pk=occurrence.pk).state == S.PLANNED


def test_record_twice_keeps_the_first(client, home_care, manager):
    occurrence = first(plan(manager, home_care))
    typed = {"checked_count": "50", "fulfilled_count": "45", "done_date": "2026-03-16", "revision": 1}
    client.post(url("record", occurrence), typed)

    response = client.post(url("record", occurrence), typed | {"fulfilled_count": "1"})

    assert (response.status_code, Occurrence.objects.get(pk=occurrence.pk).fulfilled_count) == (422, 45)


def test_correct_by_form_shows_before_and_after(client, home_care, manager):
    occurrence = occurrence_at(S.DONE, manager, home_care)
    form = client.get(url("correct", occurrence)).context["form"]
    assert [field.name for field in form.visible_fields()][-1] == "reason"

    response = client.post(
        url("correct", occurrence),
        {
            "checked_count": "50",
            "fulfilled_count": "40",
            "done_date": "2026-03-16",
            "reason": "Fem var dubbla.",
            "revision": form["revision"].value(),
        },
    )

    (correction, _record) = client.get(response.url).context["page"].history
    assert correction.reason == "Fem var dubbla.\nAntal som uppfyller kravet: 45 → 40"


def test_set_aside_and_restore_by_form(client, home_care, manager):
    occurrence = first(plan(manager, home_care))

    client.post(url("set_aside", occurrence), {"reason": "Inga ärenden."})
    page = client.get(occurrence.get_absolute_url())
    assert (page.context["page"].occurrence.state, "inte aktuell den här gången" in page.content.decode()) == (
        S.NOT_APPLICABLE,
        True,
    )

    client.post(url("restore", occurrence), {"reason": "Det fanns ett."})
    assert client.get(occurrence.get_absolute_url()).context["page"].occurrence.state == S.PLANNED


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("set_aside", "Varför är kontrollen inte aktuell den här gången?"),
        ("restore", "Varför är kontrollen aktuell igen?"),
    ],
)
def test_a_move_that_needs_a_reason_asks_for_it(client, home_care, manager, name, question):
    occurrence = first(plan(manager, home_care))

    response = client.get(url(name, occurrence))

    assert (response.context["form"].fields["reason"].label, response.context["intro"]) == (
        question,
        "Genomförandeplaner är aktuella, januari 2026",
    )


def test_stop_asks_for_a_day_and_a_reason(client, home_care, manager):
    form = client.get(url("stop", plan(manager, home_care))).context["form"]

    assert {name: field.label for name, field in form.fields.items()} == {
        "ends_date": "Sista dag",
        "reason": "Varför stoppas egenkontrollen?",
    }


def test_plan_action_is_filled_in_from_the_finding(client, home_care, manager):
    occurrence = record(first(plan(manager, home_care)), manager, finding="Fem planer saknar mål.")
    form = client.get(url("plan_action", occurrence)).context["form"]
    typed = {name: form[name].value() for name in ("title", "description")}
    assert typed == {"title": "Rätta till: Genomförandeplaner är aktuella", "description": "Fem planer saknar mål."}

    response = client.post(url("plan_action", occurrence), typed | {"due_date": "2026-06-01"})

    action = Action.objects.get()
    assert (response.url, action.unit, list(occurrence.actions.all())) == (
        action.get_absolute_url(),
        home_care,
        [action],
    )
    assert [row.pk for row in client.get(occurrence.get_absolute_url()).context["page"].actions] == [action.pk]


def test_buttons_follow_state_and_say_what_stands_in_the_way(client, home_care, manager):
    april = plan(manager, home_care).occurrences.get(period_start="2026-04-01")

    page = client.get(april.get_absolute_url()).context["page"]

    assert [(button.move.name, button.obstacle) for button in page.moves] == [
        ("record", "Perioden börjar 2026-04-01. Registrera resultatet då."),
        ("set_aside", None),
    ]
    assert (page.may_plan_action, page.obstacle_to_action) == (True, "Registrera resultatet först.")


def test_control_page_shows_what_followed_without_claiming_why(client, home_care, manager):
    occurrence = occurrence_at(S.DONE, manager, home_care)
    action = operations.plan_action_from(occurrence, by=manager, title="Bjud in", description="Ett möte.")
    client.post(reverse("actions:complete", args=[action.pk]), {"result": "Klart.", "completed_date": "2026-03-16"})

    page = client.get(occurrence.control.get_absolute_url()).content.decode()

    assert "inte vad som orsakade det" in page
    assert "För få mätningar för att säga om åtgärden gjorde skillnad." in page


@pytest.mark.parametrize("name", ["detail", "change", "stop"])
def test_another_committee_does_not_find_the_control(client, home_care, manager, name):
    control = plan(manager, home_care)
    client.force_login(person("Ola Berg", unit_manager=unit(committee("Äldrenämnden"))))

    assert client.get(url(name, control)).status_code == 404


@pytest.mark.parametrize("name", ["occurrence", "record", "correct", "set_aside", "restore", "plan_action"])
def test_another_committee_does_not_find_the_occurrence(client, home_care, manager, name):
    occurrence = first(plan(manager, home_care))
    client.force_login(person("Ola Berg", unit_manager=unit(committee("Äldrenämnden"))))

    assert client.get(url(name, occurrence)).status_code == 404


@pytest.mark.parametrize("name", ["change", "stop"])
def test_reader_of_the_control_changes_nothing(client, home_care, manager, name):
    control = plan(manager, home_care)
    client.force_login(person("Nils Ledamot", committee_member=home_care.committee))

    assert client.get(control.get_absolute_url()).context["page"].may_change is False
    assert client.post(url(name, control)).status_code == 403


@pytest.mark.parametrize("name", ["record", "correct", "set_aside", "restore", "plan_action"])
def test_reader_of_the_occurrence_changes_nothing(client, home_care, manager, name):
    occurrence = first(plan(manager, home_care))
    client.force_login(person("Nils Ledamot", committee_member=home_care.committee))

    assert client.get(occurrence.get_absolute_url()).context["page"].moves == ()
    assert client.post(url(name, occurrence)).status_code == 403


def test_who_may_plan_nowhere_is_refused(client, home_care):
    client.force_login(person("Ali Strand", employee=home_care))

    assert client.get(reverse("self_monitoring:list")).context["may_plan"] is False
    assert client.get(reverse("self_monitoring:plan")).status_code == 403


def test_markup_in_every_text_is_shown_as_text(client, home_care, manager):
    nasty = dict.fromkeys(("title", "requirement", "purpose", "method"), "<script>x</script>")
    control = plan(manager, home_care, **nasty)
    occurrence = record(first(control), manager, finding="<img src=x onerror=y>", evidence="<b>fet</b>")

    pages = client.get(control.get_absolute_url()).content + client.get(occurrence.get_absolute_url()).content

    assert [piece in pages.decode() for piece in ("<script>x", "<img src=x", "<b>fet", "&lt;b&gt;fet")] == [
        False,
        False,
        False,
        True,
    ]
