from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.operations import operation, require
from hjulet.collaboration.registers.operations import save_register_row
from hjulet.collaboration.registers.queries import latest_version
from hjulet.library import rules
from hjulet.library.models import Installation, InstalledRow
from hjulet.library.parts import PARTS, Part, part_of
from hjulet.library.queries import MATRIX, installed_rows, latest_versions, standing_of
from hjulet.library.shipped import Library, shipped
from hjulet.library.states import Standing
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.people.operations import add_person
from hjulet.organisation.roles.operations import assign_role
from hjulet.organisation.units.models import UnitKind
from hjulet.organisation.units.operations import establish_municipality, establish_unit
from hjulet.planning.models import RiskMatrix
from hjulet.planning.risk_matrix.operations import draft_matrix, put_matrix_in_force, set_up_matrix

# Older than any plan that will be brought in from earlier years.
SINCE = date(2000, 1, 1)


@dataclass(frozen=True)
class Report:
    """How many rows were new, changed by the library, already the same, or left as the municipality has made them."""

    library: Library
    counts: Mapping[Standing, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Beginning:
    """What a new installation starts with. The password is written nowhere else."""

    municipality: Unit
    committees: list[Unit]
    report: Report
    administrator: Person
    password: str


@operation
def install_library(name: str, *, by: Person) -> Report:
    """Install a library that comes with the product, by its name."""
    return install(shipped(name), by=by)


@operation
def install(library: Library, *, by: Person) -> Report:
    """Add what is new and change what the municipality has not touched; a second time changes nothing."""
    require(rules.may_install(by))
    installed, latest = installed_rows(library), latest_versions()
    counts: Counter[Standing] = Counter()
    for part in PARTS:
        for entry in library.sections[part.name]:
            before = installed.get((part.name, entry[part.key]))
            number = latest.get((part.register.key, before.row_id), 0) if before else 0
            counts[put(library, part, entry, standing_of(entry, before, number), before, by=by)] += 1
    counts[put_matrix(library, installed.get((MATRIX, MATRIX)), by=by)] += 1
    note_installation(library, counts, by=by)
    return Report(library, counts)


@operation
def initialise(*, by: Person, municipality: str, committees: Sequence[str], administrator: str) -> Beginning:
    """Everything that must be there before the first person can log in. `administrator` is an e-mail address."""
    if twice := [name for name, count in Counter(committees).items() if count > 1]:
        raise ValidationError(_("Nämnden ”%(name)s” är angiven två gånger.") % {"name": twice[0]})
    place = establish_municipality(by=by, name=municipality, valid_from=SINCE)
    kind = UnitKind.COMMITTEE
    placed = [establish_unit(by=by, kind=kind, parent=place, name=name, valid_from=SINCE) for name in committees]
    report = install_library("socialtjanst", by=by)
    person, password = add_person(by=by, name=_("Systemförvaltare"), email=administrator)
    assign_role(by=by, person=person, role="system_administrator", unit=place, valid_from=timezone.localdate())
    return Beginning(place, placed, report, person, password)


def put(
    library: Library, part: Part, entry: dict[str, Any], standing: Standing, before: InstalledRow | None, *, by: Person
) -> Standing:
    """Write one entry if it is the library's to write; returns what became of it."""
    if standing in (Standing.UNCHANGED, Standing.KEPT):
        return standing
    row = part.row_of(entry)
    if before is None and row is not None:
        remember(library, part.name, entry[part.key], entry, row, number=0)
        return Standing.KEPT
    row = save_register_row(
        row or part.register.model(**{part.key: entry[part.key]}),
        by=by,
        register=part.register,
        revision=before.number if before else 0,
        reason=_("Startbiblioteket %(library)s.") % {"library": library},
        **{name: value_of(library, part.register.field(name), entry) for name in part.register.fields},
    )
    remember(library, part.name, entry[part.key], entry, row, number=latest_version(part.register, row))
    return standing


def value_of(library: Library, field: Field, entry: dict[str, Any]) -> Any:
    """The entry's value as Python has it, or the model's default; a key of another part becomes the row it stands for."""
    if field.name not in entry:
        return field.get_default()
    if isinstance(field, ForeignKey):
        other = part_of(field.related_model)
        standing = InstalledRow.objects.get(library=library.name, part=other.name, key=entry[field.name])
        return other.register.model._default_manager.get(pk=standing.row_id)
    return field.to_python(entry[field.name])


def put_matrix(library: Library, before: InstalledRow | None, *, by: Person) -> Standing:
    """Put the matrix in force where there is none. One in force is exchanged by people, never by a library."""
    if before:
        return Standing.UNCHANGED if before.entry == library.risk_matrix else Standing.KEPT
    if RiskMatrix.objects.exists():
        return Standing.KEPT
    content = library.risk_matrix
    matrix = set_up_matrix(
        draft_matrix(by=by),
        by=by,
        note=content["note"],
        severe_never_low=content["severe_never_low"],
        bands={band["tone"]: (band["name"], band["meaning"]) for band in content["bands"]},
        axis_labels={(step["axis"], step["value"]): (step["name"], step["meaning"]) for step in content["axis_labels"]},
        cells={(cell["probability"], cell["severity"]): cell["tone"] for cell in content["cells"]},
    )
    put_matrix_in_force(matrix, by=by, from_date=timezone.localdate())
    remember(library, MATRIX, MATRIX, content, matrix, number=0)
    return Standing.NEW


def remember(library: Library, part: str, key: str, entry: dict[str, Any], row: Model, *, number: int) -> None:
    InstalledRow.objects.update_or_create(
        library=library.name,
        part=part,
        key=key,
        defaults={"row_id": row.pk, "number": number, "entry": entry},
    )


def note_installation(library: Library, counts: Mapping[Standing, int], *, by: Person) -> None:
    """Leave a trace only where something was done, or a new version was looked through."""
    latest = Installation.objects.filter(library=library.name).first()
    if latest and latest.version == library.version and not (counts[Standing.NEW] or counts[Standing.CHANGED]):
        return
    row = Installation.objects.create(library=library.name, version=library.version, by=by, at=timezone.now())
    after = {"library": library.name, "version": library.version} | {str(key): count for key, count in counts.items()}
    audit.record("library.installed", by=by, target=row, after=after)
