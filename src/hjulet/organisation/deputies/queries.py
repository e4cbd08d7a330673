from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from hjulet.organisation.deputies.models import Deputyship
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.models import RoleAssignment
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import assignments_visible_to, units_within_reach
from hjulet.organisation.units.rules import may_give_role


def deputyships_visible_to(person: Person) -> QuerySet[Deputyship]:
    """Where every page about deputies starts: those where the person sees the organisation, and what is one's own."""
    reach = units_within_reach(person, Permission.ORGANISATION_READ)
    own = Q(person=person) | Q(assignment__person=person)
    return Deputyship.objects.filter(Q(assignment__unit__in=reach) | own).select_related(
        "person", "assignment__person", "assignment__unit__committee"
    )


def assignments_to_deputise(person: Person) -> QuerySet[RoleAssignment]:
    """The roles that the person sees, or holds, today or later."""
    today = timezone.localdate()
    seen = Q(pk__in=assignments_visible_to(person).order_by().values("pk")) | Q(person=person)
    roles = RoleAssignment.objects.filter(seen, Q(valid_to=None) | Q(valid_to__gte=today))
    return roles.select_related("person", "unit__committee")


def possible_deputies(by: Person, assignment: RoleAssignment) -> QuerySet[Person]:
    """Colleagues with a role in the same nämnd, as secrecy has it; anyone for whoever may give the role itself."""
    people = Person.objects.filter(is_active=True, is_machine=False).exclude(pk=assignment.person_id)
    if may_give_role(by, assignment.definition, assignment.unit):
        return people
    unit = assignment.unit
    near = Q(unit__committee=unit.committee_id) if unit.committee_id else Q(unit__path__startswith=unit.path)
    held = RoleAssignment.objects.on(timezone.localdate()).filter(near)
    return people.filter(pk__in=held.order_by().values("person"))


def deputyships_about(viewer: Person, person: Person) -> list[Deputyship]:
    """Where the person stands in for somebody or somebody for the person, now or later."""
    about = deputyships_visible_to(viewer).not_over(timezone.localdate())
    return list(about.filter(Q(person=person) | Q(assignment__person=person)).order_by("valid_from", "pk"))


def standing_in_by_holder(day: date) -> dict[int, list[Deputyship]]:
    """Everybody who stands in for somebody on the day, by whom they stand in for. One statement."""
    found: dict[int, list[Deputyship]] = {}
    there = Deputyship.objects.on(day).filter(assignment__in=RoleAssignment.objects.on(day).order_by())
    for deputyship in there.select_related("person", "assignment__person", "assignment__unit").order_by("pk"):
        if not deputyship.assignment.definition.stands_alone:
            found.setdefault(deputyship.assignment.person_id, []).append(deputyship)
    return found
