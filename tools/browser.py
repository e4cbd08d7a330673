"""The Chromium of the journeys: found where one is installed, else installed when that is possible."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = """
Testerna i webbläsare behöver Chromium, och ingen hittades. The browser tests need Chromium, and none was found.
Kör · Run:

    sudo apt-get install chromium

eller peka ut en med · or name one with CHROMIUM=/path/to/chromium
"""


def find() -> str | None:
    """Path of a Chromium: the one that CHROMIUM names, else the first of the usual names."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def require() -> str:
    """Path of a Chromium, installed first if this is a machine where we may; stops with the command otherwise."""
    if found := find():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        install()
    return find() or sys.exit(MISSING)


def install():
    print("Installerar Chromium …", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], check=False, **quiet)
