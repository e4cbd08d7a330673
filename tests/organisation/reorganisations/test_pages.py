from datetime import date

import pytest
from django.urls import reverse

from hjulet.organisation.models import Reorganisation
from hjulet.organisation.reorganisations.models import Kind
from hjulet.organisation.reorganisations.states import ReorganisationState as S
from tests import factories
from tests.organisation.reorganisations.walks import (
    IN_MAY,
    at,
    decide,
    done_today,
    drafted,
    full,
    home,
    merged,
    renamed,
)

pytestmark = pytest.mark.django_db
BASIS = {"basis": "Förvaltningschefens beslut.", "decision": "", "effective_date": "2026-05-01"}


@pytest.fixture
def place(client):
    place = home()
    client.force_login(place.administrator)
    return place


def draft_url(kind):
    return reverse("reorganisations:draft", args=[kind])


def test_a_merge_is_planned_step_by_step_and_carried_out(client, place, clock):
    choose = client.get(reverse("reorganisations:choose"), {"unit": place.north.pk})
    assert f"{draft_url(Kind.MERGE)}?unit={place.north.pk}" in choose.text
    form = client.get(draft_url(Kind.MERGE), {"unit": place.north.pk})
    assert f'<option value="{place.north.pk}" selected>' in form.text
    units = {"unit": place.north.pk, "unit_2": place.south.pk, "unit_3": "", "unit_4": "", "receiver": ""}

    answer = client.post(draft_url(Kind.MERGE), BASIS | units | {"name": "Hemtjänsten", "code": "H"})

    row = Reorganisation.objects.get()
    assert (answer.url, row.state) == (row.get_absolute_url(), S.DRAFT)
    assert "Roller: 1" in client.get(answer.url).text
    client.post(reverse("reorganisations:plan", args=[row.pk]))
    row.refresh_from_db()
    assert (row.state, row.outcome) == (S.PLANNED, None)
    unit_page = client.get(place.north.get_absolute_url()).text
    assert row.get_absolute_url() in unit_page


def test_today_is_carried_out_at_once(client, place):
    client.post(
        draft_url(Kind.RENAME),
        BASIS | {"effective_date": "2026-03-16", "unit": place.north.pk, "name": "Nordan", "code": ""},
    )
    row = Reorganisation.objects.get()

    client.post(reverse("reorganisations:plan", args=[row.pk]))

    row.refresh_from_db()
    place.north.refresh_from_db()
    assert (row.state, place.north.name) == (S.CARRIED_OUT, "Nordan")
    assert "Från 2020-01-01: Norr Äldrenämnden" in client.get(place.north.get_absolute_url()).text


def test_a_draft_is_changed_taken_back_and_cancelled(client, place):
    row = renamed(place.administrator, place.north)
    change = reverse("reorganisations:change", args=[row.pk])
    assert 'value="Hemtjänsten"' in client.get(change).text

    client.post(change, BASIS | {"revision": 1, "unit": place.north.pk, "name": "Nordan", "code": "N"})
    client.post(reverse("reorganisations:plan", args=[row.pk]))
    client.post(reverse("reorganisations:take_back", args=[row.pk]))
    client.post(reverse("reorganisations:cancel", args=[row.pk]), {"reason": "Beslutet upphävdes."})

    row.refresh_from_db()
    assert [step.move for step in row.steps.all()] == ["plan", "take_back", "cancel"]
    assert row.parts.get(side="to").name == "Nordan"
    assert "Återkallad" in client.get(row.get_absolute_url()).text


def test_the_preview_names_what_the_viewer_may_read_and_counts_the_rest(client, place):
    """A system administrator reads no cases: the number is there, the titles are not."""
    full(place, place.north)
    row = drafted(place.administrator, Kind.CLOSE, [place.north], receiver=place.south)
    decide(row, place.administrator)

    as_administrator = client.get(row.get_absolute_url())
    client.force_login(place.developer)
    as_developer = client.get(row.get_absolute_url())

    for page in (as_administrator, as_developer):
        assert {(group.key, group.count) for group in page.context["page"].groups} == {
            ("units", 1),
            ("roles", 2),
            ("goals", 1),
            ("risks", 1),
            ("actions", 1),
            ("controls", 1),
            ("views", 1),
        }
        assert {(kept.name, kept.count) for kept in page.context["page"].kept} == {
            ("Avslutade åtgärder", 1),
            ("Avslutade egenkontroller", 1),
            ("Mål som har gått ut eller är upphävda", 1),
        }
    assert f"{place.head.name}, Enhetschef" in as_administrator.text
    assert "Öppen" not in as_administrator.text
    assert "Öppen" in as_developer.text


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_statements(client, place, rows, django_assert_num_queries):
    for _number in range(rows):
        full(place, factories.unit(place.office, f"Enhet {_number}"))
    units = list(place.office.children.order_by("pk"))[-rows:]
    row = merged(place.administrator, *units, receiver=place.south)

    with django_assert_num_queries(12):
        client.get(row.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_list_statements(client, place, rows, django_assert_num_queries):
    for number in range(rows):
        renamed(place.administrator, factories.unit(place.office, f"Enhet {number}"))

    with django_assert_num_queries(7):
        client.get(reverse("reorganisations:list"))


@pytest.mark.parametrize("kind", Kind)
def test_form_statements(client, place, kind, django_assert_num_queries):
    with django_assert_num_queries(7):
        assert client.get(draft_url(kind)).status_code == 200


def test_which_way_is_said_on_a_page(client, place):
    there = full(place, place.north)
    row = drafted(place.administrator, Kind.SPLIT, [place.north], new=[("Dagen", ""), ("Natten", "")])
    decide(row, place.administrator)
    night = row.parts.get(name="Natten")
    client.force_login(place.head)
    sort = reverse("reorganisations:sort", args=[row.pk, "actions"])
    assert sort in client.get(row.get_absolute_url()).text

    answer = client.post(sort, {f"row_{there.open_action.pk}": night.pk})

    assert answer.url == row.get_absolute_url()
    assert "Öppna åtgärder: 1</strong> → Natten" in client.get(row.get_absolute_url()).text


def test_an_administrator_sorts_what_cannot_be_read_by_number(client, place):
    there = full(place, place.north)
    row = drafted(place.administrator, Kind.SPLIT, [place.north], new=[("Dagen", ""), ("Natten", "")])

    page = client.get(reverse("reorganisations:sort", args=[row.pk, "actions"])).text

    assert f"Nummer {there.open_action.pk}, som du inte får läsa" in page
    assert "Öppen" not in page


def test_what_stands_in_the_way_is_the_grey_buttons_sentence(client, place):
    row = drafted(place.administrator, Kind.CLOSE, [place.office])
    sentence = "2 saker är öppna och har ingenstans att ta vägen: enheter under (2). Välj en enhet som tar emot."

    page = client.get(row.get_absolute_url())
    answer = client.post(reverse("reorganisations:plan", args=[row.pk]), follow=True)

    assert page.context["page"].obstacle == sentence
    assert [str(message) for message in answer.context["messages"]] == [sentence]


def test_a_form_without_name_or_receiver_says_so(client, place):
    answer = client.post(draft_url(Kind.MERGE), BASIS | {"unit": place.north.pk, "unit_2": place.south.pk})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"name": ["Välj en enhet som finns kvar, eller skriv namnet på en ny."]}


@pytest.mark.parametrize("state", S)
def test_who_sees_it(client, place, state):
    row = at(state, place.administrator, place.north)
    other = home("Socialnämnden")
    seen = {}
    for who, somebody in (("administrator", place.administrator), ("head", place.head), ("other", other.head)):
        client.force_login(somebody)
        seen[who] = client.get(row.get_absolute_url()).status_code

    assert seen == {"administrator": 200, "head": 404 if state == S.DRAFT else 200, "other": 404}


def test_whoever_only_reads_changes_nothing(client, place):
    row = renamed(place.administrator, place.north)
    decide(row, place.administrator)
    client.force_login(place.head)

    statuses = {
        name: getattr(client, method)(reverse(f"reorganisations:{name}", args=args)).status_code
        for name, method, args in (
            ("choose", "get", []),
            ("draft", "get", ["rename"]),
            ("change", "get", [row.pk]),
            ("cancel", "get", [row.pk]),
            ("sort", "get", [row.pk, "actions"]),
            ("plan", "post", [row.pk]),
            ("take_back", "post", [row.pk]),
            ("carry_out", "post", [row.pk]),
        )
    }
    assert set(statuses.values()) == {403}


def test_unknown_words_in_an_address_find_nothing(client, place):
    row = renamed(place.administrator, place.north)

    for address in (draft_url("okant"), reverse("reorganisations:sort", args=[row.pk, "okant"])):
        assert client.get(address).status_code == 404


def test_the_history_of_a_unit_leads_to_what_it_came_from_and_became(client, place):
    done_today(merged(place.administrator, *place.units, effective_date=date(2026, 3, 16)), place.administrator)
    new = place.office.children.get(name="Hemtjänsten")

    old_page, new_page = (client.get(unit.get_absolute_url()).text for unit in (place.north, new))

    assert new.get_absolute_url() in old_page
    assert all(unit.get_absolute_url() in new_page for unit in place.units)
    assert date(2026, 3, 16) < IN_MAY
