from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db.models import Model, QuerySet

from hjulet.collaboration.secrecy import rules
from hjulet.collaboration.targets import kind_of, target_visible_to, type_of_kind
from hjulet.organisation.models import Marking, Opening, Person, RoleAssignment, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds, people_with
from hjulet.organisation.roles.roles import ROLES
from hjulet.organisation.secrecy.marked import Markable, openings_of
from hjulet.organisation.secrecy.queries import marking_of


@dataclass(frozen=True)
class Secrecy:
    """What the page of a row says of its marking."""

    kind: str
    marking: Marking | None
    may_mark: bool
    obstacle_to_marking: str | None


@dataclass(frozen=True)
class MarkingPage:
    marking: Marking
    what: str
    url: str
    openings: list[Opening]
    needs_reason: bool
    may_lift: bool
    obstacle_to_lifting: str | None


def secrecy_of(target: Markable, person: Person) -> Secrecy:
    return Secrecy(
        kind=kind_of(target),
        marking=marking_of(target),
        may_mark=rules.may_mark(person, target.unit),
        obstacle_to_marking=rules.obstacle_to_marking(target),
    )


def markings_visible_to(person: Person) -> QuerySet[Marking]:
    return Marking.objects.visible_to(person).select_related("unit", "set_by", "lifted_by")


def marking_page(person: Person, marking: Marking) -> MarkingPage:
    return MarkingPage(
        marking=marking,
        what=what_is_marked(marking),
        url=address_of(marking),
        openings=list(marking.openings.select_related("person")),
        needs_reason=needs_reason(person, marking),
        may_lift=rules.may_mark(person, marking.unit),
        obstacle_to_lifting=rules.obstacle_to_lifting(marking),
    )


def needs_reason(person: Person, marking: Marking) -> bool:
    if marking.lifted_at or holds(person, Permission.SECRETS_READ, marking.unit):
        return False
    return not openings_of(person).filter(marking=marking).exists()


def model_of(marking: Marking) -> type[Model]:
    return apps.get_model(marking.target_type)


def row_of(marking: Marking) -> Markable:
    return model_of(marking)._base_manager.get(pk=marking.target_id)  # type: ignore[return-value]


def what_is_marked(marking: Marking) -> str:
    """The kind of row and its number: all that the register says."""
    name = str(model_of(marking)._meta.verbose_name)
    return f"{name[:1].upper()}{name[1:]} {marking.target_id}"


def address_of(marking: Marking) -> str:
    return model_of(marking)(pk=marking.target_id).get_absolute_url()


def markable_visible_to(person: Person, kind: str, pk: int) -> Markable | None:
    target = target_visible_to(person, type_of_kind(kind), pk)
    return target if isinstance(target, Markable) else None


def responsible_for(unit: Unit, day: date) -> list[Person]:
    """Who answers for what is secret in the unit on the day: those nearest to it, and who stands in for them."""
    roles = [role.key for role in ROLES.values() if role.grants(Permission.SECRETS_MARK)]
    held = RoleAssignment.objects.on(day).filter(role__in=roles, unit__in=unit.lineage, person__is_active=True)
    found = list(held.select_related("unit"))
    depth = max((one.unit.depth for one in found), default=0)
    nearest = [one.pk for one in found if one.unit.depth == depth]
    return list(people_with(RoleAssignment.objects.filter(pk__in=nearest), day))
