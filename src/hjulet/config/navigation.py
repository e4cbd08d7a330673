"""The menu: what each person finds in it follows from the permissions of their roles."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.roles.permissions import Permission as P
from hjulet.organisation.roles.queries import holds_anywhere


@dataclass(frozen=True)
class Item:
    label: Any
    url: str
    is_current: bool
    children: tuple["Item", ...] = ()


# Label, url name, the permission that shows it (None: everyone who has logged in).
MENU = (
    (_("Start"), "wheel:start", None),
    (_("Mina uppgifter"), "my_work:list", None),
    (_("Mål"), "goals:list", P.GOALS_READ),
    (_("Risker"), "risks:list", P.RISKS_READ),
    (_("Kvalitetsplan"), "quality_plan:list", P.PLANS_READ),
    (_("Åtgärder"), "actions:list", P.ACTIONS_READ),
    (_("Egenkontroll"), "self_monitoring:list", P.CONTROLS_READ),
    (_("Uppföljning"), "follow_up:list", P.FOLLOW_UPS_READ),
)


def menu_for(person, path: str) -> tuple[Item, ...]:
    """The items the person has use for; the one whose address begins the current path is marked."""
    shown = [(label, reverse(name)) for label, name, needed in MENU if needed is None or holds_anywhere(person, needed)]
    here = max((url for _label, url in shown if path == url or path.startswith(url) and url != "/"), key=len, default="")
    return tuple(Item(label, url, url == here) for label, url in shown)
