from datetime import date

from django.utils import timezone
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
    if obstacle := obstacle_to_standing_under(kind, parent):
        return obstacle
    if valid_from < parent.valid_from or (parent.valid_to is not None and valid_from > parent.valid_to):
        return _("%(parent)s finns inte %(day)s. Välj ett annat startdatum.") % {
            "parent": parent.name,
            "day": valid_from.isoformat(),
        }
    return None


def obstacle_to_standing_under(kind: str, parent: Unit) -> str | None:
    allowed = ALLOWED_PARENTS[UnitKind(kind)]
    if parent.kind in allowed:
        return None
    if not allowed:
        return _("%(kind)s kan inte ligga under något annat.") % {"kind": UnitKind(kind).label}
    return _("%(kind)s kan inte ligga under %(parent)s. Välj %(allowed)s.") % {
        "kind": UnitKind(kind).label,
        "parent": parent.name,
        "allowed": one_of([WITHIN[above] for above in UnitKind if above in allowed]),
    }


def obstacle_to_moving(unit: Unit, parent: Unit) -> str | None:
    """Why the unit as it is cannot lie under the parent. In another nämnd it never can: its papers stay where they are."""
    if obstacle := obstacle_to_changing(unit) or obstacle_to_standing_under(unit.kind, parent):
        return obstacle
    if parent.path.startswith(unit.path):
        return _("%(unit)s kan inte ligga under sig själv.") % {"unit": unit.name}
    if parent.pk == unit.parent_id:
        return _("%(unit)s ligger redan under %(parent)s.") % {"unit": unit.name, "parent": parent.name}
    if parent.valid_to is not None:
        return _("%(unit)s är stängd. Välj en enhet som finns kvar.") % {"unit": parent.name}
    if parent.committee_id != unit.committee_id:
        return _("%(parent)s hör till en annan nämnd än %(unit)s.") % {"parent": parent.name, "unit": unit.name}
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


def obstacle_to_beginning_in(unit: Unit) -> str | None:
    """What every operation that begins something asks of the unit it is to belong to."""
    if unit.valid_to is not None and unit.valid_to < timezone.localdate():
        return _("%(unit)s är stängd: sista dagen var %(day)s. Inget nytt kan börjas där.") % {
            "unit": unit.name,
            "day": unit.valid_to.isoformat(),
        }
    return None


def obstacle_to_changing(unit: Unit) -> str | None:
    if unit.valid_to is not None:
        return _("%(unit)s är stängd och kan inte ändras.") % {"unit": unit.name}
    return None


def one_of(words: list) -> str:
    """As in "a", "a eller b", "a, b eller c"."""
    *first, last = [str(word) for word in words]
    return _("%(first)s eller %(last)s") % {"first": ", ".join(first), "last": last} if first else last
