from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Link, Table

COPIES = Table(
    key="copies",
    caption=_("Texter som liknar varandra"),
    columns=(
        Column("pair", _("Jämför"), lambda c: Link(_("%s %% lika") % round(c.likeness * 100), c), sort=("likeness",)),
        Column("first", _("Dokument"), lambda c: Link(c.first.title, c.first.document)),
        Column("first_unit", _("Enhet"), lambda c: c.first.document.unit_name),
        Column("second", _("Det andra dokumentet"), lambda c: Link(c.second.title, c.second.document)),
        Column("second_unit", _("Dess enhet"), lambda c: c.second.document.unit_name),
        Column("kept", _("Båda behövs"), lambda c: c.kept_reason),
    ),
    sort="-pair",
)
