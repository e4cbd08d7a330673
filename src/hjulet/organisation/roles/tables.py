from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Link, Many, Table

HOLDERS = Table(
    key="holders",
    caption=_("Vem som har vilken roll"),
    columns=(
        Column("role", _("Roll"), lambda held: str(held.definition.name), sort=("role",)),
        Column(
            "person",
            _("Person"),
            lambda held: Link(held.person, held.person),
            sort=("person__name",),
        ),
        Column("unit", _("Enhet"), lambda held: Link(held.unit, held.unit), sort=("unit__path",)),
        Column("valid_from", _("Från och med"), lambda held: held.valid_from, sort=("valid_from",)),
        Column("valid_to", _("Till och med"), lambda held: held.valid_to, sort=("valid_to",)),
    ),
    sort="unit",
    many=(Many("roles:end_many", _("Avsluta de valda rollerna")),),
)
