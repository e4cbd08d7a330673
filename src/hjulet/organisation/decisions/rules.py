from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds
from hjulet.organisation.units.models import Unit, UnitKind


def may_record(person: Person, committee: Unit) -> bool:
    return holds(person, Permission.DECISIONS_RECORD, committee)


def why_not_record(person: Person, committee: Unit) -> str | None:
    """What the grey button says to those who may see it but not press it."""
    if may_record(person, committee):
        return None
    return _(
        "Bara nämnden själv kan besluta i detta; beslutet får inte delegeras (KL 6 kap. 38 §). "
        "Den som är nämndsekreterare för %(committee)s för in vad nämnden har beslutat."
    ) % {"committee": committee.name}


def obstacle_to_recording(committee: Unit, meeting_date: date) -> str | None:
    if committee.kind != UnitKind.COMMITTEE:
        return _("%(unit)s är ingen nämnd. Välj den nämnd som har fattat beslutet.") % {"unit": committee.name}
    if meeting_date > timezone.localdate():
        return _("Sammanträdet har inte varit än. För in beslutet när nämnden har beslutat.")
    return None
