from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Link, Table, Tag
from hjulet.planning.risks.states import COLORS

ANALYSES = Table(
    key="analyses",
    caption=_("Riskanalyser"),
    columns=(
        Column("analysis", _("Riskanalys"), lambda a: Link(a, a), sort=("-year", "unit__path")),
        Column("year", _("År"), lambda a: a.year, sort=("year",), number=True),
        Column("unit", _("Enhet"), lambda a: a.unit_name, sort=("unit__path",)),
        Column("state", _("Läge"), lambda a: Tag(a.get_state_display(), COLORS[a.state]), sort=("state",)),
        Column("risks", _("Risker"), lambda a: a.risk_count, sort=("risk_count",), number=True),
        Column("matrix", _("Bedömd på"), lambda a: Link(a.matrix, a.matrix), sort=("matrix__number",)),
    ),
    sort="analysis",
)
