"""Takes the organisation in from a file, through the same operations as the pages use.

Units and people are known by an id that the other system gives them. What is equal is left alone, what differs is
changed, what is new is added. What is here and not in the file is told, and ended only where the person asks for it.
"""

from collections.abc import Callable, Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hjulet.base.intake.faults import FaultyFile
from hjulet.base.operations import Refused, operation, require
from hjulet.organisation.importing.people import PeopleIntake
from hjulet.organisation.importing.reading import OrganisationFile, read
from hjulet.organisation.importing.result import Ended, ImportResult
from hjulet.organisation.importing.sheets import PEOPLE, UNITS
from hjulet.organisation.importing.units import UnitIntake
from hjulet.organisation.people.models import Person
from hjulet.organisation.people.operations import stop_login
from hjulet.organisation.people.rules import may_add
from hjulet.organisation.roles.models import RoleAssignment
from hjulet.organisation.roles.operations import end_assignment
from hjulet.organisation.units.models import Unit
from hjulet.organisation.units.operations import close_unit


@operation
def import_organisation(
    *,
    by: Person,
    content: bytes,
    end: Collection[str] = (),
    give_passwords: bool = False,
    check: bool = False,
    seen: str | None = None,
) -> ImportResult:
    """Raises ValidationError with every fault of the file; then nothing has been saved. `check` saves nothing at all.

    `end` says what of that which is not in the file is ended, in words of `Ended`. `seen` is the seal of what the
    person has agreed to; should the file do something else by now, nothing is saved and the new result comes back.
    """
    require(may_add(by))
    with translation.override("sv"), transaction.atomic():
        result = take_in(read(content), by=by, end=end, give_passwords=give_passwords)
        result.has_moved = not check and seen is not None and result.seal != seen
        result.is_check = check or result.has_moved
        transaction.set_rollback(result.is_check)
    return result


def take_in(file: OrganisationFile, *, by: Person, end: Collection[str], give_passwords: bool) -> ImportResult:
    result = ImportResult(ignored=file.ignored)
    units = UnitIntake(by, file, result)
    units.take(file.rows.get(UNITS.name, []))
    people = PeopleIntake(by, file, units, result, give=give_passwords)
    people.take(file.rows.get(PEOPLE.name, []))
    if file.faults:
        raise FaultyFile(file.faults)
    missing = Missing(by, end, result)
    if PEOPLE.name in file.rows:
        missing.take_people(people)
    if UNITS.name in file.rows:
        missing.take_units(units)
    return result


class Missing:
    """What is here and not in the file: ended where that is asked for and nothing stands in the way."""

    def __init__(self, by: Person, end: Collection[str], result: ImportResult):
        self.by, self.end, self.result, self.today = by, end, result, timezone.localdate()

    def take_people(self, people: PeopleIntake) -> None:
        gone = people.missing()
        there = [person for key, person in people.known.items() if key in people.there]
        for held in people.missing_roles(there if people.tells_roles else []):
            self.take(Ended.ROLES, _("Roll: %(role)s") % {"role": held}, lambda held=held: self.end_role(held))
        for person in gone:
            roles = people.missing_roles([person])
            words = _("Person: %(name)s") % {"name": person.name}
            self.take(Ended.PEOPLE, words, lambda person=person, roles=roles: self.end_person(person, roles))

    def take_units(self, units: UnitIntake) -> None:
        for unit in units.missing():
            words = f"{unit.get_kind_display()}: {unit.name}"
            self.take(Ended.UNITS, words, lambda unit=unit: self.close(unit))

    def take(self, kind: Ended, words: str, do: Callable[[], object]) -> None:
        if kind not in self.end:
            self.result.missing.append(words)
            return
        try:
            with transaction.atomic():
                do()
        except Refused as refusal:
            self.result.kept.append(f"{words}. {refusal.sentence}")
        except PermissionDenied:
            self.result.kept.append(_("%(thing)s. Du har inte rätt att avsluta det.") % {"thing": words})
        else:
            self.result.ended.append(words)

    def end_role(self, held: RoleAssignment) -> RoleAssignment:
        """Today is the last day; a role that has not begun ends on the day it would have begun."""
        return end_assignment(held, by=self.by, valid_to=max(self.today, held.valid_from))

    def end_person(self, person: Person, roles: list[RoleAssignment]) -> None:
        for held in roles:
            self.end_role(held)
        stop_login(person, by=self.by, reason=_("Finns inte i filen från det andra systemet."))

    def close(self, unit: Unit) -> Unit:
        return close_unit(unit, by=self.by, revision=unit.revision, valid_to=max(self.today, unit.valid_from))
