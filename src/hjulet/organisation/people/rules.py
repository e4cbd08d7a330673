from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.organisation.deputies.models import Deputyship
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.models import Origin, RoleAssignment
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import assignments_of, holds_anywhere, units_within_reach
from hjulet.organisation.roles.rules import ADMINISTRATOR
from hjulet.organisation.sign_on.configuration import chosen
from hjulet.organisation.units.models import UnitKind


def may_add(person: Person) -> bool:
    return holds_anywhere(person, Permission.ORGANISATION_MANAGE)


def may_manage(person: Person, other: Person) -> bool:
    """Only someone who manages every unit where the other has had a role, also for another: a password opens them all.

    Whoever has had none is managed by the one who added the person, and by those who manage the whole municipality.
    """
    if other.is_machine or not may_add(person):
        return False
    reach = units_within_reach(person, Permission.ORGANISATION_MANAGE)
    lent = Deputyship.objects.filter(person=other).order_by().values("assignment")
    roles = RoleAssignment.objects.filter(Q(person=other) | Q(pk__in=lent))
    if roles.exclude(unit__in=reach).exists():
        return False
    return manages_everything(person) or other.added_by_id == person.pk or roles.exists()


def manages_everything(person: Person) -> bool:
    return person.is_machine or any(
        held.definition.grants(Permission.ORGANISATION_MANAGE) and held.unit.kind == UnitKind.MUNICIPALITY
        for held in assignments_of(person)
    )


def obstacle_to_new_password(other: Person) -> str | None:
    if not other.is_active:
        return _("%(name)s är avstängd från inloggning. Öppna inloggningen först.") % {"name": other.name}
    return None


def obstacle_to_password(person: Person) -> str | None:
    """Where single sign-on is the rule, a password is the way in for local administrators when it is down.

    A role that a login gave does not count: whoever is shut out there must not come in here.
    """
    if settings.PASSWORD_FOR_EVERYONE:
        return None
    held = RoleAssignment.objects.on(timezone.localdate()).filter(person=person, role=ADMINISTRATOR, origin=Origin.HAND)
    if held.exists():
        return None
    return _("Lösenord är bara till för systemförvaltare. Logga in med %(name)s.") % {"name": chosen().name}


def obstacle_to_coming_in(person: Person) -> str | None:
    if not person.is_active or person.is_machine:
        return _("Kontot är avstängt. Fråga din systemförvaltare.")
    return None


def obstacle_to_linking(links: int) -> str | None:
    """An address that has changed hands must not open the account of whoever had it before."""
    if links:
        return _(
            "E-postadressen är redan kopplad till en annan inloggning. Be din systemförvaltare att koppla loss den."
        )
    return None


def obstacle_to_unlinking(other: Person, links: int) -> str | None:
    if not links:
        return _("%(name)s är inte kopplad till någon inloggningstjänst.") % {"name": other.name}
    return None


def obstacle_to_stopping(other: Person, by: Person) -> str | None:
    if other.pk == by.pk:
        return _("Du kan inte stänga din egen inloggning. Be en annan systemförvaltare.")
    if not other.is_active:
        return _("%(name)s är redan avstängd från inloggning.") % {"name": other.name}
    return None


def obstacle_to_allowing(other: Person) -> str | None:
    if other.is_active:
        return _("%(name)s kan redan logga in.") % {"name": other.name}
    return None


def obstacle_to_removing_second_step(other: Person, second_steps: int) -> str | None:
    if second_steps == 0:
        return _("%(name)s loggar in utan andra steg; det finns inget att ta bort.") % {"name": other.name}
    return None
