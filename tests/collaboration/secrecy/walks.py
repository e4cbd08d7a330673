"""A marked row and its people, reached by the real operations."""

from dataclasses import dataclass

from hjulet.actions.models import Action
from hjulet.audit.models import Reading
from hjulet.collaboration.secrecy import operations
from hjulet.organisation.models import Marking, Person, Unit
from hjulet.organisation.secrecy.models import Provision
from tests import factories
from tests.actions.walks import plan

SECRET = "Sekretessord"


@dataclass
class Home:
    """A unit whose manager has marked an action; a lawyer may open it, and an auditor reads all but secrets."""

    committee: Unit
    unit: Unit
    manager: Person
    lawyer: Person
    auditor: Person
    action: Action
    marking: Marking


def home():
    committee = factories.committee()
    unit = factories.unit(committee)
    manager = factories.person("Karin Ek", unit_manager=unit)
    action = plan(manager, unit, title=f"Utred {SECRET}", description=f"Om {SECRET}.")
    return Home(
        committee=committee,
        unit=unit,
        manager=manager,
        lawyer=factories.person("Lars Lag", lawyer=committee),
        auditor=factories.person("Rune Rev", auditor=committee),
        action=action,
        marking=mark(action, manager),
    )


def mark(target, by, provision=Provision.SOCIAL_SERVICES, reason="Rör en enskild."):
    return operations.mark_secret(target, by=by, provision=provision, reason=reason)


def open_marked(marking, by, reason="Begäran om utlämnande."):
    return operations.open_marked(marking, by=by, reason=reason)


def readings():
    """The log as short lines: who, how, what, why."""
    rows = Reading.objects.order_by("pk")
    return [(row.person_name, row.how, f"{row.target_type} {row.target_id}", row.reason) for row in rows]
