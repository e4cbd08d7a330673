"""Attachments in S3-compatible storage: the same rules, the same backup, the same way out."""

import zipfile
from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage, storages
from django.test import override_settings
from django.urls import reverse

from hjulet.backup.exporting import export_all
from hjulet.backup.restoring import restore
from hjulet.backup.taking import take_backup
from hjulet.base.object_storage import ObjectStorage
from hjulet.base.operations import Refused
from hjulet.collaboration.attachments.operations import attach
from hjulet.config.environment import Environment
from tests.actions.walks import plan
from tests.backup.archives import members_of
from tests.backup.object_server import BUCKET, client_of, object_server
from tests.backup.places import content
from tests.collaboration.files import PDF, upload
from tests.factories import committee, person, unit

# Botocore makes its dates in a way that Python has begun to dislike.
pytestmark = [pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")]


@pytest.fixture(scope="module")
def server():
    with object_server() as address:
        yield address


@contextmanager
def kept_at(address):
    options = Environment({"HJULET_FILES": address}).get("HJULET_FILES")
    backend = {"BACKEND": "hjulet.base.object_storage.ObjectStorage", "OPTIONS": options}
    with override_settings(STORAGES=storages.backends | {"default": backend}):
        yield


@pytest.fixture
def bucket(server):
    """What lies in the bucket, by name: a look past our own code."""
    client = client_of(server)

    def content():
        listed = client.list_objects_v2(Bucket=BUCKET).get("Contents", [])
        return {found["Key"]: client.get_object(Bucket=BUCKET, Key=found["Key"])["Body"].read() for found in listed}

    with kept_at(server):
        yield content
    for name in content():
        client.delete_object(Bucket=BUCKET, Key=name)


@pytest.fixture
def manager():
    return person(unit_manager=unit(committee()))


@pytest.fixture
def attachment(bucket, manager):
    home = manager.role_assignments.get().unit
    return attach(plan(manager, home), by=manager, upload=upload("Rutin åäö.pdf", PDF))


@pytest.mark.django_db
def test_an_attachment_lies_there_and_is_fetched_through_its_page(client, bucket, manager, attachment):
    client.force_login(manager)

    answer = client.get(reverse("attachments:download", args=[attachment.pk]))

    assert bucket() == {attachment.file.name: PDF}
    assert (b"".join(answer.streaming_content), answer.headers["Content-Type"]) == (PDF, "application/pdf")
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_who_may_not_see_it_gets_nothing_and_there_is_no_other_way_in(client, attachment):
    client.force_login(person("Olle Annan", unit_manager=unit(committee("Barnnämnden"))))

    assert client.get(reverse("attachments:download", args=[attachment.pk])).status_code == 404
    with pytest.raises(ValueError, match="asks who may see it"):
        attachment.file.url  # noqa: B018 - that it cannot be asked for is the point


@pytest.mark.django_db
def test_a_refused_file_is_not_kept(bucket, manager):
    with pytest.raises(ValidationError):
        attach(plan(manager, manager.role_assignments.get().unit), by=manager, upload=upload("x.exe", b"MZ" * 50))

    assert bucket() == {}


def test_the_way_out_has_the_files(world, empty_place, bucket, tmp_path):
    restore(world.backup)

    exported = export_all(tmp_path / "allt.zip")

    with zipfile.ZipFile(tmp_path / "allt.zip") as archive:
        kept = {archive.read(name) for name in archive.namelist() if name.startswith("bilagor/")}
    assert (kept, exported.missing_files) == (set(world.files.values()), [])


def test_a_backup_of_a_disk_is_restored_there_and_backed_up_again(world, empty_place, bucket, tmp_path):
    restore(world.backup)
    back = take_backup(tmp_path / "igen.zip")

    assert bucket() == world.files
    assert back.missing_files == []
    kept = members_of(back.path)
    assert {name.removeprefix("files/"): kept[name] for name in kept if name.startswith("files/")} == world.files


def test_a_spoilt_file_is_replaced_and_a_sound_one_left(world, empty_place, bucket, server):
    spoilt, missing, *_rest = sorted(world.files)
    restore(world.backup)
    default_storage.delete(missing)
    client_of(server).put_object(Bucket=BUCKET, Key=spoilt, Body=b"something else")

    restore(world.backup, overwrite=True)

    assert bucket() == world.files


def test_a_missing_file_is_named_in_the_backup(world, empty_place, bucket, tmp_path):
    restore(world.backup)
    gone = min(world.files)
    default_storage.delete(gone)

    assert take_backup(tmp_path / "utan.zip").missing_files == [gone]


def test_nothing_is_restored_when_the_storage_is_away(world, standing_place):
    before = content()[0]

    with (
        kept_at("s3+http://x:Y@127.0.0.1:9/hink"),
        pytest.raises(Refused, match="^attachments/.* går inte att läsa"),
    ):
        restore(world.backup, overwrite=True)

    assert content()[0] == before


def test_a_server_that_is_away_is_an_error_of_the_disk():
    away = ObjectStorage(
        bucket_name="x", endpoint_url="http://127.0.0.1:9", access_key="x", secret_key="y", region_name="eu-north-1"
    )

    for attempt in (away.require_answer, lambda: away.open("x"), lambda: away.exists("x")):
        with pytest.raises(OSError, match="127.0.0.1:9"):
            attempt()
