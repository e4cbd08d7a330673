from django.utils.translation import gettext_lazy as _

from hjulet.actions.states import COLORS, OPEN, ActionState
from hjulet.base.tables import Column, Deadline, Link, Many, Table, Tag

ACTIONS = Table(
    key="actions",
    caption=_("Åtgärder"),
    columns=(
        Column(
            "title",
            _("Åtgärd"),
            lambda a: Link(a.title, a, warning=a.is_secret and _("Sekretess")),
            sort=("title",),
            fields=("title",),
        ),
        Column("unit", _("Enhet"), lambda a: a.unit_name, sort=("unit__path",)),
        Column(
            "owner",
            _("Ansvarig"),
            lambda a: a.owner,
            sort=("owner_person__name", "owner_role"),
            fields=("owner_person", "owner_role"),
            in_file=lambda a: a.owner_in_file,
        ),
        Column(
            "due_date",
            _("Klart senast"),
            lambda a: Deadline(a.due_date, a.state in OPEN),
            sort=("due_date",),
            fields=("due_date",),
        ),
        Column("type", _("Typ"), lambda a: a.type, sort=("type__order",), fields=("type",)),
        Column("state", _("Läge"), lambda a: Tag(ActionState(a.state).label, COLORS[a.state]), sort=("state",)),
        Column("description", _("Vad ska göras"), lambda a: a.description, is_extra=True, fields=("description",)),
        Column("completed_date", _("Genomförd"), lambda a: a.completed_date, sort=("completed_date",), is_extra=True),
        Column(
            "effect_due_date",
            _("Effekten bedöms senast"),
            lambda a: Deadline(a.effect_due_date, a.state == ActionState.DONE),
            sort=("effect_due_date",),
            is_extra=True,
            fields=("effect_due_date",),
        ),
        Column("secrecy", _("Sekretess"), lambda a: _("Ja") if a.is_secret else "", is_extra=True),
    ),
    sort="due_date",
    many=(Many("actions:change_many", _("Ändra de valda")),),
    read_in="actions:read_in",
)
