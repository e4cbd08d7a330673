"""The menu: what each person finds in it follows from the permissions of their roles."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address
from hjulet.organisation.models import Person
from hjulet.organisation.roles.permissions import Permission as P
from hjulet.organisation.roles.queries import granted_anywhere


@dataclass(frozen=True)
class Item:
    label: Any
    url: str
    is_current: bool
    children: tuple["Item", ...] = ()


# Whoever keeps the rules in order or examines how they are kept; who only follows them has no use for the tools.
KEEPING_THE_RULEBOOK = (P.RULEBOOK_EDIT, P.LAWS_EDIT, P.AUDIT_READ)

# Label, url name, the permission that shows it (None: everyone who has logged in), and the pages beneath.
MENU = (
    (_("Start"), "wheel:start", None, ()),
    (
        _("Mina uppgifter"),
        "my_work:list",
        None,
        (
            (_("Det som väntar"), "my_work:list", None),
            (_("Att läsa"), "receipts:to_read", P.RULEBOOK_READ),
            (_("Introduktioner"), "introductions:list", P.RULEBOOK_READ),
            (_("Bruten tråd"), "gaps:list", None),
        ),
    ),
    (
        _("Mål"),
        "goals:list",
        P.GOALS_READ,
        ((_("Målkedjan"), "goals:list", None), (_("Kvalitetsområden"), "quality_areas:list", None)),
    ),
    (
        _("Risker"),
        "risks:list",
        P.RISKS_READ,
        (
            (_("Alla risker"), "risks:list", None),
            (_("Riskbild"), "risk_analyses:matrix", None),
            (_("Riskanalyser"), "risk_analyses:list", None),
            (_("Riskmatris"), "risk_matrix:list", None),
        ),
    ),
    (_("Kvalitetsplan"), "quality_plan:list", P.PLANS_READ, ()),
    (_("Åtgärder"), "actions:list", P.ACTIONS_READ, ()),
    (
        _("Egenkontroll"),
        "self_monitoring:list",
        P.CONTROLS_READ,
        (
            (_("Egenkontroller"), "self_monitoring:list", None),
            (_("Kontrolltillfällen"), "self_monitoring:occurrences", None),
        ),
    ),
    (
        _("Nyckeltal"),
        "indicators:list",
        P.INDICATORS_READ,
        (
            (_("Alla nyckeltal"), "indicators:list", None),
            (_("Mätningar"), "indicators:measurements", None),
        ),
    ),
    (
        _("Årshjul"),
        "year_wheel:index",
        P.CONTROLS_READ,
        (
            (_("Hela året"), "year_wheel:index", None),
            (_("Årsuppgifter"), "recurring_duties:list", None),
            (_("Tillfällen"), "recurring_duties:occurrences", None),
            (_("I din kalender"), "calendar_feed:index", None),
        ),
    ),
    (
        _("Delaktighet"),
        "participation:list",
        (P.PARTICIPATION_READ, P.IDEAS_PROPOSE),
        (
            (_("Möten"), "participation:list", P.PARTICIPATION_READ),
            (_("Idéer"), "ideas:list", (P.IDEAS_READ, P.IDEAS_PROPOSE)),
            (_("Kompetens"), "competence:list", P.COMPETENCE_READ),
        ),
    ),
    (_("Uppföljning"), "follow_up:list", P.FOLLOW_UPS_READ, ()),
    (
        _("Regelverk"),
        "documents:list",
        P.RULEBOOK_READ,
        (
            (_("Hitta rutin"), "search:find", None),
            (_("Styrande dokument"), "documents:list", None),
            (_("Frågor om dokument"), "questions:list", None),
            (_("Lästa dokument"), "receipts:list", None),
            (_("Liknande texter"), "copies:list", KEEPING_THE_RULEBOOK),
            (_("Processer"), "processes:list", None),
            (_("Avtal"), "agreements:list", None),
            (_("Lagar och föreskrifter"), "laws:list", None),
            (_("Lagar att kontrollera"), "laws:unverified", KEEPING_THE_RULEBOOK),
            (_("När lagen ändras"), "laws:reviews", KEEPING_THE_RULEBOOK),
            (_("Efterlevnad"), "compliance:list", None),
            (_("Länkar till andra"), "outside_links:list", KEEPING_THE_RULEBOOK),
        ),
    ),
    (
        _("Organisation"),
        "units:tree",
        P.ORGANISATION_READ,
        (
            (_("Enheter"), "units:tree", None),
            (_("Omorganisationer"), "reorganisations:list", None),
            (_("Personer"), "people:list", None),
            (_("Ansvar och roller"), "roles:list", None),
            (_("Så är arbetet organiserat"), "responsibilities:index", None),
            (_("Ansvarskarta"), "responsibilities:map", None),
            (_("Nämndbeslut"), "decisions:list", None),
            (_("Delegationsordning"), "delegations:list", None),
            (_("Delegationsbeslut"), "delegations:decisions", None),
            (_("Register"), "registers:index", P.REGISTERS_MANAGE),
            (_("Startbibliotek"), "library:list", P.REGISTERS_MANAGE),
            (_("Ändringslogg"), "audit:list", P.AUDIT_READ),
            (_("Sekretess"), "secrecy:list", (P.SECRETS_READ, P.SECRETS_OPEN)),
            (_("Läslogg"), "read_log:list", P.READ_LOG_REVIEW),
            (_("Logggranskning"), "log_review:list", P.READ_LOG_REVIEW),
            (_("Klockan"), "clock:index", P.ORGANISATION_MANAGE),
        ),
    ),
)


def menu_for(person: Person, path: str) -> SafeString:
    """Drawn once for all who have the same permissions and stand on the same page: it rests on nothing else."""
    permissions = granted_anywhere(person)
    return drawn(permissions, place_of(path, permissions), get_language())


@lru_cache(maxsize=512)
def drawn(permissions: frozenset[P], here: str, language: str) -> SafeString:
    return render_to_string("base/navigation.html", {"navigation": menu_of(permissions, here)})


def menu_of(permissions: frozenset[P], here: str) -> tuple[Item, ...]:
    """The items that the permissions show; `here` is the address of the one where the person is."""
    return tuple(
        Item(
            label,
            url,
            here in (url, *(page for _text, page in pages)),
            tuple(Item(text, page, page == here) for text, page in pages),
        )
        for label, url, pages in shown_with(permissions)
    )


def place_of(path: str, permissions: frozenset[P]) -> str:
    """The longest address in the menu that begins the path, or nothing."""
    return next((url for url in longest_first(permissions) if path == url or (url != "/" and path.startswith(url))), "")


@lru_cache(maxsize=128)
def longest_first(permissions: frozenset[P]) -> tuple[str, ...]:
    addresses = {
        url for _label, url, pages in shown_with(permissions) for url in (url, *(page for _text, page in pages))
    }
    return tuple(sorted(addresses, key=len, reverse=True))


def shown_with(permissions: frozenset[P]) -> list[tuple[Any, str, list[tuple[Any, str]]]]:
    """Label and address of each item, with those of the pages beneath it."""
    return [
        (label, address(name), [(text, address(page)) for text, page, needed in pages if is_shown(permissions, needed)])
        for label, name, needed, pages in MENU
        if is_shown(permissions, needed)
    ]


def is_shown(permissions: frozenset[P], needed: P | tuple[P, ...] | None) -> bool:
    """Any one of several permissions shows it."""
    return needed is None or not permissions.isdisjoint(needed if isinstance(needed, tuple) else (needed,))
