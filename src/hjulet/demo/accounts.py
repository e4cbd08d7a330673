"""Who can log in to the demo: printed when it has been built, and used when it is."""

from typing import Any, NamedTuple

from hjulet.demo.data import read
from hjulet.demo.days import Calendar
from hjulet.organisation.roles.roles import ROLES

PASSWORD = "Lindvalla-demo-2026"  # noqa: S105 - no secret: told to everyone who tries the demo


class Account(NamedTuple):
    """A row of the table; `purpose` is what the person does or sees."""

    name: str
    role: str
    email: str
    purpose: str


def accounts(calendar: Calendar) -> list[Account]:
    people = read("organisation", calendar)["people"]
    return [Account(told["name"], role_of(told), email_of(told["key"]), told["purpose"]) for told in people]


def email_of(key: str) -> str:
    """Short, to be typed by hand: the first name, which no two people of the story share."""
    return f"{key}@lindvalla.example"


def role_of(told: dict[str, Any]) -> str:
    return str(ROLES[told["roles"][0][0]].name) if told["roles"] else "ingen"
