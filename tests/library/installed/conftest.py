"""A municipality that has the starter library: to install it takes longer than all that is tried on it."""

import pytest

from hjulet.library.operations import install_library
from hjulet.organisation.models import Person
from tests.worlds import standing


@pytest.fixture(scope="package")
def _installed(django_db_setup, django_db_blocker):
    yield from standing(lambda: install_library("socialtjanst", by=Person.objects.machine()), django_db_blocker)


@pytest.fixture
def installed(_installed):
    """What the installation said."""
    return _installed
