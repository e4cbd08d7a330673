"""Everything that can be judged without running the product: style, layers, types, migrations, texts, docs, packages."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAMS = Path(sys.executable).parent

# What a check wants read though nothing is wrong.
NOTE = "Obs:"

CHECKS = {
    "ruff": "ruff check --quiet --output-format=concise",
    "ruff format": "ruff format --check --quiet --output-format=concise",
    "import-linter": "lint-imports --no-logo",
    "mypy": "mypy",
    "source": "pytest -q -n 0 --ds=tests.settings tests/architecture/test_source.py",
    "migrations": "django-admin makemigrations --check --dry-run",
    "docs": "python -m tools.make_docs --check",
    "messages": "python -m tools.messages --check",
    "packages": "python -m tools.packages",
    "secrets": "python -m tools.secret_scan",
    "known faults": "python -m tools.audit",
}


def main() -> int:
    """Run all of them, so that one run tells everything; returns the exit status."""
    failed = [name for name, command in CHECKS.items() if not passes(name, *command.split())]
    print(f"Fel i: {', '.join(failed)}" if failed else "Alla kontroller gick igenom.")
    return int(bool(failed))


def passes(name: str, program: str, *arguments: str) -> bool:
    with tempfile.TemporaryDirectory(prefix="hjulet-check-") as data:
        settings = {"DJANGO_SETTINGS_MODULE": "hjulet.config.settings", "HJULET_DATA": data}
        command = [PROGRAMS / program, *arguments]
        done = subprocess.run(command, env=os.environ | settings, capture_output=True, text=True, check=False)
    print(f"{'ok ' if done.returncode == 0 else 'FEL'} {name}", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    elif notes := [line for line in done.stdout.splitlines() if line.startswith(NOTE)]:
        print("\n".join(notes), flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
