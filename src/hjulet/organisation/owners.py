"""Whose it is: an action, a control or a goal belongs to a unit and is owned by a person or by a role in that unit."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.deputies.models import Deputyship
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.models import RoleAssignment
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import (
    assignments_of,
    granted,
    holds,
    reaches_widely,
    units_within_reach,
    within_reach,
)
from hjulet.organisation.roles.roles import ROLES, role_choices
from hjulet.organisation.units.models import Unit, lies_below


class UnitScopedQuerySet(models.QuerySet):
    """Rows that belong to a unit; the model names the permission that reads them."""

    def visible_to(self, person: Person):
        """What the person may see: the one door to these rows for every page, count and export."""
        return self.filter(within_reach(person, self.model.READ))

    def visible_in(self, person: Person, unit: Unit):
        """What the person may see of the unit and what is below it.

        Where the unit lies within reach so does all that is below it, and no row is asked again: to count a year of a
        nämnd is to ask twenty thousand.
        """
        there = self.filter(unit__in=Unit.objects.below(unit).order_by().values("pk"))
        return there if holds(person, self.model.READ, unit) else there.visible_to(person)


class OwnedQuerySet(UnitScopedQuerySet):
    def visible_to(self, person: Person):
        """As for every unit's rows, and what the person owns: nobody is given a task that cannot be opened."""
        return self.filter(Q(within_reach(person, self.model.READ)) | owned_by(person))

    def owned_by(self, person: Person):
        """What the person owns, all of it among the visible: whoever asks for this need not ask for that too."""
        return self.filter(owned_by(person))


class OwnedThroughQuerySet(models.QuerySet):
    """What hangs on rows that have an owner: seen by whoever sees those."""

    @property
    def owned(self) -> models.QuerySet:
        return self.model._meta.get_field(self.model.OWNED_THROUGH).related_model._default_manager.all()

    def visible_to(self, person: Person):
        owned = self.owned
        return self.among(owned.visible_to(person), are_many=reaches_widely(person, owned.model.READ))

    def owned_by(self, person: Person):
        return self.among(self.owned.owned_by(person), are_many=False)

    def among(self, owned: models.QuerySet, *, are_many: bool):
        """Of many the one of each row is asked in turn: a list of them would hold tens of thousands."""
        through = self.model.OWNED_THROUGH
        if are_many:
            return self.filter(Exists(owned.filter(pk=OuterRef(through))))
        return self.filter(**{f"{through}__in": owned})


class DoneSomewhereQuerySet(OwnedThroughQuerySet):
    def in_unit(self, unit: Unit):
        """Those of the unit and of what lies under it: what was done there, and what is to be."""
        owned = self.owned.filter(lies_below(unit))
        if unit.is_wide:
            still_there = self.among(owned, are_many=True).filter(done_in=None)
            return still_there | self.filter(lies_below(unit, "done_in"))
        # As one set of keys: with OR between them PostgreSQL goes through the rows of everybody.
        keys = self.model._default_manager.order_by().values("pk")
        done_there = keys.filter(lies_below(unit, "done_in"))
        return self.filter(pk__in=keys.among(owned, are_many=False).filter(done_in=None).union(done_there))


def owned_by(person: Person) -> Q:
    """Owned in person, or through a role that the person holds today in the row's unit or below it.

    Whoever stands in for somebody answers for what is that person's own too, where the role is held.
    """
    owned = Q(owner_person=person)
    for held in assignments_of(person):
        owned |= Q(owner_role=held.role, unit__in=held.unit.lineage)
        if held.person_id != person.pk:
            owned |= Q(owner_person=held.person_id, unit__path__startswith=held.unit.path)
    return owned


def paths_to_unit(model: type[models.Model]) -> tuple[str, ...]:
    """From a row of the kind to the unit where it lies, to be read beside it."""
    through = getattr(model, "OWNED_THROUGH", "")
    path = getattr(model, "PATH_TO_UNIT", f"{through}__unit" if through else "unit")
    return (path, "done_in") if issubclass(model, DoneSomewhere) else (path,)


def holders_and_deputies(role: str, unit: Unit, day: date, *, top: Unit) -> list[tuple[Person, Person | None]]:
    """Whoever owns what belongs to the role in the unit: those who hold it on the day there or below, as `owned_by`.

    Or above it, up to `top`. And who stands in for one of them, beside whom it is done for.
    """
    there = Q(unit__path__startswith=unit.path) | Q(unit__path__startswith=top.path, unit__in=unit.lineage)
    held = RoleAssignment.objects.on(day).filter(there, role=role)
    own = {assignment.person_id: (assignment.person, None) for assignment in held.select_related("person")}
    lent = Deputyship.objects.on(day).filter(assignment__in=held.order_by())
    deputies = {
        deputyship.person_id: (deputyship.person, deputyship.assignment.person)
        for deputyship in lent.select_related("person", "assignment__person").order_by("pk")
    }
    return [pair for _key, pair in sorted((deputies | own).items()) if pair[0].is_active]


def possible_owners(person: Person, permission: Permission) -> models.QuerySet[Person]:
    """Whom the person may make responsible: everyone with a role today in a unit within reach."""
    held = RoleAssignment.objects.on(timezone.localdate()).filter(unit__in=units_within_reach(person, permission))
    return Person.objects.filter(is_active=True, pk__in=held.order_by().values("person"))


class UnitScoped(models.Model):
    READ: Permission

    unit = models.ForeignKey(Unit, verbose_name=_("enhet"), on_delete=models.PROTECT, related_name="+")

    objects = UnitScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def ended_on(self) -> date | None:
        """The last day of what is over, or is to be; None for what has no end in sight."""
        return None

    @property
    def unit_name(self) -> str:
        """The unit as it is called, or was called when the row ended."""
        return self.unit.name_on(self.ended_on)


class Ownership:
    """Whose it is that lies in a unit and has an owner there: a row, or what was read of one."""

    unit: Unit
    owner_person_id: int | None
    owner_role: str

    @property
    def owned_up_to(self) -> Unit:
        """How far up whoever holds the role may sit: in the unit itself, unless what it is part of lies above."""
        return self.unit

    @property
    def has_owner(self) -> bool:
        return self.owner_person_id is not None or bool(self.owner_role)

    def is_owned_by(self, person: Person) -> bool:
        return self.owner_person_id == person.pk or granted(person, self.owned_through(person))

    def owned_through(self, person: Person) -> list[RoleAssignment]:
        """Today's roles that make the row the person's, or the task of whom the person stands in for."""
        return [
            held
            for held in assignments_of(person)
            if (held.role == self.owner_role and self.lies_with(held.unit))
            or (held.person_id == self.owner_person_id and self.unit.path.startswith(held.unit.path))
        ]

    def lies_with(self, held: Unit) -> bool:
        """Whether the role, held there, is held in the unit, below it, or above it as far up as it may be."""
        in_line = held.path.startswith(self.unit.path) or self.unit.path.startswith(held.path)
        return in_line and held.path.startswith(self.owned_up_to.path)

    def deputised_from(self, person: Person) -> Person | None:
        """In whose place the row awaits the person; None when it is the person's own."""
        if self.owner_person_id == person.pk:
            return None
        through = self.owned_through(person)
        is_own = any(held.person_id == person.pk for held in through)
        return through[0].person if through and not is_own else None


class Owned(Ownership, UnitScoped):
    owner_person = models.ForeignKey(
        Person, verbose_name=_("ansvarig person"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner_role = models.CharField(_("ansvarig roll"), max_length=40, blank=True, choices=role_choices)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(owner_person=None) | Q(owner_role=""),
                name="%(app_label)s_%(class)s_one_owner",
                violation_error_message=_("Välj en person eller en roll som ansvarig, inte båda."),
            )
        ]

    @property
    def owner(self) -> str:
        """The person's name, or the role and the unit; empty when nobody is responsible."""
        if self.owner_person_id:
            return str(self.owner_person)
        return f"{ROLES[self.owner_role].name}, {self.unit_name}" if self.owner_role else ""

    @property
    def owner_in_file(self) -> str:
        """The name of the person or of the role alone: the unit stands in a column of its own."""
        if self.owner_person_id:
            return str(self.owner_person)
        return str(ROLES[self.owner_role].name) if self.owner_role else ""


class OwnedThrough:
    """What hangs on a row with an owner, one of the times it is to be done: it lies there and is whoever's that is."""

    OWNED_THROUGH: str

    @property
    def owned(self) -> Any:
        return getattr(self, self.OWNED_THROUGH)

    @property
    def unit(self) -> Unit:
        """Where it belongs: comments, attachments, notices and the audit log ask every row for its unit."""
        return self.owned.unit

    @property
    def unit_id(self) -> int:
        return self.owned.unit_id

    @property
    def owner_person_id(self) -> int | None:
        return self.owned.owner_person_id

    @property
    def owner_person(self) -> Person | None:
        return self.owned.owner_person

    @property
    def owner_role(self) -> str:
        return self.owned.owner_role

    def is_owned_by(self, person: Person) -> bool:
        return self.owned.is_owned_by(person)


class DoneSomewhere(OwnedThrough):
    """Keeps in `done_in` where it was done, when what it hangs on has gone on in another unit since."""

    done_in: Unit | None
    done_in_id: int | None
    done_date: date | None

    @property
    def unit(self) -> Unit:
        return self.done_in or super().unit

    @property
    def unit_id(self) -> int:
        return self.done_in_id or super().unit_id

    @property
    def unit_name(self) -> str:
        """The unit as it is called, or was called when it was done."""
        return self.unit.name_on(self.done_date)
