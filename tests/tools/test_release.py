import gzip
import io
import json
import tarfile

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tools import release, sbom
from tools.packages import locked


def test_the_bill_of_materials_is_one_by_its_schema():
    text = json.dumps(sbom.bill(locked()))

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_the_bill_names_every_locked_package_with_licence_and_checksums():
    bill = sbom.bill(locked())

    assert [(each["name"], each["version"]) for each in bill["components"]] == [
        (package.name, package.version) for package in locked()
    ]
    assert all(each["licenses"] and each["properties"] for each in bill["components"])
    assert bill["metadata"]["component"]["licenses"] == [{"license": {"id": "EUPL-1.2"}}]


def test_the_same_lock_gives_the_same_bill_and_another_lock_another():
    packages = locked()

    assert sbom.bill(packages) == sbom.bill(packages)
    assert sbom.bill(packages)["serialNumber"] != sbom.bill(packages[1:])["serialNumber"]


def archive_of(mtime, owner):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name in ("b", "a") if owner else ("a", "b"):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime, entry.uname, entry.uid = 1, mtime, owner, len(owner)
            archive.addfile(entry, io.BytesIO(b"x"))
    return packed.getvalue()


def test_a_source_archive_tells_nothing_of_where_and_when_it_was_made():
    here, there = archive_of(1, "karin"), archive_of(2, "")

    assert release.same_each_time(here, 10) == release.same_each_time(there, 10)
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(release.same_each_time(here, 10)))) as archive:
        assert [(entry.name, entry.mtime, entry.uname) for entry in archive] == [("a", 10, ""), ("b", 10, "")]


def test_a_release_made_twice_is_the_same_byte_for_byte(tmp_path):
    first, second = (release.make(tmp_path / name) for name in ("first", "second"))

    assert [path.name for path in first] == [
        "hjulet-0.1.0-py3-none-any.whl",
        "hjulet-0.1.0.tar.gz",
        "hjulet-sbom.cdx.json",
    ]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
