"""A damaged, altered or hostile backup is refused by name, before anything is changed."""

import json
import zipfile
from pathlib import Path

import pytest

from hjulet.backup.archive import MANIFEST, whole_file
from hjulet.backup.restoring import examine, restore
from hjulet.base.disks import reason_of
from hjulet.base.operations import Refused
from tests.backup.archives import measured, members_of, rewritten
from tests.backup.places import content
from tests.faults.disks import room_for

PEOPLE = "tables/organisation_person.jsonl"
WORDS = "en lång lösenfras för prov"


def refused(judge, *arguments, **given):
    with pytest.raises(Refused) as error:
        judge(*arguments, **given)
    return str(error.value)


def said_of(name):
    return f"Säkerhetskopian är skadad eller ändrad: {name} stämmer inte. Ta en annan."


def test_a_backup_says_what_it_is(world):
    manifest = examine(world.backup)

    assert (manifest.format, manifest.version, manifest.created) == (1, "0.1.0", "2026-03-16T09:00:00+00:00")
    assert manifest.migrations["organisation"].startswith("00")
    assert (
        manifest.row_count
        == world.taken.rows
        == sum(len(rows) for table, rows in world.rows.items() if table in manifest.tables)
    )
    assert sorted(manifest.file_names) == sorted(world.files)
    assert manifest.missing_files == []


def test_every_member_has_its_size_and_checksum(world):
    members = members_of(world.backup)
    manifest = json.loads(members.pop(MANIFEST))

    assert manifest["members"] == {name: measured(content) for name, content in members.items()}


def test_sessions_are_left_out(world):
    assert "tables/django_session.jsonl" not in members_of(world.backup)


def first_file(world):
    return f"files/{min(world.files)}"


@pytest.mark.parametrize("spoil", [lambda text: text[:-2] + b"x\n", lambda text: text + b"[]\n", lambda _text: b""])
def test_a_table_that_is_not_as_it_was_is_named(world, tmp_path, spoil):
    other = rewritten(world.backup, tmp_path / "b.zip", {PEOPLE: spoil(members_of(world.backup)[PEOPLE])})

    assert refused(examine, other) == said_of(PEOPLE)


def test_a_file_that_is_not_as_it_was_is_named(world, tmp_path):
    name = first_file(world)
    other = rewritten(world.backup, tmp_path / "b.zip", {name: members_of(world.backup)[name][:-1] + b"?"})

    assert refused(examine, other) == said_of(name)


def test_a_member_that_is_gone_is_named(world, tmp_path):
    name = first_file(world)

    assert refused(examine, rewritten(world.backup, tmp_path / "b.zip", {name: None})) == said_of(name)


def test_a_table_that_is_gone_also_from_the_manifest_is_named(world, tmp_path):
    other = rewritten(world.backup, tmp_path / "b.zip", {"tables/planning_risk.jsonl": None})
    members = members_of(other)
    manifest = json.loads(members[MANIFEST])
    del manifest["members"]["tables/planning_risk.jsonl"]

    again = rewritten(other, tmp_path / "c.zip", manifest=manifest)

    assert refused(examine, again) == said_of("tables/planning_risk.jsonl")


def test_columns_that_the_migrations_do_not_know_are_refused(world, tmp_path):
    tables = json.loads(members_of(world.backup)[MANIFEST])["tables"]
    tables["organisation_person"]["columns"][0] = "id; DROP TABLE organisation_person"
    other = rewritten(world.backup, tmp_path / "b.zip", manifest={"tables": tables})

    assert refused(examine, other) == said_of(MANIFEST)


@pytest.mark.parametrize(
    "name",
    [
        "files/../../outside",
        "/files/outside",
        "files//outside",
        "files/./outside",
        "files",
        "files\\..\\outside",
        "files/C:outside",
        "settings/../outside",
        "elsewhere/outside",
        "outside",
    ],
)
def test_a_name_that_leads_out_of_its_folder_is_refused(world, tmp_path, name):
    """Also when the manifest stands for it."""
    other = rewritten(world.backup, tmp_path / "b.zip", {name: b"x"}, honest=True)

    assert refused(examine, other) == said_of(name)


def test_a_member_beside_the_manifest_is_refused(world, tmp_path):
    assert refused(examine, rewritten(world.backup, tmp_path / "b.zip", {"files/x": b"x"})) == said_of("files/x")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused(world, tmp_path):
    twice = tmp_path / "b.zip"
    twice.write_bytes(world.backup.read_bytes())
    with zipfile.ZipFile(twice, "a") as archive:
        archive.writestr(PEOPLE, b"")

    assert refused(examine, twice) == said_of("en fil som finns två gånger")


def test_what_unpacks_to_more_than_there_is_room_for_is_refused(world, tmp_path, empty_place):
    bomb = rewritten(world.backup, tmp_path / "b.zip", sizes={PEOPLE: 2**60})

    assert (
        refused(restore, bomb)
        == "Säkerhetskopian är 1152921504607 MB uppackad, och så mycket får inte plats på disken."
    )
    assert refused(examine, bomb) == said_of(PEOPLE)


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b"not json", b'{"format": 1, "members": {"a": {}}}'])
def test_a_manifest_that_is_none_is_refused(world, tmp_path, text):
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr(MANIFEST, text)

    assert refused(examine, tmp_path / "b.zip") == said_of(MANIFEST)


def test_a_zip_of_something_else_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("holiday.jpg", b"")

    assert refused(examine, tmp_path / "b.zip") == said_of(MANIFEST)


def test_half_a_file_is_refused(world, tmp_path):
    half = tmp_path / "half.zip"
    half.write_bytes(world.backup.read_bytes()[: world.backup.stat().st_size // 2])

    assert refused(examine, half) == f"{half} är ingen hel säkerhetskopia från Kvalitetshjulet."


def test_a_bit_that_has_fallen_over_is_found(world, tmp_path):
    data = bytearray(world.backup.read_bytes())
    with zipfile.ZipFile(world.backup) as archive:
        start = archive.getinfo(PEOPLE).header_offset + 30 + len(PEOPLE) + 40
    data[start] ^= 0xFF
    (tmp_path / "b.zip").write_bytes(data)

    assert refused(examine, tmp_path / "b.zip") == said_of(PEOPLE)


def test_a_file_that_is_not_there_is_told(tmp_path):
    assert (
        refused(examine, tmp_path / "b.zip")
        == f"{tmp_path / 'b.zip'} går inte att läsa: filen eller mappen finns inte."
    )


@pytest.mark.parametrize(
    "lines",
    [b'["not", "the", "kinds"]\n', b"no end of line"],
)
def test_rows_that_cannot_be_read_change_nothing(world, tmp_path, standing_place, lines):
    """The manifest stands for them; what was here is still here."""
    name = "tables/rulebook_qualityarea.jsonl"
    before, _files = content()
    other = rewritten(world.backup, tmp_path / "b.zip", {name: lines}, honest=True)

    assert refused(restore, other, overwrite=True) == said_of(name)

    assert content()[0] == before


def test_a_row_count_that_is_wrong_changes_nothing(world, tmp_path, standing_place):
    tables = json.loads(members_of(world.backup)[MANIFEST])["tables"]
    tables["rulebook_qualityarea"]["rows"] += 1
    before, _files = content()

    other = rewritten(world.backup, tmp_path / "b.zip", manifest={"tables": tables})

    assert refused(restore, other, overwrite=True) == said_of("tables/rulebook_qualityarea.jsonl")
    assert content()[0] == before


# Writing


def write(path, content, **given):
    with whole_file(path, **given) as file:
        file.write(content)


@pytest.mark.parametrize("passphrase", ["", WORDS])
def test_a_file_is_there_for_its_owner_only(tmp_path, passphrase):
    path = tmp_path / "new" / "b.zip"

    write(path, b"all of it", passphrase=passphrase)

    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("passphrase", ["", WORDS])
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path, passphrase):
    path = tmp_path / "b.zip"

    with room_for(100_000):
        said = refused(write, path, bytes(300_000), passphrase=passphrase)

    assert said == f"Det gick inte att skriva {path}: filen får inte bli så stor. Inget är sparat."
    assert list(tmp_path.iterdir()) == []


def test_the_disk_says_no_at_the_very_end(tmp_path):
    """`/dev/full` takes nothing."""
    with pytest.raises(OSError, match="No space left") as error, Path("/dev/full").open("wb", buffering=0) as file:
        file.write(b"x")

    assert reason_of(error.value) == "disken är full"


def test_what_was_there_stays_when_the_new_one_fails(tmp_path):
    path = tmp_path / "b.zip"
    write(path, b"the old one")

    with room_for(100_000):
        refused(write, path, bytes(300_000))

    assert path.read_bytes() == b"the old one"


def test_a_fault_of_ours_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError), whole_file(tmp_path / "b.zip"):
        raise ZeroDivisionError

    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_none_is_told(tmp_path):
    (tmp_path / "file").touch()

    assert refused(write, tmp_path / "file" / "b.zip", b"") == (
        f"Det gick inte att skriva {tmp_path / 'file' / 'b.zip'}: det finns en fil där mappen skulle ligga. Inget är sparat."
    )
