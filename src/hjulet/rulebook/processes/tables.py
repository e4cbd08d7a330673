from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Deadline, Link, Table, Tag
from hjulet.rulebook.processes.states import COLORS, ProcessState

PROCESSES = Table(
    key="processes",
    caption=_("Processer"),
    columns=(
        Column("title", _("Process"), lambda p: Link(p.title, p), sort=("title",)),
        Column("unit", _("Enhet"), lambda p: p.unit_name, sort=("unit__path",)),
        Column("owner", _("Ansvarig"), lambda p: p.owner, sort=("owner_person__name", "owner_role")),
        Column("quality_area", _("Kvalitetsområde"), lambda p: p.quality_area, sort=("quality_area__order",)),
        Column("state", _("Läge"), lambda p: Tag(ProcessState(p.state).label, COLORS[p.state]), sort=("state",)),
        Column("adopted_date", _("Fastställd"), lambda p: p.adopted_date, sort=("adopted_date",)),
        Column(
            "next_review_date", _("Ses över senast"), lambda p: Deadline(p.next_review_date), sort=("next_review_date",)
        ),
        Column("acts", _("Enligt"), lambda p: ", ".join(p.acts), is_extra=True),
        Column("collaboration", _("Samverkan"), lambda p: _("Ja") if p.has_collaboration else "", is_extra=True),
    ),
    sort="title",
)
