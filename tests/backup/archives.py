"""Backups that somebody has been at: honest ones say so in their manifest, the others hope that nobody looks."""

import hashlib
import json
import zipfile

MANIFEST = "manifest.json"


def rewritten(backup, path, changes=None, *, manifest=None, honest=False, sizes=None):
    """The backup with some members changed, added, or left out (None).

    `manifest` replaces some of its fields, `honest` makes sizes, checksums and row counts right again, and `sizes`
    are what the archive claims of members instead of the truth.
    """
    members = members_of(backup) | (changes or {})
    said = json.loads(members.pop(MANIFEST)) | (manifest or {})
    members = {name: content for name, content in members.items() if content is not None}
    if honest:
        said["members"] = {name: measured(content) for name, content in members.items()}
        for name in changes or {}:
            if name.startswith("tables/"):
                said["tables"][name[7:-6]]["rows"] = members[name].count(b"\n")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        for name, size in (sizes or {}).items():
            archive.getinfo(name).file_size = size
            said["members"][name]["size"] = size
        archive.writestr(MANIFEST, json.dumps(said))
    return path


def members_of(backup):
    with zipfile.ZipFile(backup) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def measured(content):
    return {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
