from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Deadline, Link, Table, Tag
from hjulet.monitoring.log_review.models import Review
from hjulet.monitoring.log_review.states import COLORS, ReviewState


def doubted(review: Review) -> Tag | str:
    return Tag(_("att följa upp"), "warning", review.doubted) if review.doubted else ""  # type: ignore[attr-defined]


REVIEWS = Table(
    key="reviews",
    caption=_("Granskningar av läsloggen"),
    columns=(
        Column("period", _("Period"), lambda r: Link(r.period, r), sort=("period_start",)),
        Column("unit", _("Nämnd"), lambda r: r.unit.name, sort=("plan__unit__path",)),
        Column("owner", _("Granskare"), lambda r: r.plan.owner),
        Column(
            "due_date",
            _("Klar senast"),
            lambda r: Deadline(r.due_date, r.state != ReviewState.SIGNED),
            sort=("due_date",),
        ),
        Column("state", _("Läge"), lambda r: Tag(r.get_state_display(), COLORS[r.state]), sort=("state",)),
        Column("drawn", _("I stickprovet"), lambda r: r.drawn, sort=("drawn",), number=True),
        Column("doubted", _("Oklara eller obehöriga"), doubted, sort=("doubted",)),
        Column("signed", _("Undertecknad av"), lambda r: r.signed_name),
    ),
    sort="-period",
)
