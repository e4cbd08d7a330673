from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Link, Table, Tag
from hjulet.rulebook.introductions.states import COLORS

INTRODUCTIONS = Table(
    key="introductions",
    caption=_("Introduktioner"),
    columns=(
        Column("name", _("Introduktion"), lambda i: Link(i.name, i), sort=("name",)),
        Column("person", _("Ny medarbetare"), lambda i: i.person.name, sort=("person__name",)),
        Column("unit", _("Enhet"), lambda i: i.unit.name, sort=("unit__path",)),
        Column("supervisor", _("Handledare"), lambda i: i.supervisor.name, sort=("supervisor__name",)),
        Column("start_date", _("Första dag"), lambda i: i.start_date, sort=("start_date",)),
        Column("state", _("Läge"), lambda i: Tag(i.get_state_display(), COLORS[i.state]), sort=("state",)),
        Column("left", _("Kvar att signera"), lambda i: i.left or 0, number=True),
        Column("total", _("Punkter"), lambda i: i.total, number=True, is_extra=True),
    ),
    sort="-start_date",
    can_be_saved=False,
)
