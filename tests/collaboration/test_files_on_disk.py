"""The disk and the rows: both or neither, and what is missing on one side is named."""

import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from hjulet.audit.models import Event
from hjulet.collaboration.attachments.operations import attach, withdraw_attachment
from hjulet.collaboration.attachments.queries import unclaimed_files
from hjulet.collaboration.models import Attachment
from tests import factories
from tests.actions.walks import plan
from tests.collaboration import files
from tests.collaboration.clock.rounds import run
from tests.collaboration.files import upload
from tests.faults.disks import room_for

pytestmark = pytest.mark.django_db

MISSING = (
    "Filen ”a.pdf” saknas på servern eller är skadad. "
    "Säg till systemförvaltaren, som kan hämta den ur en säkerhetskopia."
)
LARGE = files.PDF + bytes(300_000)


@pytest.fixture
def manager(client):
    manager = factories.person("Eva Chef", unit_manager=factories.unit(factories.committee()))
    client.force_login(manager)
    return manager


@pytest.fixture
def action(manager):
    return plan(manager, manager.role_assignments.get().unit)


@pytest.fixture
def attachment(action, manager):
    return attach(action, by=manager, upload=upload("a.pdf", files.PDF))


def on_disk():
    return sorted(path.name for path in Path(default_storage.path("")).rglob("*") if path.is_file())


def send(client, action, content):
    return client.post(
        reverse("attachments:add", args=["actions.action", action.pk]),
        {"upload": upload("a.pdf", content), "description": "Nämndens beslut"},
    )


def test_a_full_disk_is_told_and_half_a_file_taken_away(client, action):
    events = Event.objects.count()

    with room_for(100_000):
        response = send(client, action, LARGE)

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "upload": ["Filen kunde inte sparas: filen får inte bli så stor. Säg till systemförvaltaren."]
    }
    assert response.context["form"]["description"].value() == "Nämndens beslut"
    assert (on_disk(), Attachment.objects.count(), Event.objects.count()) == ([], 0, events)
    assert send(client, action, LARGE).status_code == 302
    assert len(on_disk()) == 1


@pytest.mark.parametrize("where", ["hjulet.audit.operations.record", "django.db.models.Model.save"])
def test_when_the_row_fails_the_file_goes_too(action, manager, monkeypatch, where):
    def away(*_arguments, **_given):
        raise OperationalError

    monkeypatch.setattr(where, away)

    with pytest.raises(OperationalError):
        attach(action, by=manager, upload=upload("a.pdf", files.PDF))
    assert on_disk() == []


def take_away(path):
    path.unlink()


def cut_off(path):
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize("spoil", [take_away, cut_off])
def test_a_file_that_is_not_there_is_told_on_its_pages(client, action, attachment, spoil):
    spoil(Path(attachment.file.path))

    panel = client.get(reverse("conversation:panel", args=["actions.action", action.pk]))
    download = client.get(reverse("attachments:download", args=[attachment.pk]))

    assert (panel.status_code, MISSING in panel.text) == (200, True)
    assert reverse("attachments:download", args=[attachment.pk]) not in panel.text
    assert (download.status_code, MISSING in download.text) == (409, True)


def check():
    out = StringIO()
    call_command("check_files", stdout=out)
    return out.getvalue()


def test_all_files_are_there(attachment, action, manager):
    second = attach(action, by=manager, upload=upload("b.png", files.PNG))
    withdraw_attachment(second, by=manager, reason="Fel fil")

    assert check() == "Alla 2 filer finns och är oförändrade.\n"


def test_what_does_not_agree_is_named(media, attachment, action, manager):
    """As after a restored database with older and newer files."""
    changed = attach(action, by=manager, upload=upload("b.png", files.PNG))
    Path(changed.file.path).write_bytes(files.PNG[:-1] + b"x")
    Path(attachment.file.path).unlink()
    (media / "attachments" / "newer").write_bytes(b"x")
    os.utime(media / "attachments" / "newer", (1_770_000_000,) * 2)
    out = StringIO()

    with pytest.raises(CommandError) as error:
        call_command("check_files", stdout=out)

    assert str(error.value) == "2 av 2 filer är inte som de ska. Hämta dem ur en säkerhetskopia."
    assert out.getvalue().splitlines() == [
        f"Bilaga {attachment.pk}, a.pdf ({attachment.file.name}): filen eller mappen finns inte.",
        f"Bilaga {changed.pk}, b.png ({changed.file.name}): innehållet är inte det som bifogades.",
        "attachments/newer: hör inte till någon bilaga, skriven 2026-02-02.",
    ]


def test_without_any_file_there_is_nothing_to_name():
    assert (check(), unclaimed_files(), run()) == ("Alla 0 filer finns och är oförändrade.\n", [], {})


def test_a_file_whose_row_never_came_goes_after_a_month(media, attachment, clock):
    stray = media / "attachments" / "stray"
    stray.write_bytes(b"x")
    for path in (stray, Path(attachment.file.path)):
        os.utime(path, (timezone.now().timestamp(),) * 2)
    kept = []

    for day in (timedelta(days=-400), timedelta(days=430), timedelta(minutes=1)):
        clock.shift(day)
        kept.append((run().get("files"), stray.exists()))

    assert kept == [(None, True), (None, True), (1, False)]
    assert check() == "Alla 1 filer finns och är oförändrade.\n"
