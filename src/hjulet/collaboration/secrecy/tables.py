from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hjulet.base.tables import Column, Link, Table, Tag
from hjulet.collaboration.secrecy.queries import what_is_marked
from hjulet.organisation.models import Marking


def state(marking: Marking) -> Tag:
    return Tag(_("Hävd"), "neutral") if marking.lifted_at else Tag(_("Gäller"), "danger")


MARKINGS = Table(
    key="markings",
    caption=gettext_lazy("Sekretessmarkeringar"),
    columns=(
        Column("what", gettext_lazy("Vad"), lambda m: Link(what_is_marked(m), m), sort=("target_type", "target_id")),
        Column("unit", gettext_lazy("Enhet"), lambda m: m.unit.name, sort=("unit__path",)),
        Column("provision", gettext_lazy("Bestämmelse"), lambda m: m.get_provision_display(), sort=("provision",)),
        Column("set_at", gettext_lazy("Markerad"), lambda m: timezone.localdate(m.set_at), sort=("set_at",)),
        Column("set_by", gettext_lazy("Av"), lambda m: m.set_by, sort=("set_by__name",)),
        Column("authority", gettext_lazy("Myndighet"), lambda m: m.authority, is_extra=True),
        Column("state", gettext_lazy("Läge"), state, sort=("lifted_at",)),
    ),
    sort="-set_at",
)
