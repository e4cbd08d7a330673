import pytest
from django.urls import reverse

from hjulet.library.states import Standing as S
from hjulet.rulebook.models import QualityArea
from tests.factories import committee, municipality, person
from tests.library.shelf import tallies

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    administrator = person("Siv Sys", system_administrator=municipality())
    client.force_login(administrator)
    return administrator


def test_overview_before_and_after_the_installation(client, administrator):
    before = client.get(reverse("library:list"))
    client.post(reverse("library:install", args=["socialtjanst"]))
    after = client.get(reverse("library:list"))

    [page] = after.context["pages"]
    assert tallies(before)["frequencies"] == [(S.NEW, 7)]
    assert tallies(before)["risk_matrix"] == [(S.NEW, 1)]
    assert {tally[0][0] for tally in tallies(after).values()} == {S.UNCHANGED}
    assert (page.installed.version, page.installed.by, page.has_news) == ("2026.3", administrator, False)


def test_part_marks_what_nobody_has_verified(client, administrator):
    response = client.get(reverse("library:part", args=["socialtjanst", "role_texts"]))

    assert [entry.title for entry in response.context["section"].entries if entry.check] == [
        "MAS/MAR",
        "Lex Sarah-utredare",
    ]
    assert "Kontrollera paragrafen och er egen delegation." in response.content.decode()


@pytest.mark.parametrize("address", ["socialtjanst/okand/", "skola/frequencies/"])
def test_what_does_not_exist_is_not_found(client, administrator, address):
    assert client.get(f"/startbibliotek/{address}").status_code == 404


def test_an_unknown_library_is_not_installed(client, administrator):
    assert client.post(reverse("library:install", args=["skola"])).status_code == 404


def test_reader_sees_but_does_not_install(client):
    client.force_login(person("Nils Ledamot", committee_member=committee()))
    install = reverse("library:install", args=["socialtjanst"])

    assert install not in client.get(reverse("library:list")).content.decode()
    assert client.post(install).status_code == 403
    assert QualityArea.objects.count() == 0


@pytest.mark.parametrize("address", ["/startbibliotek/", "/startbibliotek/socialtjanst/frequencies/"])
def test_whoever_has_no_role_is_refused(client, address):
    client.force_login(person("Ingen Alls"))

    assert client.get(address).status_code == 403
