import pytest

from tests import factories


@pytest.fixture
def committee():
    return factories.committee()


@pytest.fixture
def administrator(client):
    """Manages the whole municipality, and is logged in."""
    person = factories.person("Siv System", system_administrator=factories.municipality())
    client.force_login(person)
    return person
