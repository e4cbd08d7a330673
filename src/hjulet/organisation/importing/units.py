"""Takes units in: parents before those that lie under them, in whatever order the file has them."""

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.base.intake.cells import fold
from hjulet.base.intake.faults import Fault, told_as_fault
from hjulet.base.intake.reading import FileRow
from hjulet.organisation.importing.reading import OrganisationFile
from hjulet.organisation.importing.result import ImportResult, change_in_words
from hjulet.organisation.importing.sheets import UNITS
from hjulet.organisation.people.models import Person
from hjulet.organisation.units.models import Unit, UnitKind
from hjulet.organisation.units.operations import change_unit, close_unit, establish_unit


class UnitIntake:
    """The units that stand here, by their ids, and what the file does to them."""

    def __init__(self, by: Person, file: OrganisationFile, result: ImportResult):
        self.by, self.result = by, result
        self.there, self.faults = file.ids[UNITS.name], file.faults
        self.today = timezone.localdate()
        units = list(Unit.objects.select_related("parent"))
        self.known = {unit.external_id: unit for unit in units if unit.external_id}
        self.nameless = {self.likeness(unit): unit for unit in units if not unit.external_id}
        self.municipality = next((unit for unit in units if unit.kind == UnitKind.MUNICIPALITY), None)
        self.closing: list[tuple[FileRow, Unit, date]] = []

    def take(self, rows: list[FileRow]) -> None:
        by_id = self.without_doubles(rows)
        for found in self.in_order(by_id):
            with told_as_fault(self.faults, UNITS.name, found.place):
                self.take_unit(found)
        for found, unit, last in sorted(self.closing, key=lambda closing: -closing[1].depth):
            with told_as_fault(self.faults, UNITS.name, found.place):
                close_unit(unit, by=self.by, revision=unit.revision, valid_to=last)

    def without_doubles(self, rows: list[FileRow]) -> dict[str, FileRow]:
        by_id: dict[str, FileRow] = {}
        for found in rows:
            first = by_id.setdefault(found.row.external_id, found)
            if first is not found:
                self.tell(found, "external_id", _("id:t står redan på rad %(line)s.") % {"line": first.line})
        return by_id

    def in_order(self, by_id: dict[str, FileRow]) -> Iterator[FileRow]:
        """Each after the one it belongs to; those that would lie under themselves are left out and told."""
        done: set[str] = set()
        for start, found in by_id.items():
            chain: list[str] = []
            key = start
            while key in by_id and key not in done and key not in chain:
                chain.append(key)
                key = by_id[key].row.parent
            if key in chain:
                circle = " → ".join([*chain[chain.index(key) :], key])
                self.tell(found, "parent", _("enheten skulle ligga under sig själv: %(circle)s.") % {"circle": circle})
                done.update(chain)
                continue
            done.update(chain)
            yield from (by_id[key] for key in reversed(chain))

    def take_unit(self, found: FileRow) -> None:
        row = found.row
        if row.kind == UnitKind.MUNICIPALITY:
            unit = self.the_municipality(row.external_id)
        else:
            parent = self.parent_of(row.parent)
            unit = self.known.get(row.external_id) or self.nameless.get((fold(row.name), row.kind, parent.pk))
            if unit is None:
                self.establish(found, parent)
                return
            require_same_place(unit, row.kind, parent)
        self.known[row.external_id] = unit
        self.change(found, unit)

    def establish(self, found: FileRow, parent: Unit) -> None:
        row = found.row
        unit = self.known[row.external_id] = establish_unit(
            by=self.by,
            kind=row.kind,
            parent=parent,
            name=row.name,
            code=row.code or "",
            external_id=row.external_id,
            valid_from=row.valid_from or max(self.today, parent.valid_from),
        )
        self.result.new.append(f"{unit.get_kind_display()}: {unit.name} ({row.external_id})")
        if row.valid_to:
            self.closing.append((found, unit, row.valid_to))

    def change(self, found: FileRow, unit: Unit) -> None:
        row = found.row
        wanted = {"name": row.name, "code": row.code, "external_id": row.external_id}
        changes = {name: value for name, value in wanted.items() if value is not None and value != getattr(unit, name)}
        told = [change_in_words(UNITS, name, getattr(unit, name), value) for name, value in changes.items()]
        if changes:
            change_unit(unit, by=self.by, revision=unit.revision, **changes)
        if row.valid_to is not None and row.valid_to != (unit.valid_to or ""):
            self.require_open(unit)
            self.closing.append((found, unit, row.valid_to))
            told.append(change_in_words(UNITS, "valid_to", unit.valid_to, row.valid_to))
        if told:
            self.result.changed.append(f"{unit.get_kind_display()}: {row.name} ({', '.join(told)})")
        else:
            self.result.unchanged += 1

    def require_open(self, unit: Unit) -> None:
        if unit.valid_to is not None:
            sentence = _("enheten är stängd i Kvalitetshjulet: sista dagen är %(day)s. Ge en ny enhet ett nytt id.")
            raise ValidationError({"valid_to": sentence % {"day": unit.valid_to.isoformat()}})

    def the_municipality(self, external_id: str) -> Unit:
        standing = self.municipality
        if standing is None or standing.external_id not in ("", external_id):
            raise ValidationError({"kind": _("kommunen läggs upp när Kvalitetshjulet installeras, inte från en fil.")})
        return standing

    def parent_of(self, external_id: str) -> Unit:
        """What names no parent belongs to the municipality."""
        if external_id:
            return self.called(external_id, "parent")
        if self.municipality is None:
            raise ValidationError({"parent": _("kommunen är inte upplagd än. Kör ”hjulet init” först.")})
        return self.municipality

    def called(self, external_id: str, field: str) -> Unit:
        """The unit that the field names."""
        if external_id in self.known:
            return self.known[external_id]
        if external_id in self.there:
            sentence = _("enheten ”%(id)s” kunde inte läsas in.")
        else:
            sentence = _("ingen enhet har id:t ”%(id)s”, varken här eller i filen.")
        raise ValidationError({field: sentence % {"id": external_id}})

    def missing(self) -> list[Unit]:
        """The open units of the other system that the file does not have, the innermost first."""
        gone = [
            unit
            for key, unit in self.known.items()
            if key not in self.there and unit.valid_to is None and unit.parent_id
        ]
        return sorted(gone, key=lambda unit: (-unit.depth, unit.name))

    def likeness(self, unit: Unit) -> tuple[str, str, int | None]:
        """By what a unit that was made by hand is known again."""
        return fold(unit.name), unit.kind, unit.parent_id

    def tell(self, found: FileRow, field: str, sentence: str) -> None:
        self.faults.append(Fault(UNITS.name, found.place(field), sentence))


def require_same_place(unit: Unit, kind: str, parent: Unit) -> None:
    if unit.kind != kind:
        sentence = _(
            "enheten är %(kind)s i Kvalitetshjulet. Slaget ändras inte från en fil: ge en ny enhet ett nytt id."
        )
        raise ValidationError({"kind": sentence % {"kind": unit.get_kind_display().lower()}})
    if unit.parent_id != parent.pk:
        sentence = _(
            "enheten ligger under %(here)s i Kvalitetshjulet. Flytta den till %(there)s med Omorganisera först."
        )
        raise ValidationError({"parent": sentence % {"here": unit.parent.name, "there": parent.name}})
