"""What is read of claims, however a provider writes them."""

import pytest

from hjulet.organisation.sign_on.configuration import sign_on_from
from hjulet.organisation.sign_on.told import Told, read, subject_key
from tests.organisation.sign_on.test_configuration import OPENID


def told(claims, **settings):
    return read(claims, sign_on_from(OPENID | {f"HJULET_SSO_{name}": value for name, value in settings.items()}))


def test_all_that_we_use_is_read_and_nothing_else():
    claims = {
        "name": " Karin Ek ",
        "email": "Karin.Ek@Ekliden.se",
        "email_verified": True,
        "groups": ["Chefer", "", 7, "Chefer "],
        "acr": "loa3",
        "amr": ["pwd", "mfa"],
        "nonce": "n",
        "phone_number": "040-1",
    }

    assert told(claims) == Told(
        subject="",
        name="Karin Ek",
        verified_email="karin.ek@ekliden.se",
        groups=frozenset({"Chefer"}),
        strength=frozenset({"loa3", "pwd", "mfa"}),
        nonce="n",
    )


def test_nothing_told_is_nothing_read():
    assert told({}) == Told(subject="", name="", verified_email="", groups=frozenset())


@pytest.mark.parametrize(
    ("name", "claims"),
    [
        ("groups", {"groups": "Chefer"}),
        ("realm_access.roles", {"realm_access": {"roles": ["Chefer"]}}),
        ("https://ekliden.se/roles", {"https://ekliden.se/roles": ["Chefer"]}),
    ],
)
def test_groups_are_found_under_the_name_they_have(name, claims):
    assert told(claims, GROUPS_CLAIM=name).groups == {"Chefer"}


@pytest.mark.parametrize("claims", [{"realm_access": None}, {"realm_access": "x"}, {"realm_access": {}}, {}])
def test_a_way_that_leads_nowhere_finds_nothing(claims):
    assert told(claims, GROUPS_CLAIM="realm_access.roles").groups == frozenset()


def test_only_groups_that_are_about_the_wheel_are_read():
    assert told({"groups": ["Hjulet-chef", "Facket", "hjulet-x"]}, GROUPS_PREFIX="Hjulet-").groups == {"Hjulet-chef"}


def test_a_group_too_long_to_be_one_is_left_out():
    assert told({"groups": ["x" * 201, "y" * 200]}).groups == {"y" * 200}


def test_a_subject_is_another_at_another_provider():
    keys = {subject_key("https://a", "1"), subject_key("https://b", "1"), subject_key("https://a", "2")}

    assert len(keys) == 3
    assert {len(key) for key in keys} == {64}
