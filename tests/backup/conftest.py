"""A year at a nämnd as an installation of its own, built once, and a backup of it."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import translation

from hjulet.actions.operations import note_progress
from hjulet.actions.states import ActionState
from hjulet.backup.tables import line_of
from hjulet.backup.taking import Taken, take_backup
from hjulet.collaboration.attachments.operations import attach
from hjulet.collaboration.comments.operations import comment_on
from hjulet.library.operations import install_library
from hjulet.monitoring.self_monitoring.states import OccurrenceState
from hjulet.organisation.models import Person
from hjulet.organisation.people.operations import add_person
from hjulet.reporting.follow_up.models import Period
from hjulet.reporting.follow_up.states import FollowUpState
from tests import factories
from tests.actions.walks import action_at
from tests.actions.walks import plan as plan_action
from tests.backup.archives import members_of, rewritten
from tests.backup.places import Place, content, inside, migrate, own_database, place
from tests.collaboration.files import PDF, PNG, XLSX, upload
from tests.conftest import NOW
from tests.monitoring.self_monitoring.walks import occurrence_at
from tests.reporting.walks import follow_up_at, write_everything, year_begun

FILES = {"Rutin för hembesök åäö.pdf": PDF, "tal.xlsx": XLSX, "bild.png": PNG}


@dataclass(frozen=True)
class World:
    """All that stood at the place, and the backup of it. The database has the event of the backup besides."""

    place: Place
    rows: dict
    files: dict
    taken: Taken

    @property
    def backup(self) -> Path:
        return self.taken.path

    def lines(self, table) -> list[bytes]:
        """The rows of a table as the backup has them."""
        return members_of(self.backup)[f"tables/{table}.jsonl"].splitlines(keepends=True)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory, django_db_setup, django_db_blocker):
    """A place with all tables and no rows but those of the migrations, to be copied: migrating takes seconds.

    A copy too, for what commits later in the run empties the database of the run.
    """
    with django_db_blocker.unblock():
        own = own_database()
        with place(tmp_path_factory.mktemp("migrated"), like=own) as there:
            if own is None:
                with inside(there):
                    migrate()
            yield there


@pytest.fixture(scope="session")
def world(tmp_path_factory, migrated, django_db_blocker):
    folder = tmp_path_factory.mktemp("world")
    with django_db_blocker.unblock(), place(folder, like=migrated) as there:
        with time_machine.travel(NOW, tick=False), translation.override("sv"), inside(there):
            with transaction.atomic():
                build_year()
            rows, files = content()
            taken = take_backup(folder / "world.zip")
        yield World(there, rows, files, taken)


def build_year():
    """Rows in nearly every table, attachments with names that are hard to keep, and a row that is gone again."""
    year = year_begun()
    follow_up_at(FollowUpState.REPORTED, year)
    write_everything(follow_up_at(FollowUpState.DRAFT, year, Period.YEAR), year.developer)
    action = action_at(ActionState.CLOSED, year.developer, year.plan.unit)
    note_progress(plan_action(year.developer, year.plan.unit), by=year.developer, text="Halvvägs.")
    occurrence_at(OccurrenceState.DONE, year.developer, year.plan.unit)
    for name, file in FILES.items():
        attach(action, by=year.developer, upload=upload(name, file), description="Åtgärdens underlag")
    comment_on(action, by=year.developer, text="Så här gick det: ”bra”.\nRad två – <b>inte fet</b>.")
    install_library("socialtjanst", by=Person.objects.machine())
    person, _password = add_person(by=Person.objects.machine(), name="Åke Öst", email="ake@example.org")
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    EmailAddress.objects.create(user=person, email="old@example.org").delete()
    Session.objects.create(session_key="s" * 32, session_data="x", expire_date=NOW)
    settings.WORD_TEMPLATE.write_bytes(b"the municipality's own form")


@pytest.fixture
def unblocked(django_db_setup, django_db_blocker):
    """The database is open, and nothing rolls back: for tests that lead the connection to one of their own."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def empty_place(unblocked, tmp_path):
    """We stand in an installation that has just been unpacked: no database, no files."""
    with place(tmp_path / "empty") as there, inside(there):
        yield there


@pytest.fixture
def standing_place(unblocked, world, tmp_path):
    """We stand in a copy of the world's database, with none of its files."""
    with place(tmp_path / "standing", like=world.place) as there, inside(there):
        yield there


@pytest.fixture(scope="session")
def begun(tmp_path_factory, migrated, django_db_blocker):
    """A place with a municipality and a nämnd, to be copied."""
    with django_db_blocker.unblock(), place(tmp_path_factory.mktemp("begun"), like=migrated) as there:
        with inside(there):
            factories.committee()
        yield there


@pytest.fixture
def begun_place(unblocked, begun, tmp_path):
    """We stand in an installation with a municipality and a nämnd."""
    with place(tmp_path / "begun", like=begun) as there, inside(there):
        yield there


@pytest.fixture
def broken_log(world, tmp_path):
    """A backup in which somebody has changed who did the third thing, and owns up to it in the manifest."""
    lines = world.lines("audit_event")
    event = json.loads(lines[2])
    event[4] = "Någon Annan"
    lines[2] = line_of(event)
    return rewritten(world.backup, tmp_path / "broken.zip", {"tables/audit_event.jsonl": b"".join(lines)}, honest=True)
