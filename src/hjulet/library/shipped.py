"""The libraries that come with the product, read from YAML and checked before anything is done with them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hjulet.base.operations import Refused
from hjulet.library.checks import faults_of
from hjulet.library.parts import PARTS

DATA = Path(__file__).parent / "data"


class Loader(yaml.SafeLoader):
    """YAML without its guesses about days: a date stays the text that the schema checks."""


Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class Library:
    """A library as its file has it. `check` is what nobody has verified; `sections` holds the entries by part."""

    name: str
    title: str
    version: str
    source: str
    check: list[str]
    risk_matrix: dict[str, Any]
    sections: dict[str, list[dict[str, Any]]]

    def __str__(self):
        return f"{self.title} {self.version}"


def names() -> list[str]:
    return sorted(file.stem for file in DATA.glob("*.yaml"))


@cache
def shipped(name: str) -> Library:
    """Raises `Refused` for a name that no library has, naming those there are."""
    if name not in names():
        raise Refused(
            _("Startbiblioteket ”%(name)s” finns inte. Välj bland: %(names)s.")
            % {"name": name, "names": ", ".join(names())}
        )
    return read(f"{name}.yaml", (DATA / f"{name}.yaml").read_text(encoding="utf-8"))


def read(file: str, text: str) -> Library:
    """The library in the text; a `ValidationError` names every place that is wrong at once."""
    try:
        content = yaml.load(text, Loader)  # noqa: S506 - a SafeLoader that guesses less
    except yaml.YAMLError as error:
        raise ValidationError(
            _("%(file)s går inte att läsa som YAML: %(error)s") % {"file": file, "error": error}
        ) from error
    if faults := faults_of(content):
        raise ValidationError([f"{file}, {fault}" for fault in faults])
    sections = {part.name: content.pop(part.name) for part in PARTS}
    return Library(**content, sections=sections)
