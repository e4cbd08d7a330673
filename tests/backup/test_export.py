"""The way out holds everything but secrets, in formats that anybody reads."""

import hashlib
import json
import re

import pytest
from django.apps import apps

from hjulet.audit.models import Event
from hjulet.backup.exporting import SECRET_COLUMNS, SECRET_TABLES, export_all, real_name
from hjulet.base.operations import Refused
from hjulet.collaboration.models import Attachment
from hjulet.organisation.models import Person
from tests.backup.archives import members_of
from tests.backup.conftest import FILES
from tests.backup.places import inside, migrate

# Columns whose name sounds like a secret and that are none: what they are.
NO_SECRETS = {
    "organisation_person.must_change_password": "whether, not which",
    "audit_chain.last_hash": "checksum",
    "audit_event.hash": "checksum",
    "audit_event.previous_hash": "checksum",
    "audit_reading.hash": "checksum",
    "audit_reading.previous_hash": "checksum",
    "audit_readchain.last_hash": "checksum",
    "actions_action.is_secret": "whether it is marked",
    "planning_risk.is_secret": "whether it is marked",
}
SECRET_SOUND = re.compile(r"password|secret|token|hash|private|session|(^|_)(pin|otp|key_data|feed_key)")


@pytest.fixture(scope="module")
def exported(world, tmp_path_factory, django_db_blocker):
    """The members of the archive."""
    with django_db_blocker.unblock(), inside(world.place):
        return members_of(export_all(tmp_path_factory.mktemp("way-out") / "allt.zip").path)


def rows_of(exported, table):
    return [json.loads(line) for line in exported[f"tabeller/{table}.jsonl"].decode().splitlines()]


def test_every_row_of_every_table_is_there_but_for_secrets(world, exported):
    without_model = {"cache"}

    assert {name.removeprefix("tabeller/").removesuffix(".jsonl") for name in exported if name.startswith("tab")} == (
        world.rows.keys() - SECRET_TABLES - without_model - {"sqlite_sequence"}
    )
    for table, rows in world.rows.items():
        if f"tabeller/{table}.jsonl" in exported and not table.startswith("audit_"):
            assert [row["id"] for row in rows_of(exported, table)] == [row["id"] for row in rows]
    assert rows_of(exported, "audit_event")[0]["actor_name"] == world.rows["audit_event"][0]["actor_name"]


def test_values_are_plain(world, exported):
    [person] = [row for row in rows_of(exported, "organisation_person") if row["email"] == "ake@example.org"]
    [comment] = rows_of(exported, "collaboration_comment")

    assert (
        person.items()
        >= {
            "name": "Åke Öst",
            "is_active": True,
            "last_login": None,
            "created_at": "2026-03-16T09:00:00+00:00",
        }.items()
    )
    assert comment["text"] == "Så här gick det: ”bra”.\nRad två – <b>inte fet</b>."


def test_attachments_have_their_real_names(exported):
    there = {name: content for name, content in exported.items() if name.startswith("bilagor/")}

    assert {name.split("/")[2]: content for name, content in there.items()} == FILES
    assert {row["file"] for row in rows_of(exported, "collaboration_attachment")} == set(there)


def test_decided_documents_are_the_frozen_files(world, exported):
    there = {name: content for name, content in exported.items() if name.startswith("dokument/")}
    frozen = [*world.rows["planning_planfile"], *world.rows["reporting_followupfile"]]

    assert sorted(there.values()) == sorted(row["content"] for row in frozen)
    assert {row["content"] for row in rows_of(exported, "planning_planfile")} <= set(there)
    assert {name.rpartition(".")[2] for name in there} == {"html", "docx", "pdf", "xlsx"}


def test_secrets_are_left_out(world, exported):
    everything = b"".join(exported.values())
    secrets = [row["password"] for row in world.rows["organisation_person"]] + ["JBSWY3DPEHPK3PXP"]

    assert [secret for secret in secrets if secret.encode() in everything] == []
    assert {"password", "secret"}.isdisjoint(rows_of(exported, "organisation_person")[0])
    assert "lösenordens kontrollsummor, den andra faktorn" in exported["LÄS MIG.txt"].decode()


def test_a_column_that_sounds_like_a_secret_is_left_out_or_known_to_be_none():
    sounding = {
        (model._meta.db_table, field.column)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_concrete_fields
        if model._meta.db_table not in SECRET_TABLES and SECRET_SOUND.search(field.column)
    }

    assert sounding == SECRET_COLUMNS | {tuple(name.split(".")) for name in NO_SECRETS}


def test_the_manifest_explains_and_sums_everything(exported):
    manifest = json.loads(exported["manifest.json"])
    risk = manifest["tables"]["planning_risk"]

    assert manifest["files"] == {
        name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in exported.items()
        if name != "manifest.json"
    }
    assert (risk["name"], risk["rows"]) == ("risk", len(rows_of(exported, "planning_risk")))
    assert risk["columns"]["analysis_id"]["points_to"] == "planning_riskanalysis"
    assert manifest["tables"]["actions_action"]["columns"]["state"]["choices"]["closed"] == "Avslutad"
    assert manifest["missing_files"] == []


def test_the_readme_counts(exported):
    readme = exported["LÄS MIG.txt"].decode()

    assert "för Ekliden." in readme
    assert re.search(rf"^collaboration_attachment +{len(FILES)} rader$", readme, re.MULTILINE)


def test_the_log_says_that_everything_was_taken_out(begun_place, tmp_path):
    export_all(tmp_path / "allt.zip")

    event = Event.objects.get()
    assert (event.verb, event.actor_id, event.after["file"]) == (
        "installation.exported",
        Person.objects.machine().pk,
        "allt.zip",
    )


def test_attachments_that_are_gone_are_told(world, standing_place, tmp_path):
    exported = export_all(tmp_path / "allt.zip")

    assert exported.missing_files == [f"bilagor/{row.pk}/{row.name}" for row in Attachment.objects.order_by("pk")]


def test_a_file_that_exists_is_not_written_over(begun_place, tmp_path):
    (tmp_path / "allt.zip").touch()

    with pytest.raises(Refused, match="finns redan"):
        export_all(tmp_path / "allt.zip")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Rutin åäö.pdf", "Rutin åäö.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ('a\\b:c*d?e"f<g>h|i\n', "a_b_c_d_e_f_g_h_i_"),
        ("..", "fil"),
        ("", "fil"),
    ],
)
def test_a_name_means_no_folder_on_any_system(name, kept):
    assert real_name(name) == kept


def test_an_installation_without_a_municipality_has_nothing_to_take_out(empty_place, tmp_path):
    migrate()

    with pytest.raises(Refused, match=r"Databasen är tom\. Det finns inget att ta ut\."):
        export_all(tmp_path / "allt.zip")
