from django.db.models import QuerySet

from hjulet.collaboration.saved_views.models import SavedView
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.queries import assignments_of


def views_visible_to(person: Person) -> QuerySet[SavedView]:
    return SavedView.objects.visible_to(person).select_related("person", "shared_with")


def views_of_list(person: Person, path: str) -> QuerySet[SavedView]:
    return SavedView.objects.visible_to(person).filter(path=path)


def units_to_share_with(person: Person) -> QuerySet[Unit]:
    """Where the person holds a role."""
    return Unit.objects.filter(pk__in=[held.unit_id for held in assignments_of(person)]).order_by("path")
