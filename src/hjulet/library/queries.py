from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from hjulet.collaboration.models import RegisterVersion
from hjulet.library import rules
from hjulet.library.models import Installation, InstalledRow
from hjulet.library.parts import PARTS, Part
from hjulet.library.shipped import Library, names, shipped
from hjulet.library.states import COLORS, Standing
from hjulet.organisation.models import Person
from hjulet.organisation.roles.roles import ROLES
from hjulet.planning.risk_matrix.queries import matrix_in_force
from hjulet.planning.risk_matrix.rules import may_read as may_read_matrix
from hjulet.rulebook.laws.states import Certainty

MATRIX = "risk_matrix"
TEXTS = ("explanation", "description", "definition", "text", "body", "demand", "note")


@dataclass(frozen=True)
class Entry:
    """A row of the library beside the municipality's: `url` leads to the latter, `check` is what nobody has verified."""

    title: str
    text: str
    check: str
    standing: Standing
    url: str

    @property
    def color(self) -> str:
        return COLORS[self.standing]


@dataclass(frozen=True)
class Section:
    """A part of the library: `url` leads to the register that it fills."""

    name: str
    title: str
    url: str
    entries: list[Entry]

    @property
    def tally(self) -> list[tuple[Standing, int, str]]:
        counts = Counter(entry.standing for entry in self.entries)
        return [(standing, counts[standing], COLORS[standing]) for standing in Standing if counts[standing]]

    @property
    def unverified(self) -> int:
        return sum(bool(entry.check) for entry in self.entries)


@dataclass(frozen=True)
class LibraryPage:
    """A library as the municipality meets it. `has_news` when an installation would change something."""

    library: Library
    installed: Installation | None
    sections: list[Section]
    may_install: bool
    has_news: bool


def installed_rows(library: Library) -> dict[tuple[str, str], InstalledRow]:
    """What the library has written, by part and key."""
    return {(row.part, row.key): row for row in InstalledRow.objects.filter(library=library.name)}


def latest_versions() -> dict[tuple[str, int], int]:
    """The latest version of every row of every register, by register and row."""
    versions = RegisterVersion.objects.order_by().values_list("register", "row_id").annotate(latest=Max("number"))
    return {(register, row_id): latest for register, row_id, latest in versions}


def standing_of(entry: dict[str, Any], installed: InstalledRow | None, latest: int) -> Standing:
    """`latest` is the row's version now: a later one than the library made is the municipality's own."""
    if installed is None:
        return Standing.NEW
    if latest > installed.number:
        return Standing.KEPT
    return Standing.UNCHANGED if entry == installed.entry else Standing.CHANGED


def library_pages(person: Person) -> list[LibraryPage]:
    return [library_page(person, shipped(name)) for name in names()]


def library_page(person: Person, library: Library) -> LibraryPage:
    """Reads the same few rows however much the library holds."""
    installed, latest = installed_rows(library), latest_versions()
    registers = [section_of(part, library, installed, latest) for part in PARTS]
    return LibraryPage(
        library=library,
        installed=Installation.objects.filter(library=library.name).select_related("by").first(),
        sections=[*registers, matrix_section(person, library, installed.get((MATRIX, MATRIX)))],
        may_install=rules.may_install(person),
        has_news=any(
            entry.standing in (Standing.NEW, Standing.CHANGED) for section in registers for entry in section.entries
        ),
    )


def section_page(person: Person, name: str, part: str) -> Section | None:
    """One part with all its entries; None for a library or a part that does not exist."""
    if name not in names():
        return None
    sections = {section.name: section for section in library_page(person, shipped(name)).sections}
    return sections.get(part)


def section_of(part: Part, library: Library, installed: dict, latest: dict) -> Section:
    entries = []
    for entry in library.sections[part.name]:
        row = installed.get((part.name, entry[part.key]))
        number = latest.get((part.register.key, row.row_id), 0) if row else 0
        url = part.register.address_of(row.row_id) if row else ""
        entries.append(entry_of(entry, title_of(entry), standing_of(entry, row, number), url))
    return Section(part.name, str(part.register.title), part.register.address, entries)


def matrix_section(person: Person, library: Library, installed: InstalledRow | None) -> Section:
    """The matrix is one row. Another in force than the one the library made is the municipality's own.

    It is linked for those who may read it.
    """
    in_force = matrix_in_force()
    is_own = installed is not None and (in_force is None or in_force.pk != installed.row_id)
    standing = Standing.KEPT if is_own else standing_of(library.risk_matrix, installed, 0)
    may_read = may_read_matrix(person)
    url = in_force.get_absolute_url() if in_force and may_read else ""
    entry = entry_of(library.risk_matrix, _("Riskmatris 4 × 4"), standing, url)
    return Section(MATRIX, _("Riskmatris"), reverse("risk_matrix:list") if may_read else "", [entry])


def entry_of(entry: dict[str, Any], title: str, standing: Standing, url: str) -> Entry:
    text = next((entry[name] for name in TEXTS if name in entry), ", ".join(entry.get("synonyms", [])))
    check = (
        entry.get("check") or entry.get("question") or (str(Certainty.UNVERIFIED.label) if is_unverified(entry) else "")
    )
    return Entry(title=title, text=text, check=check, standing=standing, url=url)


def is_unverified(entry: dict[str, Any]) -> bool:
    return entry.get("certainty") == Certainty.UNVERIFIED


def title_of(entry: dict[str, Any]) -> str:
    if "role" in entry:
        return str(ROLES[entry["role"]].name)
    return entry.get("name") or entry.get("title") or f"{entry['reference']} {entry['heading']}"
