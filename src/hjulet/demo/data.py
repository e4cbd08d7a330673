"""Reads the story's data files."""

from functools import cache, partial
from importlib.resources import files
from typing import Any

import yaml

from hjulet.demo.days import Calendar


@cache
def read(name: str, calendar: Calendar) -> Any:
    """The file's content; {last} and {this} in a text become the years."""
    text = files("hjulet.demo").joinpath("data", f"{name}.yaml").read_text(encoding="utf-8")
    content = yaml.load(text, Loader=yaml.CSafeLoader)
    return filled(content, {f"{{{year}}}": str(calendar.year(year)) for year in ("last", "this")})


def filled(content: Any, years: dict[str, str]) -> Any:
    """The same content with the years put in, however deep it goes."""
    fill = partial(filled, years=years)
    if isinstance(content, dict):
        return {key: fill(value) for key, value in content.items()}
    if isinstance(content, list):
        return [fill(value) for value in content]
    if isinstance(content, str):
        for placeholder, year in years.items():
            content = content.replace(placeholder, year)
    return content
