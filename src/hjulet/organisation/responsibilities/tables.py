from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Link, Table, Tag

RESPONSIBILITIES = Table(
    key="responsibilities",
    caption=_("Ansvar för områden"),
    columns=(
        Column("area", _("Område"), lambda r: Link(r.area, r), sort=("area__order", "area__name")),
        Column("role", _("Ansvarig roll"), lambda r: r.role_name, sort=("role",)),
        Column("unit", _("Enhet"), lambda r: r.unit_name, sort=("unit__path",)),
        Column("marks", _("Ansvarar för att"), lambda r: r.in_words),
        Column(
            "held", _("I dag"), lambda r: _("Någon har rollen") if r.held else Tag(_("Ingen har rollen"), "warning")
        ),
        Column("comment", _("Kommentar"), lambda r: r.comment, is_extra=True),
        Column("valid_from", _("Gäller från"), lambda r: r.valid_from, sort=("valid_from",), is_extra=True),
        Column("valid_to", _("Till och med"), lambda r: r.valid_to, sort=("valid_to",), is_extra=True),
    ),
    sort="area",
)
