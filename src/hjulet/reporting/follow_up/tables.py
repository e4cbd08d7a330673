from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Link, Table, Tag
from hjulet.reporting.follow_up.states import COLORS

FOLLOW_UPS = Table(
    key="follow-ups",
    caption=_("Uppföljningar"),
    columns=(
        Column("period", _("Period"), lambda f: Link(f.get_period_display(), f), sort=("to_date",)),
        Column("year", _("År"), lambda f: f.plan.year, sort=("plan__year",), number=True),
        Column("unit", _("Nämnd"), lambda f: f.unit.name, sort=("unit__name",)),
        Column("state", _("Läge"), lambda f: Tag(f.get_state_display(), COLORS[f.state]), sort=("state",)),
        Column(
            "meeting",
            _("Sammanträde"),
            lambda f: f.decision and f.decision.meeting_date,
            sort=("decision__meeting_date",),
        ),
    ),
    sort="-period",
)
