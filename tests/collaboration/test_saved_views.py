import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from hjulet.base.operations import Refused
from hjulet.collaboration.models import SavedView
from hjulet.collaboration.saved_views import operations, queries
from tests.actions.walks import plan
from tests.factories import group, person, unit

pytestmark = pytest.mark.django_db
LIST = "/atgarder/"
WANTED = f"{LIST}?q=ramp&state=&kol=title&kol=unit&sort=-title&page=3"
SAVE = reverse("saved_views:save")


@pytest.fixture
def manager(home_care, client):
    manager = person(unit_manager=home_care)
    client.force_login(manager)
    return manager


def saved(client, path=LIST):
    return [str(view) for view in queries.views_of_list(client.get(path).wsgi_request.user, path)]


def test_a_list_is_saved_as_it_looks_and_opened_again(client, home_care, manager):
    for title in ("Bygg ramp", "Laga ramp", "Byt larm"):
        plan(manager, home_care, title=title)
    assert client.get(SAVE, {"adress": WANTED}).context["form"]["address"].value() == WANTED

    response = client.post(SAVE, {"name": "Ramper", "address": WANTED}, follow=True)

    assert response.redirect_chain[-1][0] == f"{LIST}?q=ramp&kol=title&kol=unit&sort=-title"
    shown = response.context["shown"]
    assert [[str(cell) for _column, cell in row] for row in shown.rows] == [
        ["Laga ramp", "Hemtjänst Norr"],
        ["Bygg ramp", "Hemtjänst Norr"],
    ]
    assert f'<a href="{LIST}?q=ramp&amp;kol=title&amp;kol=unit&amp;sort=-title">Ramper</a>' in response.content.decode()
    assert (saved(client), saved(client, "/risker/")) == (["Ramper"], [])


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://example.org/atgarder/",
        "/finns-inte/",
        "/atgarder/ny/",
        "/atgarder/1/",
        f"/atgarder/?q={'x' * 2001}",
    ],
)
def test_only_a_list_can_be_saved(manager, address):
    with pytest.raises(Refused, match="Det går bara att spara en vy av en lista"):
        operations.save_view(by=manager, address=address, name="Vy")


def test_a_name_is_used_once_a_list(client, manager):
    for address in (LIST, "/risker/"):
        operations.save_view(by=manager, address=address, name="Mina")

    response = client.post(SAVE, {"name": "Mina", "address": LIST})

    assert response.status_code == 422
    assert "Du har redan en vy med det namnet här. Välj ett annat." in response.content.decode()
    assert SavedView.objects.count() == 2


def test_a_shared_view_is_seen_where_it_is_shared_and_below(client, home_care, manager):
    operations.save_view(by=manager, address=LIST, name="Våra", shared_with=home_care)
    operations.save_view(by=manager, address=LIST, name="Mina")

    def seen_by(name, **role):
        client.force_login(person(name, **role))
        return saved(client)

    assert seen_by("Ali Ek", employee=home_care) == ["Våra"]
    assert seen_by("Bo Ek", group_manager=group(home_care)) == ["Våra"]
    assert seen_by("Cia Ek", unit_manager=unit(home_care.parent, "Hemtjänst Söder")) == []
    assert seen_by("Dan Ek", quality_developer=home_care.parent) == []
    client.force_login(manager)
    assert saved(client) == ["Mina", "Våra"]


def test_a_view_is_shared_only_where_one_holds_a_role(client, home_care, manager):
    elsewhere = unit(home_care.parent, "Hemtjänst Söder")

    with pytest.raises(PermissionDenied):
        operations.save_view(by=manager, address=LIST, name="Våra", shared_with=elsewhere)
    assert client.post(SAVE, {"name": "Våra", "address": LIST, "shared_with": elsewhere.pk}).status_code == 422


def test_a_view_is_removed_by_whoever_saved_it(client, home_care, manager):
    view = operations.save_view(by=manager, address=LIST, name="Våra", shared_with=home_care)
    remove = reverse("saved_views:remove", args=[view.pk])
    client.force_login(person("Ali Ek", employee=home_care))
    assert "Våra" in client.get(reverse("saved_views:list")).content.decode()
    assert (client.post(remove).status_code, SavedView.objects.count()) == (403, 1)
    client.force_login(person("Eva Dal"))
    assert client.post(remove).status_code == 404

    client.force_login(manager)
    response = client.post(remove, follow=True)
    assert ("Vyn är borttagen." in response.content.decode(), SavedView.objects.count()) == (True, 0)
    assert "Inga sparade vyer" in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_statements(client, home_care, manager, rows, django_assert_num_queries):
    for number in range(rows):
        operations.save_view(by=manager, address=LIST, name=f"Vy {number}", shared_with=home_care)

    with django_assert_num_queries(5):
        client.get(reverse("saved_views:list"))
