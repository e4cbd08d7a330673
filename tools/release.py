"""Make what is given out: wheel, source archive and bill of materials, in `dist`. The same commit gives the same bytes.

Built from what is committed, not from what happens to lie in the folder.
"""

import gzip
import io
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from tools import sbom
from tools.packages import CHECKOUT

BUILD = "from setuptools import build_meta; build_meta.build_{kind}({folder!r})"


def main() -> None:
    folder = CHECKOUT / "dist"
    for path in make(folder):
        print(path.relative_to(CHECKOUT))


def make(folder: Path) -> list[Path]:
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="hjulet-release-") as place:
        made_at = unpack_commit(Path(place))
        for kind in ("wheel", "sdist"):
            command = [sys.executable, "-W", "ignore", "-c", BUILD.format(kind=kind, folder=str(folder))]
            surroundings = os.environ | {"SOURCE_DATE_EPOCH": str(made_at)}
            subprocess.run(command, cwd=place, env=surroundings, check=True, stdout=subprocess.DEVNULL)
    for archive in folder.glob("*.tar.gz"):
        archive.write_bytes(same_each_time(archive.read_bytes(), made_at))
    sbom.write(folder)
    return sorted(folder.iterdir())


def unpack_commit(place: Path) -> int:
    """Lay out the last commit; returns its time."""
    git = ["git", "-C", str(CHECKOUT)]
    packed = subprocess.run([*git, "archive", "HEAD"], capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(place, filter="data")
    told = subprocess.run([*git, "log", "-1", "--format=%ct"], capture_output=True, text=True, check=True)
    return int(told.stdout)


def same_each_time(packed: bytes, made_at: int) -> bytes:
    """The archive with one time and no owner: setuptools writes those of the machine."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(packed)) as source, tarfile.open(fileobj=plain, mode="w") as target:
        for entry in sorted(source.getmembers(), key=lambda entry: entry.name):
            entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname, entry.pax_headers = made_at, 0, 0, "", "", {}
            target.addfile(entry, source.extractfile(entry) if entry.isfile() else None)
    return gzip.compress(plain.getvalue(), mtime=made_at)


if __name__ == "__main__":
    main()
