from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Table

DECISIONS = Table(
    key="decisions",
    caption=_("Nämndbeslut"),
    columns=(
        Column("meeting_date", _("Sammanträdesdag"), lambda d: d.meeting_date, sort=("meeting_date",)),
        Column("committee", _("Nämnd"), lambda d: d.committee.name, sort=("committee__path",)),
        Column("paragraph", _("Paragraf"), lambda d: d.paragraph),
        Column("registry_number", _("Diarienummer"), lambda d: d.registry_number, sort=("registry_number",)),
        Column("subject", _("Ärende"), lambda d: d.subject, sort=("subject",)),
        Column("recorded_by", _("Infört av"), lambda d: d.recorded_by.name, sort=("recorded_by__name",)),
    ),
    sort="-meeting_date",
)
