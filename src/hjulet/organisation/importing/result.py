from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

from hjulet.base.intake.sheets import FileSheet
from hjulet.organisation.people.models import Person


class Ended(StrEnum):
    """What of that which is not in the file is ended."""

    UNITS = "enheter"
    PEOPLE = "personer"
    ROLES = "roller"


@dataclass
class ImportResult:
    """What the import did, or would do, a line for each thing. What is `kept` could not be ended, and the line says why."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    ended: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    passwords: list[tuple[Person, str]] = field(default_factory=list)
    is_check: bool = False
    has_moved: bool = False

    @property
    def changes_nothing(self) -> bool:
        return not (self.new or self.changed or self.ended)

    @property
    def seal(self) -> str:
        """The same as long as the file would do the same."""
        told = (self.new, self.changed, self.ended, self.kept, self.missing)
        return sha256(repr(told).encode()).hexdigest()


def change_in_words(sheet: FileSheet, name: str, old: Any, new: Any) -> str:
    """As in "Namn: Norr → Nordan"."""
    return f"{sheet.heading(name)}: {old or '–'} → {new or '–'}"
