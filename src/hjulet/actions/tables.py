from django.utils.translation import gettext_lazy as _

from hjulet.actions.states import COLORS, OPEN, ActionState
from hjulet.base.tables import Column, Deadline, Link, Table, Tag

ACTIONS = Table(
    key="actions",
    caption=_("Åtgärder"),
    columns=(
        Column("title", _("Åtgärd"), lambda a: Link(a.title, a), sort=("title",)),
        Column("unit", _("Enhet"), lambda a: a.unit_name, sort=("unit__path",)),
        Column("owner", _("Ansvarig"), lambda a: a.owner, sort=("owner_person__name", "owner_role")),
        Column("due_date", _("Klart senast"), lambda a: Deadline(a.due_date, a.state in OPEN), sort=("due_date",)),
        Column("type", _("Typ"), lambda a: a.type, sort=("type__order",)),
        Column("state", _("Läge"), lambda a: Tag(a.get_state_display(), COLORS[a.state]), sort=("state",)),
        Column("description", _("Vad ska göras"), lambda a: a.description, is_extra=True),
        Column("completed_date", _("Genomförd"), lambda a: a.completed_date, sort=("completed_date",), is_extra=True),
        Column(
            "effect_due_date",
            _("Effekten bedöms senast"),
            lambda a: Deadline(a.effect_due_date, a.state == ActionState.DONE),
            sort=("effect_due_date",),
            is_extra=True,
        ),
    ),
    sort="due_date",
    many="actions:change_many",
)
