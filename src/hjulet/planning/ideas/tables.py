from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Deadline, Link, Table, Tag
from hjulet.planning.ideas.states import COLORS

IDEAS = Table(
    key="ideas",
    caption=_("Idéer"),
    columns=(
        Column("title", _("Idé"), lambda i: Link(i.title, i), sort=("title",)),
        Column("unit", _("Enhet"), lambda i: i.unit_name, sort=("unit__path",)),
        Column("state", _("Läge"), lambda i: Tag(i.get_state_display(), COLORS[i.state]), sort=("state",)),
        Column("proposed_at", _("Föreslagen"), lambda i: timezone.localdate(i.proposed_at), sort=("proposed_at",)),
        Column(
            "answer_by_date",
            _("Besvaras senast"),
            lambda i: Deadline(i.answer_by_date, i.is_waiting) if i.is_waiting else None,
            sort=("answer_by_date",),
        ),
        Column("answer", _("Svar"), lambda i: i.answer),
        Column("proposed_by", _("Föreslagen av"), lambda i: i.shown_name, is_extra=True),
        Column("why", _("Varför"), lambda i: i.why, is_extra=True),
        Column("place", _("Var"), lambda i: i.place, is_extra=True),
        Column("result", _("Vad blev det av idén"), lambda i: i.result, is_extra=True),
    ),
    sort="-proposed_at",
)
