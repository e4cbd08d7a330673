from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Link, Table, Tag
from hjulet.planning.quality_plan.states import COLORS

PLANS = Table(
    key="plans",
    caption=_("Kvalitetsplaner"),
    columns=(
        Column("plan", _("Plan"), lambda p: Link(p, p), sort=("year", "unit__name", "version")),
        Column("unit", _("Nämnd"), lambda p: p.unit.name, sort=("unit__name",)),
        Column("year", _("År"), lambda p: p.year, sort=("year",), number=True),
        Column("version", _("Version"), lambda p: p.version, sort=("version",), number=True),
        Column("state", _("Läge"), lambda p: Tag(p.get_state_display(), COLORS[p.state]), sort=("state",)),
        Column(
            "adopted", _("Antagen"), lambda p: p.decision and p.decision.meeting_date, sort=("decision__meeting_date",)
        ),
    ),
    sort="-plan",
)
