from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.organisation.decisions.rules import may_record as may_record_for
from hjulet.organisation.delegations.models import DelegatedDecision, Delegation
from hjulet.organisation.delegations.states import Standing
from hjulet.organisation.deputies.models import Deputyship
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.models import RoleAssignment
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import granted, holds_anywhere, holds_within
from hjulet.organisation.roles.roles import ROLES
from hjulet.organisation.units.models import Unit, UnitKind

EDITING = (Permission.REGISTERS_MANAGE, Permission.DECISIONS_RECORD)
STANDING_ALONE = [role.key for role in ROLES.values() if role.stands_alone]


def may_edit(person: Person, committee: Unit) -> bool:
    """Those who keep the registers of the nämnd, wherever in it they hold the role, and its secretary."""
    return holds_within(person, EDITING, committee)


def may_edit_anywhere(person: Person) -> bool:
    return any(holds_anywhere(person, permission) for permission in EDITING)


def may_adopt(person: Person, committee: Unit) -> bool:
    """What the nämnd decided of its delegation order is recorded by whoever records its other decisions."""
    return may_record_for(person, committee)


def may_report(person: Person, delegated: DelegatedDecision) -> bool:
    return may_record_for(person, delegated.committee)


def obstacle_to_proposing(committee: Unit) -> str | None:
    if committee.kind != UnitKind.COMMITTEE:
        return _("%(unit)s är ingen nämnd. Delegationsordningen hör till en nämnd.") % {"unit": committee.name}
    return None


def obstacle_to_delegating(*, is_delegable: bool, role: str, sub_delegating_role: str) -> str | None:
    """The sentence of the database's own constraint: the nämnd alone decides what may not be delegated."""
    if is_delegable:
        return None if role else _("Välj vilken roll som får besluta.")
    if role or sub_delegating_role:
        return _("Beslutet får inte delegeras: nämnden beslutar själv, och ingen roll kan väljas.")
    return None


def obstacle_to_changing(delegation: Delegation) -> str | None:
    if delegation.decision_id is not None:
        return _("Raden är beslutad av nämnden. Föreslå en ändring, så att nämnden beslutar om den.")
    if delegation.withdrawn_at is not None:
        return _("Förslaget är tillbakadraget.")
    if delegation.valid_to is not None:
        return _("Raden är avslutad.")
    return None


def obstacle_to_replacing(delegation: Delegation) -> str | None:
    if delegation.decision_id is None:
        return _("Raden är inte beslutad av nämnden. Ändra den i stället.")
    if delegation.valid_to is not None:
        return _("Raden slutar gälla %(day)s.") % {"day": delegation.valid_to.isoformat()}
    if delegation.replaced_by.filter(withdrawn_at=None).exists():
        return _("Det finns redan ett förslag till ändring av raden.")
    return None


def obstacle_to_ending(delegation: Delegation, valid_to: date | None = None) -> str | None:
    """Only what has been decided, or what the law keeps for the nämnd, has an end; a proposal is withdrawn."""
    if delegation.is_delegable and delegation.decision_id is None:
        return _("Raden är inte beslutad av nämnden. Dra tillbaka förslaget i stället.")
    if delegation.valid_to is not None:
        return _("Raden är redan avslutad: sista dagen är %(day)s.") % {"day": delegation.valid_to.isoformat()}
    if valid_to is not None and valid_to < timezone.localdate() - timedelta(days=1):
        return _("Välj en dag från och med i går: det som redan är beslutat med stöd av raden ska gälla.")
    return None


def obstacle_to_adopting(proposals: int) -> str | None:
    return None if proposals else _("Det finns inget förslag att besluta om.")


def obstacle_to_deciding(person: Person, delegation: Delegation, unit: Unit, on: date) -> str | None:
    """Why the person does not decide in the unit under the row that day. Learns in whose place the person would."""
    if delegation.standing_on(on) != Standing.IN_FORCE:
        return _("%(row)s gäller inte %(day)s.") % {"row": delegation, "day": on.isoformat()}
    if unit.committee_id != delegation.committee_id:
        return _("%(row)s är delegerat av %(committee)s och gäller inte i %(unit)s.") % {
            "row": delegation,
            "committee": delegation.committee.name,
            "unit": unit.name,
        }
    if not granted(person, roles_held(person, unit, on).filter(role=delegation.role).select_related("person")):
        return _("Bara %(role)s för %(unit)s får besluta enligt %(row)s.") % {
            "role": delegation.role_name.lower(),
            "unit": unit.name,
            "row": delegation,
        }
    return None


def obstacle_to_recording(on: date) -> str | None:
    return _("Beslutet kan inte ha fattats efter i dag.") if on > timezone.localdate() else None


def obstacle_to_reporting(delegated: DelegatedDecision) -> str | None:
    if delegated.reported_in is not None:
        return _("Beslutet är redan anmält.")
    return None if delegated.must_be_reported else _("Beslutet behöver inte anmälas till nämnden.")


def obstacle_to_reporting_together(rows: Collection[DelegatedDecision]) -> str | None:
    """One meeting is that of one nämnd."""
    if len({delegated.unit.committee_id for delegated in rows}) > 1:
        return _("Välj beslut från en nämnd i taget: de anmäls vid var sitt sammanträde.")
    return None


def roles_held(person: Person, unit: Unit, on: date) -> QuerySet[RoleAssignment]:
    """What the person holds in the unit or above it on the day, and what is lent by those the person stands in for."""
    lent = Deputyship.objects.on(on).filter(person=person).order_by().values("assignment")
    own = Q(person=person) | Q(pk__in=lent) & ~Q(role__in=STANDING_ALONE)
    return RoleAssignment.objects.on(on).filter(own, unit__in=unit.lineage).order_by("pk")
