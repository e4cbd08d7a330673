"""Looks for secrets in the files of the project: keys, tokens and passwords that open something.

A few patterns of our own: what they find is worth a stop, and a line that is none says so with ”no secret”.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
NONE = "no secret"
PATTERNS = {
    "privat nyckel": r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*\n",
    "nyckel till moln": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{35}\b",
    "token": r"\b(?:gh[pousr]_[0-9A-Za-z]{36}|github_pat_\w{60,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,}|pypi-[\w-]{50,})",
    "JSON Web Token": r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}",
    "lösenord i adress": r"\b(?:postgres(?:ql)?|mysql|smtps?|submission|https?|redis|ldaps?)://[^\s:/@'\"{}<]+:(?!losenord@|[A-ZÅÄÖ-]+@)[^\s/@'\"{}<]+@",
    "lösenord i klartext": r"(?i)\b(?:api_?key|secret|token|passwd|password)\w*\s*[:=]\s*[\"'](?=[^\"' ]*\d)(?=[^\"' ]*[a-z])[^\"' ]{16,}[\"']",
}


def secrets_in(text: str) -> Iterator[tuple[int, str]]:
    """The line and the kind of each secret."""
    for kind, pattern in PATTERNS.items():
        for found in re.finditer(pattern, text):
            start = text.rfind("\n", 0, found.start()) + 1
            end = text.find("\n", found.end())
            if NONE not in text[start : end if end >= 0 else None]:
                yield text.count("\n", 0, found.start()) + 1, kind


def files() -> list[Path]:
    """What git has and what it would take in; in an unpacked release everything."""
    command = ["git", "-C", str(CHECKOUT), "ls-files", "--cached", "--others", "--exclude-standard"]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    if asked.returncode:
        return [path for path in CHECKOUT.rglob("*") if path.is_file() and ".venv" not in path.parts]
    return [CHECKOUT / name for name in asked.stdout.splitlines() if (CHECKOUT / name).is_file()]


def main() -> None:
    faults = [
        f"{file.relative_to(CHECKOUT)}:{line} {kind}"
        for file in files()
        for line, kind in secrets_in(file.read_bytes().decode(errors="ignore"))
    ]
    if faults:
        sys.exit("Hemligheter i projektets filer:\n" + "\n".join(faults))


if __name__ == "__main__":
    main()
