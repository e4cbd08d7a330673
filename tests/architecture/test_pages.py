"""Every address: it says whether it may write, and is closed until a role opens it."""

import inspect
import re
from dataclasses import dataclass

import pytest
from django.urls import URLPattern, get_resolver

from tests import factories

# Open before login: to log in needs no login. All of them are allauth's.
OPEN = {
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "openid_connect_callback",
    "openid_connect_login",
    "saml_acs",
    "saml_finish_acs",
    "saml_login",
    "saml_metadata",
    "saml_sls",
}

# Ours that open without login, for machines cannot log in. The secret in the address of a calendar stands for its
# person; whatever watches the installation is told nothing of anybody, and its figures ask for a token of the settings.
OURS_OPEN = {"calendar_feed:feed", "upkeep:alive", "upkeep:figures", "upkeep:ready"}

# What everyone who has logged in may open: lists that are empty for who has no role, and pages about no row at all.
EVERYONES_OWN = {
    "actions:list",
    "agreements:list",
    "base:gallery",
    "base:preview",
    "calendar_feed:index",
    "competence:list",
    "copies:list",
    "competence:map",
    "decisions:list",
    "documents:list",
    "processes:list",
    "drafts:keep",
    "drafts:throw_away",
    "follow_up:list",
    "gaps:count",
    "gaps:list",
    "goals:list",
    "goals:table",
    "indicators:list",
    "indicators:measurements",
    "introduction_templates:list",
    "introductions:list",
    "ideas:list",
    "my_work:list",
    "outside_links:list",
    "notices:choose_mail",
    "notices:list",
    "notices:mark_all_read",
    "participation:list",
    "participation:outcomes",
    "people:account",
    "people:choose_language",
    "people:list",
    "people:stay",
    "quality_plan:list",
    "questions:list",
    "read_log:mine",
    "receipts:confirm_several",
    "receipts:list",
    "receipts:to_read",
    "recurring_duties:list",
    "recurring_duties:occurrences",
    "risk_analyses:list",
    "risk_analyses:matrix",
    "risks:list",
    "saved_views:list",
    "saved_views:save",
    "search:find",
    "search:index",
    "self_monitoring:list",
    "self_monitoring:occurrences",
    "units:tree",
    "wheel:start",
    "year_wheel:index",
}

LOGIN = "/konto/login/?next="

DUMMIES = {"int": "1", "str": "x", "slug": "x", "path": "x", "uuid": "0" * 32}


@dataclass(frozen=True)
class Address:
    name: str
    path: str
    view: object

    @property
    def is_ours(self) -> bool:
        return inspect.unwrap(self.view).__module__.startswith("hjulet.")


def addresses(patterns=None, prefix="", namespace=""):
    """Every address of the site, with something put where an address takes an argument."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + fill(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(f"{namespace}{pattern.name}", "/" + path, pattern.callback)
        else:
            below = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from addresses(pattern.url_patterns, path, namespace + below)


def fill(pattern):
    """The text of one pattern, a path or a regular expression, with a dummy for each argument."""
    route = re.sub(r"\(\?P<\w+>[^)]*\)", "x", str(pattern)).strip("^$")
    for name, converter in pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        route = route.replace(f"<{kind}:{name}>", DUMMIES[kind]).replace(f"<{name}>", "x")
    return route


ALL = list(addresses())
OURS = [address for address in ALL if address.is_ours]


def method_of(address):
    return "post" if address.view.access_mode == "acts" else "get"


def test_names_are_unique():
    names = [address.name for address in ALL]

    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("address", OURS, ids=lambda address: address.name)
def test_says_whether_it_may_write(address):
    assert address.view.access_mode in {"reads", "discloses", "notes", "writes", "acts"}


@pytest.mark.django_db
def test_open_without_login_is_only_what_logging_in_needs(client):
    answers = {address.name: client.get(address.path) for address in ALL}

    sent_to_login = {name for name, answer in answers.items() if answer.headers.get("Location", "").startswith(LOGIN)}
    assert {address.name for address in ALL} - sent_to_login == OPEN | OURS_OPEN
    assert {address.name for address in OURS} & (OPEN | OURS_OPEN) == OURS_OPEN


@pytest.mark.django_db
def test_person_without_a_role_is_let_in_nowhere(client):
    client.force_login(factories.person("Ingen Roll"))

    statuses = {address.name: getattr(client, method_of(address))(address.path).status_code for address in OURS}

    let_in = {name for name, status in statuses.items() if status not in {403, 404}}
    assert let_in == EVERYONES_OWN | OURS_OPEN - {"calendar_feed:feed", "upkeep:figures"}
