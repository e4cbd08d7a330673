"""Fictional days on which the demo is opened.

Once, on one database: each builds the story by its command in March (`test_other_days.py`), and opens every page of a
year in which everything has happened (`tests/faults`).
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction

from hjulet.demo.days import Calendar
from hjulet.demo.story import build

NOVEMBER = datetime(2026, 11, 22, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.fixture(scope="package")
def _built_in_november(django_db_setup, django_db_blocker):
    """Built once for all who only look; rolled back after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(NOVEMBER, tick=False):
            build(Calendar(NOVEMBER.date()))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def media():
    """The files of the demo stay where they were put when it was built."""


@pytest.fixture
def in_november(_built_in_november, clock):
    """The demo late in its second year, with the clock standing there."""
    clock.move_to(NOVEMBER)
