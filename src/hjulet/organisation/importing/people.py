"""Takes people in, and the roles that they hold in the units."""

from collections import defaultdict
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.base.intake.faults import Fault, told_as_fault
from hjulet.base.intake.reading import FileRow
from hjulet.organisation.importing.reading import OrganisationFile
from hjulet.organisation.importing.result import ImportResult, change_in_words
from hjulet.organisation.importing.sheets import PEOPLE
from hjulet.organisation.importing.units import UnitIntake
from hjulet.organisation.people.models import Person
from hjulet.organisation.people.operations import add_person, add_person_without_password, change_person
from hjulet.organisation.roles.models import RoleAssignment
from hjulet.organisation.roles.operations import assign_role, end_assignment
from hjulet.organisation.units.models import Unit

ABOUT = ("name", "email", "title")


class PeopleIntake:
    """The people that stand here, by their ids, with their roles, and what the file does to them."""

    def __init__(self, by: Person, file: OrganisationFile, units: UnitIntake, result: ImportResult, *, give: bool):
        self.by, self.units, self.result, self.give = by, units, result, give
        self.there, self.faults = file.ids[PEOPLE.name], file.faults
        self.today = timezone.localdate()
        people = list(Person.objects.filter(is_machine=False))
        self.known = {person.external_id: person for person in people if person.external_id}
        self.by_email = {person.email.lower(): person for person in people}
        self.held: dict[int, list[RoleAssignment]] = defaultdict(list)
        for held in RoleAssignment.objects.select_related("unit", "person").order_by("valid_from", "pk"):
            self.held[held.person_id].append(held)
        self.named: set[int] = set()
        self.tells_roles = False

    def take(self, rows: list[FileRow]) -> None:
        together: dict[str, list[FileRow]] = {}
        for found in rows:
            together.setdefault(found.row.external_id, []).append(found)
        self.tells_roles = any(found.row.role is not None for found in rows)
        for key, (first, *more) in together.items():
            if len(more) + 1 < self.there[key]:
                continue  # a row of the person has a fault, which has been told
            person = None
            with told_as_fault(self.faults, PEOPLE.name, first.place):
                person = self.take_person(first)
            for found in more:
                self.compare(first, found)
            for found in [first, *more] if person else []:
                with told_as_fault(self.faults, PEOPLE.name, found.place):
                    self.take_role(person, found)

    def take_person(self, found: FileRow) -> Person:
        row = found.row
        person = self.known.get(row.external_id) or self.made_by_hand(row.email)
        self.require_own_address(person, row.email)
        if person is None:
            return self.add(found)
        wanted = {"external_id": row.external_id} | {name: getattr(row, name) for name in ABOUT}
        changes = {
            name: value
            for name, value in wanted.items()
            if value != getattr(person, name) and (value or (name == "title" and value is not None))
        }
        if changes:
            told = ", ".join(
                change_in_words(PEOPLE, name, getattr(person, name), value) for name, value in changes.items()
            )
            change_person(person, by=self.by, revision=person.revision, **changes)
            self.result.changed.append(_("Person: %(name)s (%(columns)s)") % {"name": person.name, "columns": told})
        else:
            self.result.unchanged += 1
        self.known[row.external_id] = person
        return person

    def made_by_hand(self, email: str) -> Person | None:
        """Somebody who has the address here and no id yet: the first file gives the id."""
        person = self.by_email.get(email.lower())
        return person if person and not person.external_id else None

    def require_own_address(self, person: Person | None, email: str) -> None:
        other = self.by_email.get(email.lower())
        if other and other != person:
            sentence = _("e-postadressen används redan av %(name)s.")
            raise ValidationError({"email": sentence % {"name": other.name}})

    def add(self, found: FileRow) -> Person:
        row = found.row
        for name in ("name", "email"):
            if not getattr(row, name):
                sentence = _("%(column)s saknas. Fyll i cellen.") % {"column": PEOPLE.heading(name)}
                raise ValidationError({name: sentence})
        given = {
            "name": row.name,
            "email": row.email,
            "title": row.title or "",
            "external_id": row.external_id,
        }
        if self.give:
            person, password = add_person(by=self.by, **given)
            self.result.passwords.append((person, password))
        else:
            person = add_person_without_password(by=self.by, **given)
        self.by_email[row.email.lower()] = person
        self.result.new.append(_("Person: %(name)s (%(id)s)") % {"name": person.name, "id": row.external_id})
        self.known[row.external_id] = person
        return person

    def compare(self, first: FileRow, found: FileRow) -> None:
        """The rows of one person say the same about the person, or nothing."""
        for name in ABOUT:
            said, before = getattr(found.row, name), getattr(first.row, name)
            if said and said != before:
                sentence = _("det står något annat på rad %(line)s om samma person.") % {"line": first.line}
                self.faults.append(Fault(PEOPLE.name, found.place(name), sentence))

    def take_role(self, person: Person, found: FileRow) -> None:
        row = found.row
        if not row.role and not row.unit:
            return
        unit = self.unit_of(row)
        standing = self.standing(person, row, unit)
        if standing is None:
            given = assign_role(
                by=self.by,
                person=person,
                role=row.role,
                unit=unit,
                valid_from=row.valid_from or self.today,
                valid_to=row.valid_to or None,
            )
            self.held[person.pk].append(given)
            self.named.add(given.pk)
            self.result.new.append(_("Roll: %(role)s") % {"role": given})
            return
        self.named.add(standing.pk)
        if row.valid_to is not None and row.valid_to != (standing.valid_to or ""):
            self.end(standing, row.valid_to)

    def end(self, standing: RoleAssignment, last: date | str) -> None:
        if not last:
            sentence = _("rollen slutar %(day)s i Kvalitetshjulet. Ge den på nytt från en senare dag.")
            raise ValidationError({"valid_to": sentence % {"day": standing.valid_to.isoformat()}})
        told = change_in_words(PEOPLE, "valid_to", standing.valid_to, last)
        end_assignment(standing, by=self.by, valid_to=last)
        self.result.changed.append(_("Roll: %(role)s (%(columns)s)") % {"role": standing, "columns": told})

    def unit_of(self, row) -> Unit:
        if not row.role:
            raise ValidationError({"role": _("rollen saknas. Fyll i cellen, eller lämna enheten tom.")})
        if not row.unit:
            raise ValidationError({"unit": _("enheten saknas. Fyll i enhetens id.")})
        return self.units.called(row.unit, "unit")

    def standing(self, person: Person, row, unit: Unit) -> RoleAssignment | None:
        """The role as it is held here: the one from the same day, else the one that goes on."""
        alike = [held for held in self.held[person.pk] if (held.role, held.unit_id) == (row.role, unit.pk)]
        same_day = [held for held in alike if held.valid_from == row.valid_from]
        going_on = [held for held in alike if held.valid_to is None or held.valid_to >= self.today]
        return next(iter(same_day or going_on), None)

    def missing(self) -> list[Person]:
        """Those of the other system who are let in here and whom the file does not have."""
        gone = [person for key, person in self.known.items() if key not in self.there and person.is_active]
        return sorted(gone, key=lambda person: (person.name, person.pk))

    def missing_roles(self, people: list[Person]) -> list[RoleAssignment]:
        """What these people hold from today on and the file does not say."""
        return [
            held
            for person in people
            for held in self.held[person.pk]
            if held.pk not in self.named and (held.valid_to is None or held.valid_to >= self.today)
        ]
