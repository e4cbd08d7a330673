from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from hjulet.planning.ideas import operations
from hjulet.planning.ideas.states import IdeaState as S
from hjulet.planning.models import Idea, Risk
from tests.factories import assign, committee, person, unit
from tests.planning import walks as planning
from tests.planning.ideas.walks import ANSWER, accept, carry_out, idea_at, propose

pytestmark = pytest.mark.django_db

ANSWERING = ("accept", "decline", "finish", "reopen", "plan_action")


@pytest.fixture
def ali(home_care):
    return person("Ali Strand", employee=home_care)


@pytest.fixture
def manager(home_care, client):
    manager = person("Karin Ek", unit_manager=home_care)
    client.force_login(manager)
    return manager


def titles(response):
    return [row[0][1].text for row in response.context["shown"].rows]


def url(name, row, *more):
    return reverse(f"ideas:{name}", args=[row.pk, *more])


@pytest.mark.parametrize("rows", [1, 3])
def test_list_statements(client, home_care, manager, rows, django_assert_num_queries):
    for number in range(rows):
        propose(person(f"Anna {number}", employee=home_care), home_care)

    with django_assert_num_queries(8):
        client.get(reverse("ideas:list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_statements(client, home_care, manager, rows, django_assert_num_queries):
    idea = idea_at(S.ACCEPTED, manager, home_care)
    for number in range(rows):
        operations.plan_action_from(idea, by=manager, title=f"Krok {number}", description="Sätt upp den.")
    planning.analysis(manager, home_care)

    with django_assert_num_queries(12):
        client.get(idea.get_absolute_url())


def test_there_is_no_history_before_something_has_happened(client, home_care, manager):
    fresh = propose(person("Anna Ek", employee=home_care), home_care)
    answered = idea_at(S.ACCEPTED, manager, home_care)

    pages = [client.get(idea.get_absolute_url()).content.decode() for idea in (fresh, answered)]
    assert ["Historik" in page for page in pages] == [False, True]


def test_three_answers_are_enough(client, home_care, manager, ali):
    client.force_login(ali)
    page = reverse("ideas:propose")
    asked = {"title": "Häng nycklarna vid dörren", "why": "Vi letar.", "place": "Lokalen"}

    refused = client.post(page, asked | {"why": ""})
    response = client.post(page, asked, follow=True)

    idea = Idea.objects.get()
    assert (refused.status_code, idea.unit, idea.proposed_by) == (422, home_care, ali)
    assert "Tack! Du får ett svar senast 2026-03-30." in response.content.decode()
    assert list(client.get(page).context["form"].fields) == ["title", "why", "place"]


def test_whoever_works_in_two_units_says_in_which(client, home_care, ali):
    south = unit(home_care.committee, "Hemtjänst Söder")
    assign(ali, "employee", south)
    client.force_login(ali)
    asked = {"title": "Häng nycklarna vid dörren", "why": "Vi letar.", "place": "Lokalen"}

    refused = client.post(reverse("ideas:propose"), asked)
    client.post(reverse("ideas:propose"), asked | {"unit": south.pk})

    assert (refused.status_code, Idea.objects.get().unit) == (422, south)


def test_list_filters_and_comes_as_excel_with_names_for_whoever_answers(client, home_care, manager, ali):
    idea_at(S.DECLINED, manager, home_care, proposed_by=ali, title="Köp en bil")
    propose(manager, home_care, title="Fler möten")

    def found(query):
        return sorted(titles(client.get(reverse("ideas:list"), query)))

    def names():
        query = {"format": "xlsx", "kol": ["title", "proposed_by"]}
        book = openpyxl.load_workbook(BytesIO(client.get(reverse("ideas:list"), query).content))
        return {row[0].value: row[1].value for row in list(book.active)[1:]}

    assert found({}) == ["Fler möten", "Köp en bil"]
    assert found({"state": "declined"}) == ["Köp en bil"]
    assert found({"mine": "on"}) == ["Fler möten"]
    assert found({"q": "bil"}) == ["Köp en bil"]
    assert found({"unit": home_care.pk}) == ["Fler möten", "Köp en bil"]
    assert found({"late": "on"}) == []
    assert names() == {"Fler möten": "Karin Ek", "Köp en bil": "Ali Strand"}
    client.force_login(person("Bea Berg", employee=home_care))
    assert not any(names().values())


def test_late_is_what_nobody_has_answered_in_time(client, home_care, manager, ali, clock):
    propose(ali, home_care, title="Köp en bil")
    clock.move_to("2026-03-31 10:00+02:00")
    client.force_login(manager)

    assert titles(client.get(reverse("ideas:list"), {"late": "on"})) == ["Köp en bil"]


def test_the_page_names_the_proposer_only_for_whoever_answers(client, home_care, manager, ali):
    idea = idea_at(S.CONSIDERED, manager, home_care, proposed_by=ali)
    colleague = person("Bea Berg", employee=home_care)

    def says(reader):
        client.force_login(reader)
        page = client.get(idea.get_absolute_url()).content.decode()
        panel = client.get(reverse("notices:panel", args=["planning.idea", idea.pk])).content.decode()
        return "Ali Strand" in page.partition("<main")[2] or "Ali Strand" in panel.partition("<main")[2]

    assert {reader.name: says(reader) for reader in (manager, ali, colleague)} == {
        "Karin Ek": True,
        "Ali Strand": True,
        "Bea Berg": False,
    }


def test_accepted_by_form(client, home_care, manager, ali):
    idea = propose(ali, home_care)
    asked = client.get(url("accept", idea)).context["form"]
    client.post(url("consider", idea))

    client.post(url("accept", idea), {"answer": ANSWER, "title": "Ny tavla", "description": "Sätt upp den."})

    idea.refresh_from_db()
    assert (next(iter(asked.fields)), asked.initial["title"]) == ("answer", "Häng nycklarna vid dörren")
    assert (idea.state, idea.answer, idea.actions.get().title) == (S.ACCEPTED, ANSWER, "Ny tavla")
    client.force_login(ali)
    assert ANSWER in client.get(idea.get_absolute_url()).content.decode()


def test_declined_and_reopened_by_form(client, home_care, manager, ali):
    idea = propose(ali, home_care)

    client.post(url("decline", idea), {"reason": "De ska vara inlåsta."})
    page = client.get(idea.get_absolute_url()).content.decode()
    client.post(url("reopen", idea), {"reason": "Nu finns ett skåp."})

    idea.refresh_from_db()
    assert ("De ska vara inlåsta." in page, idea.state) == (True, S.CONSIDERED)


def test_finished_by_form(client, home_care, manager, ali):
    idea = idea_at(S.ACCEPTED, manager, home_care, proposed_by=ali)

    client.post(url("plan_action", idea), {"title": "Fler krokar", "description": "Sätt upp."})
    carry_out(idea, manager)
    client.post(url("finish", idea), {"reason": "Ingen letar längre."})

    idea.refresh_from_db()
    assert (idea.state, idea.result, idea.actions.count()) == (S.DONE, "Ingen letar längre.", 2)


def test_a_risk_is_made_of_it(client, home_care, manager, ali):
    analysis = planning.analysis(manager, home_care)
    idea = propose(ali, home_care)
    page = url("identify_risk", idea, analysis.pk)
    assert page in client.get(idea.get_absolute_url()).content.decode()

    client.post(
        page, {"title": "Nycklar försvinner", "deficiency": "Lösa.", "quality_area": planning.quality_area().pk}
    )

    assert idea.risks.get() == Risk.objects.get()


def test_changed_by_form(client, home_care, ali):
    idea = propose(ali, home_care)
    client.force_login(ali)

    client.post(url("change", idea), {"title": "Häng upp dem", "why": "Vi letar.", "place": "Hallen", "revision": 1})

    idea.refresh_from_db()
    assert (idea.title, idea.place) == ("Häng upp dem", "Hallen")


def test_who_may_only_read_changes_nothing(client, home_care, manager, ali):
    idea = propose(ali, home_care)
    client.force_login(person("Rita Revisor", auditor=home_care.committee))

    assert client.get(idea.get_absolute_url()).status_code == 200
    pages = [url(name, idea) for name in (*ANSWERING, "change")]
    assert {client.get(page).status_code for page in [*pages, reverse("ideas:propose")]} == {403}
    assert client.post(url("consider", idea)).status_code == 403


def test_another_nämnd_finds_nothing_here(client, home_care, manager, ali):
    idea = propose(ali, home_care)
    analysis = planning.analysis(manager, home_care)
    client.force_login(person("Ola Berg", quality_developer=committee("Äldrenämnden")))

    addresses = [idea.get_absolute_url(), url("identify_risk", idea, analysis.pk)]
    addresses += [url(name, idea) for name in (*ANSWERING, "change")]
    assert {client.get(address).status_code for address in addresses} == {404}
    assert titles(client.get(reverse("ideas:list"))) == []


def test_nothing_is_accepted_without_an_answer(client, home_care, manager, ali):
    idea = propose(ali, home_care)

    response = client.post(url("accept", idea), {"answer": "", "title": "Ny tavla", "description": "Sätt upp den."})

    assert (response.status_code, accept(idea, manager).title) == (422, "Ny nyckeltavla")
