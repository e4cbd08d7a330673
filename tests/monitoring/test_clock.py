from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from tests.factories import committee, person, unit
from tests.monitoring.self_monitoring.walks import plan

pytestmark = pytest.mark.django_db


def run():
    out = StringIO()
    call_command("clock", stdout=out)
    return out.getvalue()


def test_clock_lays_out_what_time_brings_once(clock):
    home_care = unit(committee())
    control = plan(person(unit_manager=home_care), home_care, months=6, ends_date=date(2040, 12, 31))
    clock.move_to("2027-02-14 03:00+01:00")

    assert [run(), run()] == ["Nya kontrolltillfällen: 2.\n", "Nya kontrolltillfällen: 0.\n"]
    assert control.occurrences.count() == 6
