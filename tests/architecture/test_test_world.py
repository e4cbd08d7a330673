"""The test run is stricter than the world: what it must not forgive, and what a factory promises."""

import socket

import pytest
from django.template import Context, Engine, Template
from django.template.base import Origin
from django.utils import timezone

from tests import factories
from tests.strictness import OURS, UnknownTemplateVariable


@pytest.fixture
def engine():
    return Engine(string_if_invalid=UnknownTemplateVariable("%s"))


def test_unknown_variable_in_our_template_raises(engine):
    template = Template("{{ nobody }}", Origin(f"{OURS}/base/templates/base/page.html"), engine=engine)

    with pytest.raises(NameError, match="nobody"):
        template.render(Context())


def test_unknown_variable_in_a_template_of_others_prints_nothing(engine):
    template = Template("[{{ nobody }}]", Origin("/site-packages/allauth/templates/login.html"), engine=engine)

    assert template.render(Context()) == "[]"


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 80), ("2001:db8::1", 80)])
def test_other_machines_cannot_be_reached(address):
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET

    with socket.socket(family) as wire, pytest.raises(ConnectionRefusedError, match="tried to reach"):
        wire.connect(address)


def test_clock_stands_still():
    first = timezone.now()

    assert timezone.now() == first
    assert timezone.localtime(first).isoformat() == "2026-03-16T10:00:00+01:00"


@pytest.mark.django_db
def test_factories_build_the_tree_with_its_keys():
    committee = factories.committee()
    administration = factories.administration(committee)
    group = factories.group(factories.unit(administration))
    provider = factories.provider()

    assert [place.path.count("/") for place in (committee, administration, group, provider)] == [2, 3, 5, 2]
    assert group.path.startswith(administration.path)
    assert [place.committee for place in (committee.parent, committee, group, provider)] == [
        None,
        committee,
        committee,
        None,
    ]


@pytest.mark.django_db
def test_person_of_the_factory_can_log_in_and_holds_the_role():
    unit = factories.unit(factories.committee())

    person = factories.person("Åsa Ek", unit_manager=unit)

    assert person.check_password(factories.PASSWORD)
    assert [(held.role, held.unit) for held in person.role_assignments.all()] == [("unit_manager", unit)]
