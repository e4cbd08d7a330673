from django.db.models import QuerySet

from hjulet.organisation.decisions.models import Decision
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach


def decisions_visible_to(person: Person) -> QuerySet[Decision]:
    """Where every page about decisions starts: those of the nämnder whose organisation the person may see."""
    reach = units_within_reach(person, Permission.ORGANISATION_READ)
    return Decision.objects.filter(committee__in=reach).select_related("committee", "recorded_by")
