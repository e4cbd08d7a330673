"""The pages of docs/reference that are read out of the code: states, roles, notices, commands, settings. `--check` only compares."""

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import django
from django.apps import apps
from django.core.management import load_command_class

import hjulet
from hjulet.base.workflow import Workflow
from hjulet.collaboration.notices.kinds import KINDS
from hjulet.config import command_line
from hjulet.config.environment import GROUPS, Setting
from hjulet.organisation.roles.roles import ROLES, Role

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"
MADE = "<!-- Skriven av tools/make_docs.py. Ändra i koden och kör make fix. -->\n\n"


def pages() -> dict[str, str]:
    """File name and text of every page."""
    made = {
        "states.md": states_page(),
        "roles.md": roles_page(),
        "commands.md": commands_page(),
        "notices.md": notices_page(),
        "settings.md": settings_page(),
    }
    return {name: MADE + text for name, text in made.items()}


def stale() -> list[str]:
    """The pages that do not say what the code says."""
    return [name for name, text in pages().items() if text_of(REFERENCE / name) != text]


def text_of(file: Path) -> str:
    return file.read_text() if file.exists() else ""


# States


def states_page() -> str:
    intro = "# Lägen\n\nVad som kan ha ett läge, och vilka steg som leder från ett läge till ett annat.\n"
    return "\n".join([intro, *(workflow_text(workflow) for workflow in workflows())])


def workflows() -> Iterator[Workflow]:
    for module in pkgutil.walk_packages(hjulet.__path__, "hjulet."):
        if module.name.endswith(".states"):
            found = vars(importlib.import_module(module.name)).values()
            yield from (value for value in found if isinstance(value, Workflow))


def workflow_text(workflow: Workflow) -> str:
    label = {str(state): state.label for state in workflow.states}
    moves = [(source, move) for move in workflow.moves for source in workflow.states.values if source in move.sources]
    return "\n".join(
        [
            f"## {title_of(workflow)}\n\n```mermaid\nstateDiagram-v2",
            *(f'    state "{text}" as {state}' for state, text in label.items()),
            f"    [*] --> {workflow.initial}",
            *(f"    {source} --> {move.target}: {move.label}" for source, move in moves),
            "```\n\n| Från | Steg | Till | Orsak |\n| --- | --- | --- | --- |",
            *(
                f"| {label[source]} | {move.label} | {label[move.target]} | {'krävs' if move.needs_reason else ''} |"
                for source, move in moves
            ),
            "",
        ]
    )


def title_of(workflow: Workflow) -> str:
    """What has these states, in the words of its model."""
    for model in apps.get_models():
        for field in model._meta.fields:
            if field.name == "state" and list(field.choices or ()) == list(workflow.states.choices):
                name = str(model._meta.verbose_name)
                return name[0].upper() + name[1:]
    raise LookupError(f"no model has the states of {workflow.states.__name__}")


# Roles


def roles_page() -> str:
    intro = "# Roller\n\nEn person har en roll i en enhet, från en dag till en annan. Rättigheterna står i koden.\n"
    return "\n".join([intro, *(role_text(role) for role in ROLES.values())])


def role_text(role: Role) -> str:
    answers_for = ", ".join(str(responsibility.label).lower() for responsibility in role.responsibilities)
    return "\n".join(
        [
            f"## {role.name} (`{role.key}`)\n\n{role.description}\n",
            f"* Svarar för att: {answers_for}",
            *rights_text("Får i sin enhet och under den", role.unit),
            *rights_text("Får i hela nämnden", role.committee),
            "",
        ]
    )


def rights_text(heading: str, rights: frozenset[str]) -> list[str]:
    return [f"* {heading}: {', '.join(f'`{right}`' for right in sorted(rights))}"] if rights else []


# Notices


def notices_page() -> str:
    intro = (
        "# Notiser\n\nVad hjulet berättar av sig självt, och för vem. Notiserna finns alltid på sidan Notiser; var och en "
        "väljer på Mitt konto vilka som också kommer som mejl, genast eller samlade på måndagar. Mejlet säger vad det "
        "är för slags sak och i vilken enhet, aldrig vad den handlar om. Den som inte får se en sak får ingen notis om "
        "den.\n\n| Notis | När | Mejl kan stängas av |\n| --- | --- | --- |\n"
    )
    rows = [f"| {kind.name} | {kind.description} | {'ja' if kind.may_be_off else 'nej'} |" for kind in KINDS.values()]
    return intro + "\n".join(rows) + "\n"


# Commands


def commands_page() -> str:
    intro = "# Kommandon\n\nAllt som `hjulet` kan göra. Samma text ges av `hjulet KOMMANDO --help`.\n"
    known = command_line.commands()
    return "\n".join([intro, *(command_text(name, app) for name, app in known.items())])


def command_text(name: str, app: str) -> str:
    command = load_command_class(app, command_line.module_of(name))
    return f"## hjulet {name}\n\n{command.help}\n" + parser_text(command.create_parser("hjulet", name))


def parser_text(parser: argparse.ArgumentParser) -> str:
    """A table of the arguments, and the same for each command below this one."""
    arguments = [action for action in parser._actions if shown(action)]
    rows = [f"| `{written(action)}` | {action.help % vars(action)} |" for action in arguments]
    table = "\n".join(["", "| Argument | Betydelse |", "| --- | --- |", *rows, ""]) if rows else ""
    return table + "".join(
        f"\n### {below.prog}\n\n{below.description or ''}\n" + parser_text(below) for below in parsers_below(parser)
    )


def shown(action: argparse.Action) -> bool:
    return action.help not in (None, argparse.SUPPRESS) and not isinstance(
        action, argparse._HelpAction | argparse._SubParsersAction
    )


def written(action: argparse.Action) -> str:
    value = action.metavar or (action.dest.upper() if action.nargs != 0 else "")
    return f"{', '.join(action.option_strings)} {value}".strip().replace("|", "\\|")


def parsers_below(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.values()


# Settings


def settings_page() -> str:
    intro = (
        "# Inställningar\n\nAllt som kan ställas in, som miljövariabler. Ja och nej kan skrivas ja och nej. Varje start "
        "kontrollerar dem: fel sägs med vad som är tillåtet, och ett namn som inte finns med det närmaste. `hjulet check` "
        "går igenom hela installationen.\n\nInställningar märkta *hemlig* hör hemma i en fil som bara root får läsa. "
        "Tecken som `/`, `@`, `:` och `%` i ett lösenord som står i en adress skrivs som `%2F`, `%40`, `%3A` och `%25`.\n"
    )
    return "\n".join([intro, *(settings_text(heading, settings) for heading, settings in GROUPS.items())])


def settings_text(heading: str, settings: Iterable[Setting]) -> str:
    rows = [
        f"| `{setting.name}` | {setting.what}{' *Hemlig.*' if setting.is_secret else ''} | "
        f"{f'`{setting.default}`' if setting.default else setting.worked_out} | `{setting.example}` |"
        for setting in settings
    ]
    return f"## {heading}\n\n| Inställning | Vad den gör | Standard | Exempel |\n| --- | --- | --- | --- |\n" + (
        "\n".join(rows) + "\n"
    )


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hjulet.config.settings")
    os.environ.setdefault("HJULET_SECRET_KEY", "signs nothing")
    django.setup()
    if "--check" in sys.argv:
        if names := stale():
            sys.exit(f"Inte färska i docs/reference: {', '.join(names)}. Kör make fix.")
        return
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text)


if __name__ == "__main__":
    main()
