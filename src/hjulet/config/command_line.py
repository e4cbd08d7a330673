"""The `hjulet` command: finds the commands of our apps and lists them, and leaves out Django's own."""

import os
import sys
from difflib import get_close_matches
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import find_commands, load_command_class

from hjulet.base.commands import speak_swedish
from hjulet.config.environment import SettingsError

# Read downwards: get going, put in and take out, keep in order. Commands not named here come last.
ORDER = (
    "demo",
    "init",
    "migrate",
    "serve",
    "check",
    "library",
    "import-organisation",
    "import-plan",
    "export-plan",
    "word-template",
    "clock",
    "backup",
    "restore",
    "export-all",
    "audit",
    "check-files",
    "search-index",
)
# Django has commands of these names, and calls them itself.
MODULES = {"migrate": "migrate_database", "check": "check_installation"}

HELP = """\
Kvalitetshjulet: ledningssystem för systematiskt kvalitetsarbete i kommunen.

Så här skriver du: hjulet KOMMANDO [VAL]

Kommandon
{commands}

Hjälp om ett kommando: hjulet KOMMANDO --help

Data ligger i mappen som HJULET_DATA anger, annars i .data/hjulet. Nu: {data}"""


def main(arguments: list[str] | None = None) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hjulet.config.settings")
    speak_swedish()
    try:
        django.setup()
        run(sys.argv[1:] if arguments is None else arguments)
    except (ImproperlyConfigured, SettingsError) as error:
        fail(str(error), status=1)
    except KeyboardInterrupt:
        fail("Avbrutet.", status=130)


def run(arguments: list[str]) -> None:
    name, *rest = arguments or ["--help"]
    if name in {"--help", "-h", "help"}:
        print(help_text())
    elif name in (known := commands()):
        load_command_class(known[name], module_of(name)).run_from_argv(["hjulet", name, *rest])
    else:
        close = get_close_matches(name, known, n=1)
        hint = f"Menade du ”hjulet {close[0]}”?" if close else "Alla kommandon visas av ”hjulet --help”."
        fail(f"kommandot ”{name}” finns inte. {hint}", status=2)


def fail(sentence: str, *, status: int) -> None:
    for line in sentence.splitlines():
        print(f"Fel: {line}", file=sys.stderr)
    sys.exit(status)


def commands() -> dict[str, str]:
    """The name of every command of ours, in order of use, with the app that has it."""
    found = {
        name_of(module): app.name
        for app in apps.get_app_configs()
        if app.name.startswith("hjulet.")
        for module in find_commands(str(Path(app.path, "management")))
    }
    places = {name: place for place, name in enumerate(ORDER)}
    return {name: found[name] for name in sorted(found, key=lambda name: (places.get(name, len(ORDER)), name))}


def name_of(module: str) -> str:
    named = {module: name for name, module in MODULES.items()}
    return named.get(module, module.replace("_", "-"))


def module_of(name: str) -> str:
    return MODULES.get(name, name.replace("-", "_"))


def help_text() -> str:
    known = commands()
    width = max(map(len, known)) + 2
    lines = [f"  {name:{width}}{load_command_class(app, module_of(name)).help}" for name, app in known.items()]
    return HELP.format(commands="\n".join(lines), data=settings.DATA)
