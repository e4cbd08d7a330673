from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Link, Table

GROUP_ROLES = Table(
    key="group-roles",
    caption=_("Vad grupperna ger"),
    columns=(
        Column("value", _("Grupp"), lambda row: Link(row.value, row), sort=("value",)),
        Column("role", _("Roll"), lambda row: str(row.definition.name), sort=("role",)),
        Column("unit", _("Enhet"), lambda row: Link(row.unit, row.unit), sort=("unit__path",)),
    ),
    sort="value",
    can_be_saved=False,
)
