from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Link, Table, Tag
from hjulet.organisation.reorganisations.states import COLORS

REORGANISATIONS = Table(
    key="reorganisations",
    caption=_("Omorganisationer"),
    columns=(
        Column("what", _("Omorganisation"), lambda r: Link(r, r), sort=("kind", "unit__name")),
        Column("effective_date", _("Gäller från"), lambda r: r.effective_date, sort=("effective_date",)),
        Column("basis", _("Vilar på beslut"), lambda r: r.basis),
        Column("state", _("Läge"), lambda r: Tag(r.get_state_display(), COLORS[r.state]), sort=("state",)),
    ),
    sort="-effective_date",
)
