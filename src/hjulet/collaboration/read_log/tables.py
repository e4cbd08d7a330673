from django.utils.translation import gettext_lazy as _

from hjulet.audit.models import Reading
from hjulet.base.tables import Column, Table, Tag
from hjulet.collaboration.read_log.words import what, when


def outside(reading: Reading) -> Tag | str:
    return Tag(_("Utanför uppdraget"), "warning") if reading.is_outside else ""


AT = Column("at", _("När"), when, sort=("at",))
PERSON = Column("person", _("Vem"), lambda r: r.person_name, sort=("person_name",))
WHAT = Column("what", _("Vad"), what, sort=("target_type", "target_id"))
REST = (
    Column("how", _("Hur"), lambda r: r.get_how_display(), sort=("how",)),
    Column("unit", _("Enhet"), lambda r: r.unit_name),
    Column("acting_as", _("I rollen"), lambda r: r.acting_as),
    Column("outside", _("Uppdrag"), outside, sort=("is_outside",)),
    Column("reason", _("Skäl"), lambda r: r.reason),
    Column("details", _("Mer"), lambda r: r.details, is_extra=True),
    Column("hash", _("Kontrollsumma"), lambda r: r.hash[:16], is_extra=True),
)

READINGS = Table(
    key="readings", caption=_("Läslogg"), columns=(AT, PERSON, WHAT, *REST), sort="-at", can_be_saved=False
)
MINE = Table(
    key="my-readings", caption=_("Det jag har läst"), columns=(AT, WHAT, *REST), sort="-at", can_be_saved=False
)
