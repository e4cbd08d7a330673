from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from hjulet.actions import operations
from hjulet.actions.models import Action
from hjulet.actions.states import ActionState as S
from hjulet.audit.models import Event
from hjulet.base.intake.traces import HEADING
from tests.actions.walks import action_at, plan
from tests.factories import committee, person, unit
from tests.lists import chosen

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(home_care, client):
    manager = person(unit_manager=home_care)
    client.force_login(manager)
    return manager


def titles(response):
    return [row[0][1].text for row in response.context["shown"].rows]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_statements(client, home_care, manager, rows, django_assert_num_queries):
    for number in range(rows):
        plan(manager, home_care, title=f"Åtgärd {number}", owner_person=person(f"Anna {number}"))

    with django_assert_num_queries(9):
        client.get(reverse("actions:list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_statements(client, home_care, manager, rows, django_assert_num_queries):
    action = action_at(S.DONE, manager, home_care)
    for _ in range(rows):
        action.progress_notes.create(text="Halvvägs.", by=manager, at="2026-03-16T10:00:00Z")

    with django_assert_num_queries(11):
        client.get(action.get_absolute_url())


def test_list_filters_and_sorts(client, home_care, manager):
    plan(manager, home_care, title="Bygg ramp", due_date=date(2026, 9, 1))
    plan(manager, home_care, title="Anlita tolk", due_date=date(2026, 3, 1))
    action_at(S.DONE, manager, home_care, title="Byt larm", owner_person=manager)

    def shown(**query):
        return titles(client.get(reverse("actions:list"), query))

    assert shown() == ["Anlita tolk", "Bygg ramp", "Byt larm"]
    assert shown(sort="-title") == ["Byt larm", "Bygg ramp", "Anlita tolk"]
    assert shown(sort="nonsense") == shown()
    assert shown(q="byg") == ["Bygg ramp"]
    assert shown(state="done") == ["Byt larm"]
    assert shown(overdue="on") == ["Anlita tolk"]
    assert shown(mine="on") == ["Byt larm"]
    assert shown(ownerless="on") == ["Anlita tolk", "Bygg ramp"]
    assert shown(year="2026") == ["Anlita tolk", "Bygg ramp"]
    assert shown(due_from="2026-03-02") == ["Bygg ramp"]
    assert shown(due_to="2026-09-01", due_from="2026-03-01") == ["Anlita tolk", "Bygg ramp"]
    assert shown(unit=home_care.committee_id) == ["Anlita tolk", "Bygg ramp", "Byt larm"]


def test_pages_follow_each_other_in_the_same_order(client, home_care, manager):
    for number in range(53):
        plan(manager, home_care, title=f"Åtgärd {number:02}", due_date=date(2026, 9, 1))

    first, second, past_the_end = (
        titles(client.get(reverse("actions:list"), {"sort": "-title", "page": page})) for page in (1, 2, 3)
    )

    assert first == [f"Åtgärd {number:02}" for number in range(52, 2, -1)]
    assert second == past_the_end == ["Åtgärd 02", "Åtgärd 01", "Åtgärd 00"]


def test_excel_holds_the_filtered_rows_as_text(client, home_care, manager):
    plan(manager, home_care, title="=1+1", due_date=date(2026, 9, 1))
    action_at(S.DONE, manager, home_care, title="Byt larm")

    response = client.get(reverse("actions:list"), {"format": "xlsx", "state": "planned"})

    sheet = openpyxl.load_workbook(BytesIO(response.content))["Åtgärder"]
    header, row = sheet.iter_rows()
    assert [cell.value for cell in header] == ["Åtgärd", "Enhet", "Ansvarig", "Klart senast", "Typ", "Läge", HEADING]
    assert sheet.column_dimensions["G"].hidden
    assert (row[0].value, row[0].data_type, row[3].value.date()) == ("=1+1", "s", date(2026, 9, 1))


def test_empty_list_says_how_to_begin(client, manager):
    assert "Inga åtgärder här" in client.get(reverse("actions:list")).content.decode()


def test_plan_by_form(client, home_care, manager):
    response = client.post(
        reverse("actions:plan"),
        {"unit": home_care.pk, "title": "Bygg ramp", "description": "Vid entrén.", "due_date": "2026-09-01"},
    )

    action = Action.objects.get()
    assert (response.url, action.title, action.due_date) == (action.get_absolute_url(), "Bygg ramp", date(2026, 9, 1))


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, home_care, manager):
    response = client.post(
        reverse("actions:plan"), {"unit": home_care.pk, "title": "Bygg ramp", "due_date": "1/9 2026"}
    )

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "description": ["Detta fält måste fyllas i."],
        "due_date": ["Skriv datumet som ÅÅÅÅ-MM-DD, till exempel 2026-11-22."],
    }
    assert 'value="Bygg ramp"' in response.content.decode()
    assert Action.objects.count() == 0


def test_conflicting_change_shows_both_and_saves_at_the_second_try(client, home_care, manager):
    action = plan(manager, home_care)
    typed = {"title": "Min rubrik", "description": action.description, "revision": 1}
    client.post(reverse("actions:change", args=[action.pk]), typed | {"title": "Annans rubrik"})

    response = client.post(reverse("actions:change", args=[action.pk]), typed)

    form = response.context["form"]
    assert (response.status_code, form.conflicts) == (422, [("Rubrik", "Min rubrik", "Annans rubrik", "choose-title")])
    action.refresh_from_db()
    assert action.title == "Annans rubrik"

    client.post(reverse("actions:change", args=[action.pk]), typed | {"revision": form["revision"].value()})
    action.refresh_from_db()
    assert action.title == "Min rubrik"


def test_of_two_changes_each_field_can_be_chosen(client, home_care, manager):
    action, eva = plan(manager, home_care), person("Eva Dal", unit_manager=home_care)
    address = reverse("actions:change", args=[action.pk])
    before = {"title": action.title, "description": action.description, "revision": 1}
    theirs = {"title": "Annans rubrik", "description": "Annans text.", "owner_person": eva.pk, "due_date": "2026-05-01"}
    client.post(address, before | theirs)
    mine = before | {"title": "Min rubrik", "description": "Min text.", "due_date": "2026-06-01"}

    fields = [conflict.choice for conflict in client.post(address, mine).context["form"].conflicts]
    chosen = {"choose-title": "mine", "choose-description": "theirs", "choose-owner_person": "theirs"}
    client.post(address, mine | chosen | {"choose-due_date": "theirs", "revision": 2})

    action.refresh_from_db()
    assert fields == ["choose-title", "choose-description", "choose-owner_person", "choose-due_date"]
    assert (action.title, action.description, action.owner_person, action.due_date.isoformat()) == (
        "Min rubrik",
        "Annans text.",
        eva,
        "2026-05-01",
    )


def test_buttons_follow_state_and_say_what_stands_in_the_way(client, home_care, manager):
    action = action_at(S.DONE, manager, home_care)

    page = client.get(action.get_absolute_url()).context["page"]

    assert [(open.move.name, open.obstacle) for open in page.moves] == [
        ("reopen", None),
        ("close", "Bedöm först om åtgärden fick effekt."),
    ]


def test_button_that_is_refused_says_why(client, home_care, manager):
    action = action_at(S.DONE, manager, home_care)

    response = client.post(reverse("actions:close", args=[action.pk]), follow=True)

    assert [str(m) for m in response.context["messages"]] == ["Bedöm först om åtgärden fick effekt."]


def test_from_planned_to_closed_on_pages(client, home_care, manager):
    action = plan(manager, home_care)

    def post(name, **data):
        assert client.post(reverse(f"actions:{name}", args=[action.pk]), data).url == action.get_absolute_url()

    post("start")
    post("note_progress", text="Halvvägs.")
    post("hinder", reason="Ingen vikarie.")
    post("resume")
    post("complete", result="Klart.", completed_date="2026-03-16")
    post("reopen", reason="Inte riktigt.")
    post("complete", result="Nu är det klart.", completed_date="2026-03-16")
    post("check_effect", effect="partly", evidence="Färre sena besök.", checked_date="2026-03-16")
    post("close")

    action.refresh_from_db()
    assert action.state == S.CLOSED
    assert [step.move for step in action.steps.all()] == [
        "start",
        "hinder",
        "resume",
        "complete",
        "reopen",
        "complete",
        "close",
    ]


@pytest.mark.parametrize("name", ["detail", "change", "note_progress", "hinder", "complete", "check_effect"])
def test_another_committee_gets_not_found(client, home_care, manager, name):
    action = plan(manager, home_care)
    client.force_login(person("Ola Berg", unit_manager=unit(committee("Äldrenämnden"))))

    assert client.get(reverse(f"actions:{name}", args=[action.pk])).status_code == 404


@pytest.mark.parametrize("name", ["change", "note_progress", "hinder", "complete", "reopen", "check_effect", "cancel"])
def test_reader_is_refused_what_only_workers_do(client, home_care, manager, name):
    action = plan(manager, home_care)
    client.force_login(person("Nils Ledamot", committee_member=home_care.committee))

    assert client.get(action.get_absolute_url()).status_code == 200
    assert client.post(reverse(f"actions:{name}", args=[action.pk])).status_code == 403


def test_page_fetches_who_has_been_reminded(client, home_care, manager):
    action = plan(manager, home_care)

    page = client.get(action.get_absolute_url()).content.decode()

    assert f'hx-get="{reverse("notices:panel", args=["actions.action", action.pk])}"' in page


def test_markup_in_every_text_is_shown_as_text(client, home_care, manager):
    action = plan(manager, home_care, title="<script>x</script>", description="<img src=x onerror=y>")
    client.post(reverse("actions:note_progress", args=[action.pk]), {"text": "<b>fet</b>"})

    page = client.get(action.get_absolute_url()).content.decode()

    assert ("<script>x" in page, "<img src=x" in page, "<b>fet" in page) == (False, False, False)
    assert "&lt;b&gt;fet" in page


MANY = reverse("actions:change_many")


def many(client, actions, **typed):
    return chosen(client, MANY, actions, **typed)


def test_several_are_chosen_in_the_list_and_get_the_same_owner_and_day(client, home_care, manager):
    eva = person("Eva Dal", unit_manager=home_care)
    first, second = (plan(manager, home_care, title=title, owner_role="unit_manager") for title in ("Ett", "Två"))
    html = client.get(reverse("actions:list")).content.decode()
    assert f'name="pk" value="{first.pk}" form="actions-many" aria-label="Välj Ett"' in html

    assert "2 av 2 valda ändras." in many(client, [first, second]).content.decode()
    response = many(client, [first, second], owner_person=eva.pk, due_date="2026-05-01")

    assert response.url == reverse("actions:list")
    assert set(Action.objects.values_list("owner_person", "owner_role", "due_date")) == {(eva.pk, "", date(2026, 5, 1))}
    assert Event.objects.filter(verb="action.changed").count() == 2


def test_what_is_left_empty_stays_in_each(client, home_care, manager):
    first, second = plan(manager, home_care, owner_person=manager), plan(manager, home_care, due_date=date(2026, 4, 1))

    many(client, [first, second], owner_role="unit_manager")

    assert list(Action.objects.order_by("pk").values_list("owner_person", "owner_role", "due_date")) == [
        (None, "unit_manager", None),
        (None, "unit_manager", date(2026, 4, 1)),
    ]


def test_what_cannot_be_changed_is_said_before_and_left_alone(client, home_care, manager):
    there = unit(home_care.parent, "Hemtjänst Söder")
    closed, foreign = action_at("closed", manager, home_care), plan(person("Bo Ek", unit_manager=there), there)
    mine = plan(manager, home_care)

    html = many(client, [closed, foreign, mine]).content.decode()
    assert "1 av 3 valda ändras." in html
    assert "Nej. Åtgärden är avslutad och kan inte längre ändras." in html
    assert "Nej. Du har inte rätt att ändra den här raden." in html
    assert html.count('form="many" checked') == 1

    refused = many(client, [closed, mine], due_date="2026-05-01")
    assert refused.context["form"].non_field_errors() == [
        f"{closed.title}: Åtgärden är avslutad och kan inte längre ändras."
    ]
    assert many(client, [foreign, mine], due_date="2026-05-01").status_code == 403
    assert not Action.objects.filter(due_date=date(2026, 5, 1)).exists()

    many(client, [mine], due_date="2026-05-01")
    assert list(Action.objects.filter(due_date=date(2026, 5, 1))) == [mine]


def test_several_at_once_ask_for_something_to_change(client, home_care, manager):
    action = plan(manager, home_care)

    nothing = many(client, [action], due_date="")
    nobody = many(client, [], due_date="2026-05-01")
    both = many(client, [action], owner_person=manager.pk, owner_role="unit_manager")

    assert (nothing.status_code, nothing.context["form"].non_field_errors()) == (422, ["Fyll i det som ska ändras."])
    assert (nobody.status_code, nobody.context["form"].non_field_errors()) == (422, ["Välj minst en rad."])
    assert both.context["form"].errors == {"owner_role": ["Välj en person eller en roll som ansvarig, inte båda."]}


def test_nothing_is_changed_when_one_of_several_cannot_be_saved(manager, home_care):
    first, second = plan(manager, home_care), plan(manager, home_care)
    Action.objects.filter(pk=second.pk).update(revision=7)

    second.revision = 1
    with pytest.raises(ValidationError, match="Någon annan har sparat"):
        operations.change_actions(rows=[first, second], by=manager, due_date=date(2026, 5, 1))
    assert not Action.objects.filter(due_date=date(2026, 5, 1)).exists()


def test_of_several_only_the_visible_are_shown(client, home_care, manager):
    hidden = plan(person("Bo Ek", unit_manager=(other := unit(committee("Skolnämnden")))), other)

    assert "Ingen rad att ändra" in many(client, [hidden]).content.decode()
    assert client.get(MANY, {"pk": ["x", "", "9" * 30, "9" * 5000]}).status_code == 200


def test_all_on_the_page_are_chosen_by_a_link(client, home_care, manager):
    plan(manager, home_care)

    all_of_them, none = (
        client.get(reverse("actions:list"), query).content.decode() for query in ({"valda": "alla"}, {})
    )

    assert ('form="actions-many" checked' in all_of_them, 'form="actions-many" checked' in none) == (True, False)


def test_whoever_may_not_change_has_no_boxes_and_is_refused(client, home_care, manager):
    action = plan(manager, home_care)
    client.force_login(person("Ali Ek", employee=home_care))

    assert "actions-many" not in client.get(reverse("actions:list")).content.decode()
    assert many(client, [action]).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_of_several(client, home_care, manager, rows, django_assert_num_queries):
    actions = [plan(manager, home_care) for _row in range(rows)]

    with django_assert_num_queries(6):
        many(client, actions)
