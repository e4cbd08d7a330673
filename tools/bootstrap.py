"""Make `.venv` in the checkout and install what is locked: `python3 tools/bootstrap.py [--extra | --dev]`.

Plain Python only, for it runs before anything is installed. A second run sees that nothing has changed and is done.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed-lock"
OLDEST = (3, 11)
LOCKS = (
    "requirements.lock.txt",
    "requirements-extra.lock.txt",
    "requirements-dev.lock.txt",
)  # each holds the one before


def main(arguments):
    require_python()
    smallest = 2 if "--dev" in arguments else 1 if "--extra" in arguments else 0
    enough = [CHECKOUT / name for name in LOCKS[smallest:]]
    if STAMP.exists() and STAMP.read_text() in map(mark_of, enough):
        return
    lock = enough[0]
    make_venv()
    print(f"Installerar enligt {lock.name}, det tar ungefär en halv minut …", flush=True)
    # The lock names everything; left to resolve, pip would look past it for what a package asks for with an extra.
    pip("--require-hashes", "--no-deps", "-r", str(lock))
    pip("--no-build-isolation", "--no-deps", "--no-index", "--editable", str(CHECKOUT))
    STAMP.write_text(mark_of(lock))


def require_python():
    if sys.version_info < OLDEST:
        stop(
            f"Python 3.11 eller nyare behövs, det här är {sys.version.split()[0]}. Python 3.11 or newer is needed.",
            "make PYTHON=python3.13 demo",
        )


def make_venv():
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    ):
        return
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True, check=False)
    if made.returncode:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        stop(
            f"Pythons modul venv eller pip saknas. Python's venv module or pip is missing.\n{made.stdout}{made.stderr}",
            f"sudo apt-get install python{version}-venv",
        )


def pip(*arguments):
    command = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet", *arguments]
    if subprocess.run(command, env=environment(), check=False).returncode:
        sys.exit("\nInstallationen gick inte igenom; felet står ovanför. The installation failed; the fault is above.")


def environment():
    """Nobody else's Python path may leak into the installation."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}


def mark_of(lock):
    """What is installed is told by the lock, by this project's own build file and by where the checkout lies."""
    said = lock.read_bytes() + (CHECKOUT / "pyproject.toml").read_bytes() + str(CHECKOUT).encode()
    return hashlib.sha256(said).hexdigest()


def stop(what, command):
    sys.exit(f"\n{what}\nKör · Run:\n\n    {command}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
