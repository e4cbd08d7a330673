from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Link, Table

INTRODUCTION_TEMPLATES = Table(
    key="introduction_templates",
    caption=_("Mallar för introduktion"),
    columns=(
        Column("name", _("Mall"), lambda t: Link(t.name, t), sort=("name",)),
        Column("unit", _("Enhet"), lambda t: t.unit_name, sort=("unit__path",)),
        Column("role", _("Roll"), lambda t: t.role_name, sort=("role",)),
        Column("total", _("Punkter"), lambda t: t.total, number=True),
        Column("closed_date", _("Används inte från och med"), lambda t: t.closed_date, sort=("closed_date",)),
    ),
    sort="unit",
    can_be_saved=False,
)
