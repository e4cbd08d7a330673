import pytest
from django.utils import translation

from hjulet.config.navigation import menu_for, menu_of, place_of
from hjulet.organisation.roles.queries import granted_anywhere
from tests.factories import committee, municipality, person, unit

pytestmark = pytest.mark.django_db


def menu(person, path):
    permissions = granted_anywhere(person)
    return menu_of(permissions, place_of(path, permissions))


def labels(items):
    return [str(item.label) for item in items]


def under(person, label):
    [item] = [item for item in menu(person, "/") if str(item.label) == label]
    return labels(item.children)


def test_each_finds_what_the_role_has_use_for():
    reader = person("Nils Ledamot", committee_member=committee())
    manager = person("Sam System", system_administrator=municipality())

    assert labels(menu(reader, "/")) == [
        "Start",
        "Mina uppgifter",
        "Mål",
        "Risker",
        "Kvalitetsplan",
        "Åtgärder",
        "Egenkontroll",
        "Nyckeltal",
        "Årshjul",
        "Delaktighet",
        "Uppföljning",
        "Regelverk",
        "Organisation",
    ]
    assert labels(menu(manager, "/")) == ["Start", "Mina uppgifter", "Regelverk", "Organisation"]
    assert labels(menu(manager, "/")[-1].children) == [
        "Enheter",
        "Omorganisationer",
        "Personer",
        "Ansvar och roller",
        "Så är arbetet organiserat",
        "Ansvarskarta",
        "Nämndbeslut",
        "Delegationsordning",
        "Delegationsbeslut",
        "Register",
        "Startbibliotek",
        "Klockan",
    ]
    follower = person("Ulla Undersköterska", employee=unit(committee("Äldrenämnden")))
    keeper = person("Karin Kvalitet", quality_developer=committee("Socialnämnden"))
    followed = [
        "Hitta rutin",
        "Styrande dokument",
        "Frågor om dokument",
        "Lästa dokument",
        "Processer",
        "Avtal",
        "Lagar och föreskrifter",
        "Efterlevnad",
    ]
    kept = ["Liknande texter", "Lagar att kontrollera", "När lagen ändras", "Länkar till andra"]
    assert under(follower, "Regelverk") == followed
    assert sorted(under(keeper, "Regelverk")) == sorted(followed + kept)
    assert labels(menu(person("Ingen Alls"), "/")) == ["Start", "Mina uppgifter"]


@pytest.mark.parametrize(
    ("path", "item", "child"),
    [
        ("/", "Start", None),
        ("/risker/", "Risker", "Alla risker"),
        ("/risker/17/andra/", "Risker", "Alla risker"),
        ("/risker/analyser/riskbild/", "Risker", "Riskbild"),
        ("/arshjul/", "Årshjul", "Hela året"),
        ("/arshjul/uppgifter/tillfallen/7/", "Årshjul", "Tillfällen"),
        ("/kvalitetsomraden/", "Mål", "Kvalitetsområden"),
        ("/konto/password/change/", None, None),
    ],
)
def test_one_sees_where_one_is(path, item, child):
    shown = menu(person(quality_developer=committee()), path)

    current = [found for found in shown if found.is_current]
    assert labels(current) == ([item] if item else [])
    assert [str(c.label) for found in current for c in found.children if c.is_current] == ([child] if child else [])


def test_it_is_drawn_for_the_permissions_the_place_and_the_language():
    reader, manager = (
        person("Nils Ledamot", committee_member=committee()),
        person("Sam", system_administrator=municipality()),
    )

    assert 'href="/risker/"' in menu_for(reader, "/")
    assert 'href="/risker/"' not in menu_for(manager, "/")
    assert menu_for(reader, "/risker/17/") == menu_for(
        person("Eva", committee_member=committee("Äldrenämnden")), "/risker/"
    )
    assert menu_for(reader, "/") != menu_for(reader, "/risker/")
    with translation.override("en"):
        assert "Huvudmeny" not in menu_for(reader, "/")
