from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Link, Table, Tag
from hjulet.reporting.outside_links.models import OutsidePlace


def standing(place: OutsidePlace) -> Tag:
    address = place.address
    if address.checked_at is None:
        return Tag(_("Inte prövad"), "neutral")
    if address.failures:
        return Tag(
            _("Finns inte") if address.is_gone else _("Svarar inte"), "danger" if address.is_broken else "warning"
        )
    return Tag(_("Fungerar"), "success")


OUTSIDE_LINKS = Table(
    key="outside_links",
    caption=_("Länkar till andra"),
    columns=(
        Column("url", _("Adress"), lambda p: Link(p.address.url, p.address.url), sort=("address__url",)),
        Column("state", _("Läge"), standing, sort=("address__failures", "address__checked_at")),
        Column("since", _("Svarar inte sedan"), lambda p: p.address.failing_since, sort=("address__failing_since",)),
        Column("target", _("Står i"), lambda p: Link(str(p.target), p.target)),
        Column("unit", _("Enhet"), lambda p: p.unit.name if p.unit else "", sort=("unit__path",)),
        Column("checked", _("Senast prövad"), lambda p: p.address.checked_at, sort=("address__checked_at",)),
    ),
    sort="-state",
)
