"""Known faults of the packages that the product runs on, asked of the package index: `python -m tools.audit`.

A fault is red. No answer is a note, never green in silence and never red: the check must also run without a network.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tools.packages import LOCK

PATIENCE = 60  # seconds
COMMAND = ["--require-hashes", "--disable-pip", "--progress-spinner=off", "--format=json", "--timeout=5"]
NOT_REACHED = "Obs: databasen över kända säkerhetsfel kunde inte nås. Inga paket är granskade."
NOT_ALL = (
    "Obs: {count} av {total} paket kunde inte granskas mot databasen över kända säkerhetsfel, till exempel {name}."
)


def main() -> int:
    sentences, status = verdict(ask())
    print("\n".join(sentences))
    return status


def ask() -> Any:
    """What pip-audit says of the lock; None when it could not say anything."""
    command = [Path(sys.executable).parent / "pip-audit", "--requirement", LOCK, *COMMAND]
    try:
        asked = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        return json.loads(asked.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return None


def verdict(answer: Any) -> tuple[list[str], int]:
    """What to say, and the exit status."""
    if answer is None:
        return [NOT_REACHED], 0
    packages = answer["dependencies"]
    faults = [
        f"{package['name']} {package['version']}: {fault['id']}, rättat i {', '.join(fault['fix_versions']) or 'ingen version'}."
        for package in packages
        for fault in package.get("vulns", [])
    ]
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    if len(skipped) == len(packages):
        return [NOT_REACHED], 0
    if skipped:
        faults.append(NOT_ALL.format(count=len(skipped), total=len(packages), name=skipped[0]))
    if not faults:
        return [f"Inga kända säkerhetsfel i {len(packages)} paket."], 0
    return faults, int(len(faults) > bool(skipped))


if __name__ == "__main__":
    sys.exit(main())
