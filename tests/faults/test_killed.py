"""Killed in the middle, as by `kill -9` or a power cut: all of it is saved or nothing, and it can be done again.

Backups and restores are killed in `tests/backup`.
"""

import http.client
import signal
from pathlib import Path

import pytest
from django.urls import reverse

from hjulet.actions.models import Action
from hjulet.audit.models import Event
from hjulet.audit.queries import faults_of_chain
from hjulet.base.commands import database_is_current
from hjulet.organisation.models import Unit
from hjulet.planning.models import QualityPlan, Risk
from tests import factories
from tests.backup.places import start_hjulet
from tests.faults.servers import form_of, serving
from tests.planning.quality_plan import walks

DYING = Path(__file__).parent / "dying"


def dying(at, after=0):
    return {"PYTHONPATH": str(DYING), "DIE_AT": at, "DIE_AFTER": str(after)}


def ends(process):
    out, err = process.communicate()
    return process.returncode, out, err


def test_a_killed_save_is_no_save_and_is_done_when_it_is_sent_again(begun_place):
    home_care = factories.unit(Unit.objects.get(kind="committee"))
    manager = factories.person("Karin Ek", unit_manager=home_care)
    with serving(begun_place, manager, **dying('INSERT INTO "audit_event"')) as browser:
        sent = form_of(
            browser.get(reverse("actions:plan")), unit=home_care.pk, title="Bygg ramp", description="Vid entrén."
        )
        with pytest.raises((http.client.HTTPException, OSError)):
            browser.post(reverse("actions:plan"), sent)
    left = Action.objects.count(), Event.objects.count()
    with serving(begun_place, manager) as again:
        again.cookies["csrftoken"] = browser.cookies["csrftoken"]
        answer = again.post(reverse("actions:plan"), sent | {"once": "another"})

    assert left == (0, 0)
    assert (answer.status, [action.title for action in Action.objects.all()]) == (302, ["Bygg ramp"])
    assert list(faults_of_chain()) == []


@pytest.mark.parametrize("after", [1, 40])
def test_a_killed_import_takes_in_nothing_and_the_next_takes_in_all(begun_place, after):
    committee, _developer = walks.home()
    before = Event.objects.count()
    words = ("import-plan", walks.CASES / "kvalitetsplan-2023.xlsx", "--namnd", committee.name, "--year", "2023")

    killed = ends(start_hjulet(begun_place, *words, **dying('INSERT INTO "audit_event"', after)))
    left = QualityPlan.objects.count(), Risk.objects.count(), Event.objects.count()
    again = ends(start_hjulet(begun_place, *words))

    assert (killed[0], killed[2], left) == (-signal.SIGKILL, "", (0, 0, before))
    assert (again[0], again[2]) == (0, "")
    assert (QualityPlan.objects.count(), Risk.objects.count()) == (1, 5)
    assert list(faults_of_chain()) == []


@pytest.mark.parametrize(("at", "after"), [("CREATE TABLE", 30), ('INSERT INTO "django_migrations"', 1)])
def test_a_killed_migration_is_gone_on_with_to_the_end(empty_place, at, after):
    killed = ends(start_hjulet(empty_place, "migrate", **dying(at, after)))
    was_current = database_is_current()

    again = ends(start_hjulet(empty_place, "migrate"))

    assert (killed[0], was_current) == (-signal.SIGKILL, False)
    assert again == (0, "Databasen är klar.\n", "")
    assert database_is_current()
