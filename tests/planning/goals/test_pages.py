from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from hjulet.planning.models import Goal
from tests.factories import committee, municipality, person, unit
from tests.planning.goals.walks import chain, goal, level, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def developer(home_care, client):
    developer = person("Disa Falk", quality_developer=municipality())
    client.force_login(developer)
    return developer


def branches(response):
    def drawn(some):
        return [(branch.goal.title, drawn(branch.children)) for branch in some]

    return drawn(response.context["chain"].branches)


def titles(response):
    return [row[0][1].text for row in response.context["shown"].rows]


def typed(home_care, **given):
    return {
        "unit": home_care.pk,
        "level": level().pk,
        "title": "Högst tolv personer",
        "first_year": 2026,
        "last_year": 2026,
    } | given


@pytest.mark.parametrize("rows", [1, 3])
def test_tree_statements(client, home_care, developer, rows, django_assert_num_queries):
    for number in range(rows):
        owner = person(f"Anna {number}")
        chain(developer, municipality(), home_care.committee, unit(home_care.committee, f"Enhet {number}"))
        goal(developer, home_care, owner_person=owner)

    with django_assert_num_queries(7):
        client.get(reverse("goals:list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_table_statements(client, home_care, developer, rows, django_assert_num_queries):
    for number in range(rows):
        parent = goal(developer, home_care, "Fokusområde")
        goal(developer, home_care, parent=parent, owner_person=person(f"Anna {number}"))

    with django_assert_num_queries(9):
        client.get(reverse("goals:table"))


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_statements(client, home_care, developer, rows, django_assert_num_queries):
    focus = chain(developer, municipality(), home_care.committee, home_care)[3]
    for number in range(rows):
        goal(developer, home_care, parent=focus, title=f"Mål {number}", owner_person=person(f"Anna {number}"))

    with django_assert_num_queries(11):
        client.get(focus.get_absolute_url())


def test_tree_shows_the_chain_of_the_year(client, home_care, developer):
    vision, overall, strategic, focus, own = chain(developer, municipality(), home_care.committee, home_care)
    later = goal(developer, home_care, title="Nästa år", first_year=2027, last_year=2027)
    gone = withdraw(goal(developer, home_care, title="Upphävt mål", parent=focus), developer)
    elsewhere = goal(developer, unit(committee("Äldrenämnden"), "Boende"), title="Annan nämnd", parent=overall)

    def shown(**query):
        return branches(client.get(reverse("goals:list"), query))

    down_to_own = (strategic.title, [(focus.title, [(own.title, [])])])
    assert shown() == [(vision.title, [(overall.title, [down_to_own, (elsewhere.title, [])])])]
    assert shown(unit=home_care.pk) == [(vision.title, [(overall.title, [down_to_own])])]
    assert shown(level=own.level.pk) == [(own.title, []), (elsewhere.title, [])]
    assert shown(year=2027) == [(later.title, [])]
    assert shown(year="", q="nästa") == [(later.title, [])]
    assert shown(q="upphävt", withdrawn="on") == [(gone.title, [])]
    assert shown(mine="on") == []


def test_tree_page_holds_links_from_top_to_bottom(client, home_care, developer):
    goals = chain(developer, municipality(), home_care.committee, home_care)

    page = client.get(reverse("goals:list")).content.decode()

    places = [page.index(f'href="{row.get_absolute_url()}"') for row in goals]
    assert places == sorted(places)


def test_table_sorts_and_gives_excel_of_the_same_rows(client, home_care, developer):
    parent = goal(developer, home_care.committee, "Fokusområde", title="=1+1")
    goal(developer, home_care, title="Eget", parent=parent, owner_role="unit_manager", last_year=2027)
    goal(developer, home_care, title="Förra årets", first_year=2025, last_year=2025)

    assert titles(client.get(reverse("goals:table"))) == ["=1+1", "Eget"]
    assert titles(client.get(reverse("goals:table"), {"sort": "-level"})) == ["Eget", "=1+1"]

    response = client.get(reverse("goals:table"), {"format": "xlsx"})
    rows = [row[:-1] for row in openpyxl.load_workbook(BytesIO(response.content))["Mål"].values]
    assert rows == [
        ("Mål", "Nivå", "Bidrar till", "Enhet", "Ansvarig", "Period", "Läge"),
        ("=1+1", "Fokusområde", None, "Socialnämnden", "", "2026", "Gäller"),
        ("Eget", "Operativt mål", "=1+1", "Hemtjänst Norr", "Enhetschef", "2026–2027", "Gäller"),
    ]


def test_tabs_keep_the_filter(client, developer):
    tabs = client.get(reverse("goals:list"), {"year": "2027"}).context["tabs"]

    assert [(tab["url"], tab["is_current"]) for tab in tabs] == [
        ("/mal/?year=2027", True),
        ("/mal/tabell/?year=2027", False),
    ]


@pytest.mark.parametrize("name", ["list", "table"])
def test_empty_page_says_how_to_begin(client, developer, name):
    assert "Inga mål här" in client.get(reverse(f"goals:{name}")).content.decode()


def test_detail_shows_the_chain_both_ways(client, home_care, developer):
    vision, overall, strategic, focus, own = chain(developer, municipality(), home_care.committee, home_care)

    page = client.get(strategic.get_absolute_url()).content.decode()

    links = [row for row in (vision, overall, focus, own) if f'href="{row.get_absolute_url()}"' in page]
    assert links == [vision, overall, focus, own]


def test_set_by_form(client, home_care, developer):
    response = client.post(reverse("goals:set"), typed(home_care, owner_role="unit_manager"))

    own = Goal.objects.get()
    assert (response.url, own.title, own.owner) == (
        own.get_absolute_url(),
        "Högst tolv personer",
        "Enhetschef, Hemtjänst Norr",
    )


def test_break_down_begins_with_what_is_known(client, home_care, developer):
    focus = goal(developer, home_care.committee, "Fokusområde", title="Trygghet", last_year=2028)
    address = reverse("goals:break_down", args=[focus.pk])

    form = client.get(address).context["form"]
    assert {name: form[name].value() for name in ("parent", "unit", "first_year", "last_year")} == {
        "parent": focus.pk,
        "unit": home_care.committee.pk,
        "first_year": 2026,
        "last_year": 2028,
    }

    client.post(address, typed(home_care, parent=focus.pk))
    assert Goal.objects.get(title="Högst tolv personer").parent == focus


def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(client, home_care, developer):
    low = goal(developer, home_care, title="Lågt mål")

    response = client.post(reverse("goals:set"), typed(home_care, parent=low.pk))

    assert (response.status_code, response.context["form"].errors) == (
        422,
        {
            "parent": [
                "Ett mål på nivån operativt mål kan inte bidra till ett mål på nivån operativt mål. Välj ett högre mål."
            ]
        },
    )
    assert "Högst tolv personer" in response.content.decode()
    assert Goal.objects.count() == 1


def test_parent_cannot_be_a_goal_the_person_does_not_see(client, home_care, developer):
    hidden = goal(developer, committee("Äldrenämnden"), "Fokusområde", title="Hemligt")
    client.force_login(person(unit_manager=home_care))

    response = client.post(reverse("goals:set"), typed(home_care, parent=hidden.pk))

    assert list(response.context["form"].errors) == ["parent"]
    assert "Hemligt" not in response.content.decode()


def test_conflicting_change_shows_both_and_saves_at_the_second_try(client, home_care, developer):
    own = goal(developer, home_care, title="Först")
    address = reverse("goals:change", args=[own.pk])
    sent = typed(home_care, title="Mitt mål", revision=1)
    client.post(address, sent | {"title": "Annans mål"})

    response = client.post(address, sent)

    form = response.context["form"]
    assert (response.status_code, form.conflicts) == (422, [("Mål", "Mitt mål", "Annans mål", "choose-title")])

    client.post(address, sent | {"revision": form["revision"].value()})
    own.refresh_from_db()
    assert own.title == "Mitt mål"


def test_withdraw_by_form_shows_why_and_by_whom(client, home_care, developer):
    own = goal(developer, home_care)

    response = client.post(
        reverse("goals:withdraw", args=[own.pk]), {"reason": "Ersatt av ett annat mål."}, follow=True
    )

    page = response.content.decode()
    assert [str(message) for message in response.context["messages"]] == ["Målet är upphävt."]
    assert ("Ersatt av ett annat mål." in page, "Disa Falk" in page) == (True, True)


def test_button_says_what_stands_in_the_way(client, home_care, developer):
    focus = goal(developer, home_care, "Fokusområde")
    goal(developer, home_care, title="Under", parent=focus)

    page = client.get(focus.get_absolute_url()).content.decode()
    refused = client.post(reverse("goals:withdraw", args=[focus.pk]), {"reason": "Slut."})

    sentence = "Upphäv eller flytta först de mål som bidrar till det här målet: ”Under”."
    assert sentence in page
    assert (refused.status_code, refused.context["form"].non_field_errors()) == (422, [sentence])


@pytest.mark.parametrize("name", ["detail", "change", "withdraw", "break_down"])
def test_another_committee_gets_not_found(client, home_care, developer, name):
    own = goal(developer, home_care)
    client.force_login(person("Ola Berg", unit_manager=unit(committee("Äldrenämnden"))))

    assert client.get(reverse(f"goals:{name}", args=[own.pk])).status_code == 404


@pytest.mark.parametrize("address", ["list", "table"])
@pytest.mark.parametrize("given", [{}, {"format": "xlsx"}])
def test_another_committee_finds_nothing_in_lists(client, home_care, developer, address, given):
    goal(developer, home_care, title="Socialnämndens mål")
    client.force_login(person("Ola Berg", unit_manager=unit(committee("Äldrenämnden"))))

    response = client.get(reverse(f"goals:{address}"), {"unit": home_care.pk} | given)

    if response["Content-Type"].startswith("text/html"):
        assert "Socialnämndens mål" not in response.content.decode()
    else:
        assert len(list(openpyxl.load_workbook(BytesIO(response.content))["Mål"].values)) == 1


@pytest.mark.parametrize("name", ["change", "withdraw", "break_down"])
def test_reader_is_refused_what_only_goal_setters_do(client, home_care, developer, name):
    own = goal(developer, home_care)
    client.force_login(person("Nils Ledamot", committee_member=home_care.committee))

    assert client.get(own.get_absolute_url()).status_code == 200
    assert client.get(reverse(f"goals:{name}", args=[own.pk])).status_code == 403
    assert client.post(reverse(f"goals:{name}", args=[own.pk])).status_code == 403


def test_markup_in_every_text_is_shown_as_text(client, home_care, developer):
    own = goal(developer, home_care, title="<script>x</script>", description="<img src=x onerror=y>")
    client.post(reverse("goals:withdraw", args=[own.pk]), {"reason": "<b>fet</b>"})

    page = client.get(own.get_absolute_url()).content.decode()

    assert ("<script>x" in page, "<img src=x" in page, "<b>fet" in page) == (False, False, False)
    assert "&lt;b&gt;fet" in page
