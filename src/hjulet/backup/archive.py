"""The one file of a backup: a zip with the tables, the files, and a manifest that says what each must be."""

import hashlib
import io
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from hjulet.backup.sealing import Opener, Sealer, is_sealed
from hjulet.base.disks import reason_of
from hjulet.base.operations import Refused

FORMAT = 1
MANIFEST = "manifest.json"
PART = ".part"
MAX_MANIFEST = 256 * 1024 * 1024
PIECE = 1024 * 1024


@dataclass(frozen=True)
class Member:
    size: int
    sha256: str


@dataclass
class Manifest:
    """What the backup is and holds. `tables` has for each table its columns, and how many rows there are."""

    version: str
    created: str
    database: str
    migrations: dict[str, str]
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    last_ids: dict[str, int] = field(default_factory=dict)
    missing_files: list[str] = field(default_factory=list)
    members: dict[str, Member] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def row_count(self) -> int:
        return sum(table["rows"] for table in self.tables.values())

    @property
    def file_names(self) -> list[str]:
        return [name.removeprefix("files/") for name in self.members if name.startswith("files/")]


# Writing


class Writer:
    """Adds members to a zip and notes size and checksum of each. `file` need not be seekable."""

    def __init__(self, file: BinaryIO):
        self.zip = zipfile.ZipFile(file, "w")
        self.members: dict[str, Member] = {}

    @contextmanager
    def member(self, name: str) -> Iterator["Measured"]:
        entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
        with self.zip.open(entry, "w", force_zip64=True) as file:
            measured = Measured(file)
            yield measured
        self.members[name] = Member(measured.size, measured.sha256.hexdigest())

    def add(self, name: str, content: bytes) -> None:
        with self.member(name) as file:
            file.write(content)

    def copy(self, name: str, source: Any) -> None:
        with self.member(name) as file:
            while piece := source.read(PIECE):
                file.write(piece)

    def finish(self, manifest: Manifest) -> None:
        manifest.members = dict(self.members)
        self.add(MANIFEST, as_text(asdict(manifest)))
        self.zip.close()


@contextmanager
def writing(file: BinaryIO) -> Iterator[Writer]:
    """A writer whose zip is let go of when something goes wrong, while its file is still open."""
    writer = Writer(file)
    try:
        yield writer
    except BaseException:
        with suppress(OSError, ValueError):
            writer.zip.close()
        raise


class Measured:
    """Counts and sums what passes through."""

    def __init__(self, file: Any):
        self.file, self.size, self.sha256 = file, 0, hashlib.sha256()

    def write(self, data: bytes) -> None:
        self.file.write(data)
        self.size += len(data)
        self.sha256.update(data)


def as_text(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


@contextmanager
def whole_file(path: Path, *, passphrase: str = "") -> Iterator[BinaryIO]:
    """A new file that is there when all of it is, and else not at all; only its owner reads it.

    Sealed when there is a passphrase. Raises `Refused` when the disk is full or the place cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", suffix=PART, delete=False) as file:
            try:
                target = Sealer(file, passphrase) if passphrase else file
                yield target
                if isinstance(target, Sealer):
                    target.finish()
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        said = {"path": path, "why": reason_of(error)}
        raise Refused(_("Det gick inte att skriva %(path)s: %(why)s. Inget är sparat.") % said) from error


# Reading


@dataclass(frozen=True)
class Reader:
    """An opened backup, judged on the outside: the manifest is read, names and sizes are what it says."""

    zip: zipfile.ZipFile
    manifest: Manifest

    @contextmanager
    def member(self, name: str) -> Iterator[Any]:
        try:
            with self.zip.open(name) as file:
                yield file
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
            raise damaged(name) from error

    def require_whole(self) -> None:
        """Read every member from end to end. Raises `Refused` naming the first that is not as it was written."""
        for name, said in self.manifest.members.items():
            measured = Measured(io.BytesIO())
            with self.member(name) as file:
                while piece := file.read(PIECE):
                    measured.size += len(piece)
                    measured.sha256.update(piece)
            if (measured.size, measured.sha256.hexdigest()) != (said.size, said.sha256):
                raise damaged(name)

    @property
    def size(self) -> int:
        """Bytes when all of it is unpacked."""
        return sum(member.size for member in self.manifest.members.values())


def damaged(name: str) -> Refused:
    return Refused(_("Säkerhetskopian är skadad eller ändrad: %(name)s stämmer inte. Ta en annan.") % {"name": name})


@contextmanager
def opened(path: Path, *, passphrase: str = "") -> Iterator[Reader]:
    """Open a backup. Raises `Refused` for what is no backup, is damaged, or needs another passphrase."""
    try:
        file = path.open("rb")
    except OSError as error:
        said = {"path": path, "why": reason_of(error)}
        raise Refused(_("%(path)s går inte att läsa: %(why)s.") % said) from error
    with file:
        source = io.BufferedReader(Opener(file, passphrase)) if is_sealed(file) else file
        try:
            archive = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, ValueError) as error:
            raise Refused(_("%(path)s är ingen hel säkerhetskopia från Kvalitetshjulet.") % {"path": path}) from error
        with archive:
            manifest = manifest_of(archive)
            require_listed(archive, manifest)
            yield Reader(archive, manifest)


def needs_passphrase(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return is_sealed(file)
    except OSError:
        return False


def manifest_of(archive: zipfile.ZipFile) -> Manifest:
    """The manifest, with every part of the kind it must be."""
    try:
        if archive.getinfo(MANIFEST).file_size > MAX_MANIFEST:
            raise damaged(MANIFEST)
        said = json.loads(archive.read(MANIFEST))
        if said["format"] > FORMAT:
            raise newer(str(said["version"]))
        said["members"] = {name: Member(**member) for name, member in said["members"].items()}
        return Manifest(**said)
    except (KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise damaged(MANIFEST) from error


def newer(version: str) -> Refused:
    return Refused(
        _(
            "Säkerhetskopian är gjord med en nyare version av Kvalitetshjulet (%(version)s). "
            "Installera den versionen eller en senare och försök igen."
        )
        % {"version": version}
    )


def require_listed(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Exactly the members of the manifest, of the sizes it says, under names that stay inside their folder."""
    there = {entry.filename: entry.file_size for entry in archive.infolist()}
    if len(there) != len(archive.infolist()):
        raise damaged(_("en fil som finns två gånger"))
    there.pop(MANIFEST)
    said = {name: member.size for name, member in manifest.members.items()}
    tables = {f"tables/{name}.jsonl" for name in manifest.tables}
    for name in sorted(there.keys() | said.keys() | tables):
        is_as_said = name in there and there[name] == said.get(name)
        if not is_as_said or not (name in tables or is_inside_files(name)):
            raise damaged(name)


def is_inside_files(name: str) -> bool:
    """Whether the name means a file below `files/`, read on any system."""
    parts = PurePosixPath(name).parts
    return (
        len(parts) > 1
        and parts[0] in {"files", "settings"}
        and "/".join(parts) == name
        and ".." not in parts
        and not any(sign in name for sign in "\\:\0")
    )
