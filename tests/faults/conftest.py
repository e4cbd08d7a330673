"""The year of everything, built once for the tests that only look at it or take back what they do."""

import pytest
import time_machine
from django.db import transaction
from django.utils import translation

from tests.backup.conftest import begun, begun_place, empty_place, migrated, unblocked  # noqa: F401 - fixtures
from tests.conftest import NOW
from tests.faults.rest_of_the_year import pages_without_a_link
from tests.faults.site import open_everything, year_of_everything


@pytest.fixture(scope="module")
def _site(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(NOW, tick=False), translation.override("sv"):
            person = year_of_everything()
            pages = open_everything(person, also=(*pages_without_a_link(), "/sok/?q=schema"))
        yield person, pages
        transaction.set_rollback(True)


@pytest.fixture
def anybody(_site):
    """Who may do everything."""
    return _site[0]


@pytest.fixture
def pages(_site):
    """Every page that this one met."""
    return _site[1]
