from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds
from hjulet.organisation.roles.roles import Role
from hjulet.organisation.units.models import ALLOWED_PARENTS, Unit, UnitKind

WITHIN = {
    UnitKind.MUNICIPALITY: gettext_lazy("en kommun"),
    UnitKind.COMMITTEE: gettext_lazy("en nämnd"),
    UnitKind.ADMINISTRATION: gettext_lazy("en förvaltning"),
    UnitKind.UNIT: gettext_lazy("en enhet"),
}


def may_manage(person: Person, unit: Unit | None) -> bool:
    return holds(person, Permission.ORGANISATION_MANAGE, unit)


def may_give_role(person: Person, role: Role, unit: Unit) -> bool:
    """A role that reaches the whole nämnd is given only by those who manage the whole nämnd."""
    return may_manage(person, unit.committee if role.committee and unit.committee_id else unit)


def obstacle_to_establishing_municipality() -> str | None:
    if municipality := Unit.objects.filter(kind=UnitKind.MUNICIPALITY).first():
        return _("Kommunen finns redan: %(name)s.") % {"name": municipality.name}
    return None


def obstacle_to_placing(kind: str, parent: Unit, valid_from: date) -> str | None:
    """Why a unit of this kind cannot begin under this parent on this day; names what would be allowed."""
    allowed = ALLOWED_PARENTS[kind]
    if parent.kind not in allowed:
        return _("%(kind)s kan inte ligga under %(parent)s. Välj %(allowed)s.") % {
            "kind": UnitKind(kind).label,
            "parent": parent.name,
            "allowed": one_of([WITHIN[above] for above in UnitKind if above in allowed]),
        }
    if valid_from < parent.valid_from or (parent.valid_to is not None and valid_from > parent.valid_to):
        return _("%(parent)s finns inte %(day)s. Välj ett annat startdatum.") % {
            "parent": parent.name,
            "day": valid_from.isoformat(),
        }
    return None


def obstacle_to_closing(unit: Unit) -> str | None:
    if unit.valid_to is not None:
        return _("%(unit)s är redan stängd: sista dagen är %(day)s.") % {
            "unit": unit.name,
            "day": unit.valid_to.isoformat(),
        }
    open_children = list(unit.children.filter(valid_to=None).order_by("name").values_list("name", flat=True)[:4])
    if open_children:
        names = ", ".join(open_children[:3]) + (" …" if len(open_children) > 3 else "")
        return _("Stäng först det som ligger under: %(names)s.") % {"names": names}
    return None


def obstacle_to_changing(unit: Unit) -> str | None:
    if unit.valid_to is not None:
        return _("%(unit)s är stängd och kan inte ändras.") % {"unit": unit.name}
    return None


def one_of(words: list) -> str:
    """As in "a", "a eller b", "a, b eller c"."""
    *first, last = [str(word) for word in words]
    return _("%(first)s eller %(last)s") % {"first": ", ".join(first), "last": last} if first else last
