from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from hjulet.audit.models import Chain, Event
from hjulet.audit.operations import record
from hjulet.audit.queries import faults_of_chain
from tests import factories


@pytest.mark.django_db(transaction=True)
def test_events_written_at_the_same_time_keep_the_chain_whole():
    place = factories.municipality()
    person = factories.person()

    def write_some(number):
        try:
            for part in range(10):
                with transaction.atomic():
                    record("unit.changed", by=person, target=place, after={"number": number, "part": part})
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write_some, range(4)))

    assert list(faults_of_chain()) == []
    assert (Event.objects.count(), Chain.objects.get().length) == (40, 40)
    assert sorted((event.after["number"], event.after["part"]) for event in Event.objects.all()) == [
        (number, part) for number in range(4) for part in range(10)
    ]
