"""How somebody likes a list to look is no fact about the work: it leaves no trace in the log."""

from datetime import date
from urllib.parse import parse_qsl, urlencode

from django.utils.translation import gettext as _

from hjulet.base.operations import Refused, operation, require
from hjulet.collaboration.saved_views import rules
from hjulet.collaboration.saved_views.models import SavedView
from hjulet.collaboration.saved_views.queries import units_to_share_with
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.units.rules import may_manage


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


@operation
def relocate_view(view: SavedView, *, by: Person, to: Unit | None, day: date) -> SavedView:
    """Follows when the unit it is shared with is reorganised; what it shows of that unit becomes what it shows there."""
    require(may_manage(by, view.shared_with))
    if to is not None:
        shown = [
            (name, str(to.pk) if (name, value) == ("unit", str(view.shared_with_id)) else value)
            for name, value in parse_qsl(view.query)
        ]
        view.query = urlencode(shown)
    view.shared_with = to
    view.save(update_fields=["query", "shared_with"])
    return view
