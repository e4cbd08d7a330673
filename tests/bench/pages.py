"""The pages that are measured."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from hjulet.actions.models import Action
from hjulet.organisation.models import Person
from tests.bench.place import Place


@dataclass(frozen=True)
class Page:
    name: str
    person: Person
    url: str
    is_file: bool = False


def address(view: str, *args, **query) -> str:
    return reverse(view, args=args) + (f"?{urlencode(query)}" if query else "")


def pages(place: Place) -> list[Page]:
    def action_pages(person):
        yield "list", address("actions:list")

    developer, manager = place.developer, place.manager
    action = Action.objects.filter(unit=place.units[0], state="closed").latest("pk")
    unit = place.units[0].pk
    return [
        Page("actions, first page", developer, address("actions:list")),
        Page("actions, first page, unit manager", manager, address("actions:list")),
        Page("actions, last page", developer, address("actions:list", page=9999)),
        Page("actions, of a unit", developer, address("actions:list", unit=unit)),
        Page("actions, of a nämnd", developer, address("actions:list", unit=place.units[0].committee_id)),
        Page("actions, searched", developer, address("actions:list", q="checklista")),
        Page("actions, late", developer, address("actions:list", overdue="on")),
        Page("actions, mine", manager, address("actions:list", mine="on")),
        Page("actions, by owner", developer, address("actions:list", sort="owner")),
        Page("actions, Excel", developer, address("actions:list", format="xlsx"), is_file=True),
        Page("action", developer, action.get_absolute_url()),
        Page("action, unit manager", manager, action.get_absolute_url()),
    ]
