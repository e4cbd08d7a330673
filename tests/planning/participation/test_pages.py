from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from hjulet.actions.models import Action
from hjulet.planning.models import Meeting, Outcome, Risk
from hjulet.planning.participation.models import OutcomeKind
from hjulet.planning.participation.states import OutcomeState as S
from tests.factories import committee, person
from tests.planning import walks as planning
from tests.planning.participation.walks import kind, meeting, outcome, outcome_at, plan_action

pytestmark = pytest.mark.django_db

OUTCOME_PAGES = ("change_outcome", "plan_action", "answer_with_action", "answer", "reopen")
MEETING_PAGES = ("change", "count_participants", "note_outcome")


@pytest.fixture
def manager(home_care, client):
    manager = person(unit_manager=home_care)
    client.force_login(manager)
    return manager


def titles(response):
    return [row[0][1].text for row in response.context["shown"].rows]


def subjects(response):
    return [row[1][1].text for row in response.context["shown"].rows]


def url(name, row, *more):
    return reverse(f"participation:{name}", args=[row.pk, *more])


@pytest.mark.parametrize("rows", [1, 3])
def test_list_statements(client, home_care, manager, rows, django_assert_num_queries):
    for number in range(rows):
        outcome(manager, home_care, owner_person=person(f"Anna {number}"), attendance={"users": 4})

    with django_assert_num_queries(9):
        client.get(reverse("participation:list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_outcome_list_statements(client, home_care, manager, rows, django_assert_num_queries):
    for number in range(rows):
        plan_action(outcome(manager, home_care, owner_person=person(f"Anna {number}")), manager)

    with django_assert_num_queries(10):
        client.get(reverse("participation:outcomes"))


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_statements(client, home_care, manager, rows, django_assert_num_queries):
    row = outcome_at(S.LINKED, manager, home_care, attendance={"users": 4})
    for number in range(rows):
        plan_action(row, manager, title=f"Åtgärd {number}")

    with django_assert_num_queries(11):
        client.get(row.meeting.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_outcome_statements(client, home_care, manager, rows, django_assert_num_queries):
    planning.analysis(manager, home_care)
    row = outcome(manager, home_care)
    for number in range(rows):
        plan_action(row, manager, title=f"Åtgärd {number}")

    with django_assert_num_queries(11):
        client.get(row.get_absolute_url())


def test_lists_filter_and_come_as_excel(client, home_care, manager):
    council = outcome(manager, home_care, attendance={"users": 6, "staff": 2})
    workplace = meeting(
        manager,
        home_care,
        kind=kind("apt", name="Arbetsplatsträff", voice="staff"),
        subject="Vecka 3",
        meeting_date=date(2025, 1, 15),
    )

    def found(name, query, read):
        return read(client.get(reverse(f"participation:{name}"), query))

    assert found("list", {}, subjects) == ["Maten på boendet", "Vecka 3"]
    assert found("list", {"voice": "staff"}, subjects) == ["Vecka 3"]
    assert found("list", {"kind": council.meeting.kind.pk}, subjects) == ["Maten på boendet"]
    assert found("list", {"year": 2025}, subjects) == ["Vecka 3"]
    assert found("list", {"q": "mat"}, subjects) == ["Maten på boendet"]
    assert found("list", {"unit": workplace.unit.pk}, subjects) == ["Maten på boendet", "Vecka 3"]
    assert found("outcomes", {"state": "new"}, titles) == ["Maten är kall när den kommer."]
    assert found("outcomes", {"voice": "staff"}, titles) == []
    assert found("outcomes", {"late": "on"}, titles) == []
    book = openpyxl.load_workbook(BytesIO(client.get(reverse("participation:list"), {"format": "xlsx"}).content))
    assert [[cell.value for cell in row[1:8]] for row in book.active] == [
        ["Vad det handlade om", "Mötesform", "Vems röst", "Enhet", "Deltagare", "Kom fram", "Obesvarat"],
        ["Maten på boendet", "Pensionärsråd", "Brukare", "Hemtjänst Norr", 8, 1, "1 utan svar"],
        ["Vecka 3", "Arbetsplatsträff", "Medarbetare", "Hemtjänst Norr", None, 0, ""],
    ]


def test_late_is_what_asks_for_an_answer(client, home_care, manager, clock):
    outcome(manager, home_care)
    outcome(manager, home_care, "Fin musik.", of_kind=OutcomeKind.WORKS)
    clock.move_to("2026-04-16 10:00+02:00")
    client.force_login(manager)

    assert titles(client.get(reverse("participation:outcomes"), {"late": "on"})) == ["Maten är kall när den kommer."]


def test_what_works_waits_for_nobody(client, home_care, manager):
    waiting = outcome(manager, home_care)
    works = outcome(manager, home_care, "Fin musik.", of_kind=OutcomeKind.WORKS)
    answered = outcome_at(S.NO_MEASURE, manager, home_care)

    assert [(row.state_said, row.color) for row in (waiting, works, answered)] == [
        ("Inte besvarad", "warning"),
        ("Behöver inget svar", "neutral"),
        ("Besvarad utan åtgärd", "neutral"),
    ]
    assert titles(client.get(reverse("participation:outcomes"), {"state": "new"})) == ["Maten är kall när den kommer."]
    assert "Inte besvarad" not in client.get(works.meeting.get_absolute_url()).content.decode()


def test_the_form_says_what_the_numbers_count(client, manager):
    form = client.get(reverse("participation:note")).context["form"]

    assert [field.label for field in form if field.name.startswith("number_")][:2] == [
        "Antal brukare",
        "Antal anhöriga",
    ]


def test_a_meeting_is_noted_by_form(client, home_care, manager):
    asked = {
        "unit": home_care.pk,
        "kind": kind().pk,
        "meeting_date": "2026-03-12",
        "subject": "Maten",
        "owner_role": "unit_manager",
        "number_users": "7",
        "number_staff": "",
    }

    refused = client.post(reverse("participation:note"), asked | {"number_users": "-1"})
    response = client.post(reverse("participation:note"), asked)

    row = Meeting.objects.get()
    assert (refused.status_code, response["Location"]) == (422, row.get_absolute_url())
    assert list(row.attendance.values_list("kind", "number")) == [("users", 7)]
    page = client.get(row.get_absolute_url()).content.decode()
    assert ("Inget är antecknat ännu." in page, "Sammanlagt" in page) == (True, True)


def test_changed_and_counted_by_form(client, home_care, manager):
    row = meeting(manager, home_care)
    typed = {"kind": row.kind.pk, "meeting_date": "2026-03-01", "subject": "Maten", "revision": 1}

    client.post(url("change", row), typed)
    client.post(url("count_participants", row), {"number_users": "3", "revision": 2})
    conflict = client.post(url("count_participants", row), {"number_users": "4", "revision": 2})

    row.refresh_from_db()
    assert (row.subject, row.attendance.get().number, conflict.status_code) == ("Maten", 3, 422)


def test_what_came_out_is_noted_and_becomes_an_action(client, home_care, manager):
    row = meeting(manager, home_care)
    client.post(url("note_outcome", row), {"kind": "view", "text": "Maten är kall."})
    said = Outcome.objects.get()
    asked = client.get(url("plan_action", said)).context["form"]

    client.post(url("plan_action", said), {"title": "Varmare mat", "description": "Byt vagnar."})

    said.refresh_from_db()
    assert (asked.initial["title"], asked.initial["description"]) == ("Maten är kall.", "Maten är kall.")
    assert (Action.objects.get(), S.LINKED) == (said.actions.get(), said.state)
    assert "Varmare mat" in client.get(said.get_absolute_url()).content.decode()


def test_what_came_out_becomes_a_risk(client, home_care, manager):
    analysis = planning.analysis(manager, home_care)
    said = outcome(manager, home_care)
    page = url("identify_risk", said, analysis.pk)
    assert page in client.get(said.get_absolute_url()).content.decode()
    asked = client.get(page).context["form"]

    response = client.post(
        page, {"title": "Undernäring", "deficiency": "Maten äts inte.", "quality_area": planning.quality_area().pk}
    )

    risk = Risk.objects.get()
    assert asked.initial["source_note"] == str(said.meeting)
    assert (response["Location"], said.risks.get()) == (reverse("risks:assess", args=[risk.pk]), risk)


def test_an_action_that_is_there_is_linked(client, home_care, manager):
    action = plan_action(outcome(manager, home_care), manager)
    said = outcome(manager, home_care, "Soppan är tunn.")

    client.post(url("answer_with_action", said), {"action": action.pk})

    assert said.actions.get() == action


def test_answered_without_measure_and_opened_again(client, home_care, manager):
    said = outcome(manager, home_care)

    client.post(url("answer", said), {"reason": "Regionen beslutar."})
    page = client.get(said.get_absolute_url()).content.decode()
    client.post(url("reopen", said), {"reason": "De frågade igen."})

    said.refresh_from_db()
    assert ("Regionen beslutar." in page, "Öppna den igen först" in page or "Öppna det igen först" in page) == (
        True,
        True,
    )
    assert said.state == S.NEW


def test_changed_what_came_out(client, home_care, manager):
    said = outcome(manager, home_care)

    client.post(url("change_outcome", said), {"kind": "view", "text": "Maten är ljummen.", "revision": 1})

    said.refresh_from_db()
    assert (said.kind, said.text) == ("view", "Maten är ljummen.")


def test_who_may_only_read_changes_nothing(client, home_care, manager):
    said = outcome(manager, home_care)
    client.force_login(person("Rita Revisor", auditor=home_care.committee))

    assert {client.get(row.get_absolute_url()).status_code for row in (said, said.meeting)} == {200}
    pages = [url(name, said) for name in OUTCOME_PAGES] + [url(name, said.meeting) for name in MEETING_PAGES]
    assert {client.get(page).status_code for page in [*pages, reverse("participation:note")]} == {403}


def test_another_nämnd_finds_nothing_here(client, home_care, manager):
    said = outcome(manager, home_care)
    analysis = planning.analysis(manager, home_care)
    client.force_login(person("Ola Berg", quality_developer=committee("Äldrenämnden")))

    addresses = [said.get_absolute_url(), said.meeting.get_absolute_url(), url("identify_risk", said, analysis.pk)]
    addresses += [url(name, said) for name in OUTCOME_PAGES] + [url(name, said.meeting) for name in MEETING_PAGES]
    assert {client.get(address).status_code for address in addresses} == {404}
    assert subjects(client.get(reverse("participation:list"))) == []
    assert titles(client.get(reverse("participation:outcomes"))) == []
