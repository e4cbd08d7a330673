from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Link, Table, Tag
from hjulet.planning.goals.models import Goal


def state_of(goal: Goal) -> Tag:
    return Tag(_("Gäller"), "success") if goal.is_in_force else Tag(_("Upphävt"))


GOALS = Table(
    key="goals",
    caption=_("Mål"),
    columns=(
        Column("title", _("Mål"), lambda g: Link(g.title, g), sort=("title",)),
        Column("level", _("Nivå"), lambda g: g.level.name, sort=("level__order",)),
        Column("parent", _("Bidrar till"), lambda g: g.parent and g.parent.title, sort=("parent__title",)),
        Column("unit", _("Enhet"), lambda g: g.unit_name, sort=("unit__path",)),
        Column("owner", _("Ansvarig"), lambda g: g.owner, sort=("owner_person__name", "owner_role")),
        Column("period", _("Period"), lambda g: g.period, sort=("first_year", "last_year")),
        Column("state", _("Läge"), state_of, sort=("withdrawn_at",)),
    ),
    sort="level",
)
