"""How somebody likes a list to look is no fact about the work: it leaves no trace in the log."""

from django.utils.translation import gettext as _

from hjulet.base.operations import Refused, operation, require
from hjulet.collaboration.saved_views import rules
from hjulet.collaboration.saved_views.models import SavedView
from hjulet.collaboration.saved_views.queries import units_to_share_with
from hjulet.organisation.models import Person, Unit


@operation
def save_view(*, by: Person, address: str, name: str, shared_with: Unit | None = None) -> SavedView:
    """Keep the list at the address as it looks there."""
    found = rules.list_and_query(address)
    if found is None:
        raise Refused(_("Det går bara att spara en vy av en lista. Öppna listan och välj Spara vyn."))
    require(shared_with is None or shared_with in units_to_share_with(by))
    path, query = found
    view = SavedView(person=by, path=path, query=query, name=name, shared_with=shared_with)
    view.full_clean()
    view.save()
    return view


@operation
def remove_view(view: SavedView, *, by: Person) -> None:
    require(view.person_id == by.pk)
    view.delete()
