from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Link, Many, Table, Tag
from hjulet.planning.goals.models import Goal


def state_of(goal: Goal) -> Tag:
    return Tag(_("Gäller"), "success") if goal.is_in_force else Tag(_("Upphävt"))


GOALS = Table(
    key="goals",
    caption=_("Mål"),
    columns=(
        Column("title", _("Mål"), lambda g: Link(g.title, g), sort=("title",), fields=("title",)),
        Column("level", _("Nivå"), lambda g: g.level.name, sort=("level__order",), fields=("level",)),
        Column(
            "parent",
            _("Bidrar till"),
            lambda g: g.parent and g.parent.title,
            sort=("parent__title",),
            fields=("parent",),
        ),
        Column("unit", _("Enhet"), lambda g: g.unit_name, sort=("unit__path",)),
        Column(
            "owner",
            _("Ansvarig"),
            lambda g: g.owner,
            sort=("owner_person__name", "owner_role"),
            fields=("owner_person", "owner_role"),
            in_file=lambda g: g.owner_in_file,
        ),
        Column("period", _("Period"), lambda g: g.period, sort=("first_year", "last_year")),
        Column("state", _("Läge"), state_of, sort=("withdrawn_at",)),
        Column("first_year", _("Från år"), lambda g: g.first_year, number=True, is_extra=True, fields=("first_year",)),
        Column(
            "last_year", _("Till och med år"), lambda g: g.last_year, number=True, is_extra=True, fields=("last_year",)
        ),
        Column("description", _("Beskrivning"), lambda g: g.description, is_extra=True, fields=("description",)),
    ),
    sort="level",
    many=(Many("goals:change_many", _("Ändra de valda")),),
    read_in="goals:read_in",
)
