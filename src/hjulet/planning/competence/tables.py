from typing import Any

from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Deadline, Link, Table, Tag
from hjulet.planning.competence.models import GATE


def shown(figure: str) -> Any:
    """The figure, or in words why there is none: missing is not zero."""

    def cell(need: Any) -> Any:
        if need.counted_date is None:
            return _("inte räknat")
        if not need.is_shown:
            return _("färre än %(least)s") % {"least": GATE.threshold}
        return getattr(need, figure)

    return cell


def gap(need: Any) -> Any:
    if need.counted_date is None or not need.is_shown:
        return shown("shown_gap")(need)
    return Tag(_("fattas"), "warning", need.shown_gap) if need.shown_gap else Tag(_("Inget fattas"), "success")


NEEDS = Table(
    key="needs",
    caption=_("Kompetens"),
    columns=(
        Column("unit", _("Enhet"), lambda n: n.unit_name, sort=("unit__path", "role_title", "competence__order")),
        Column("role_title", _("Roll"), lambda n: Link(n.role_title, n), sort=("role_title",)),
        Column("competence", _("Kompetens"), lambda n: n.competence, sort=("competence__order",)),
        Column("needed", _("Behövs"), lambda n: n.needed, sort=("needed",), number=True),
        Column("have", _("Har"), shown("shown_have"), sort=("shown_have",), number=True),
        Column("gap", _("Fattas"), gap, sort=("shown_gap",)),
        Column("plan", _("Plan"), lambda n: n.plan, fields=("plan",)),
        Column(
            "plan_due_date",
            _("Planen klar senast"),
            lambda n: Deadline(n.plan_due_date, n.ended_date is None),
            sort=("plan_due_date",),
            fields=("plan_due_date",),
        ),
        Column(
            "owner",
            _("Ansvarig"),
            lambda n: n.owner,
            sort=("owner_person__name", "owner_role"),
            fields=("owner_person", "owner_role"),
            in_file=lambda n: n.owner_in_file,
            is_extra=True,
        ),
        Column("headcount", _("Anställda i rollen"), shown("shown_headcount"), number=True, is_extra=True),
        Column("counted_date", _("Räknat"), lambda n: n.counted_date, sort=("counted_date",), is_extra=True),
        Column("area", _("Område"), lambda n: n.competence.area, is_extra=True),
        Column("legal_basis", _("Lagrum eller beslut"), lambda n: n.competence.legal_basis, is_extra=True),
        Column("ended", _("Behövs inte längre från"), lambda n: n.ended_date, is_extra=True),
    ),
    sort="unit",
    read_in="competence:read_in",
)
