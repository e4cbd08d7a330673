"""The files of a folder, or of a zip archive, by the path that the index calls them. Nothing outside it is reached."""

import stat
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_FILES: Final = 5_000
MOST_TOGETHER: Final = 1024 * 1024 * 1024

# A file is read when its row is taken, and only then.
Files = dict[str, Callable[[], bytes]]


def files_in_zip(content: bytes) -> Files:
    """Raises `ValidationError` for what leads out of the archive, is locked, or is no file."""
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except zipfile.BadZipFile as error:
        raise ValidationError(_("Filen är ingen zip-fil, eller är skadad.")) from error
    parts = [part for part in archive.infolist() if not part.is_dir()]
    if len(parts) > MOST_FILES or sum(part.file_size for part in parts) > MOST_TOGETHER:
        raise ValidationError(_("Filen blir orimligt stor när den packas upp. Dela upp den."))
    faults = [fault for part in parts if (fault := fault_of(part))]
    if faults:
        raise ValidationError(faults)
    return without_their_folder({part.filename: lambda part=part: read_part(archive, part) for part in parts})


def fault_of(part: zipfile.ZipInfo) -> str | None:
    path = PurePosixPath(part.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in part.filename or "\\" in part.filename:
        return _("”%(name)s” leder ut ur mappen.") % {"name": part.filename}
    if part.flag_bits & 1:
        return _("”%(name)s” är låst med lösenord.") % {"name": part.filename}
    if stat.S_ISLNK(part.external_attr >> 16):
        return _("”%(name)s” är en länk och inte en fil.") % {"name": part.filename}
    return None


def read_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """No more than a file may be, whatever the archive says of its size."""
    with archive.open(part) as file:
        return file.read(settings.MAX_ATTACHMENT_BYTES + 1)


def without_their_folder(files: Files) -> Files:
    """A folder that was packed whole comes with its own name before each path."""
    tops = {path.partition("/")[0] for path in files if "/" in path}
    if len(tops) == 1 and all("/" in path for path in files):
        return {path.partition("/")[2]: read for path, read in files.items()}
    return files


def files_in_folder(folder: Path) -> Files:
    """What lies in it and below; links are passed by."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    inside = folder.resolve()
    return {
        path.relative_to(folder).as_posix(): path.read_bytes for path in found if path.resolve().is_relative_to(inside)
    }
