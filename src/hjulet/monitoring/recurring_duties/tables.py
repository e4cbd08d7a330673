from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Deadline, Link, Table, Tag
from hjulet.monitoring.recurring_duties.states import COLORS, DutyState

DUTIES = Table(
    key="duties",
    caption=_("Årsuppgifter"),
    columns=(
        Column("title", _("Uppgift"), lambda d: Link(d.title, d), sort=("title",)),
        Column("kind", _("Slag"), lambda d: d.get_kind_display(), sort=("kind",)),
        Column("unit", _("Enhet"), lambda d: d.unit_name, sort=("unit__path",)),
        Column("owner", _("Ansvarig"), lambda d: d.owner, sort=("owner_person__name", "owner_role")),
        Column("frequency", _("Hur ofta"), lambda d: d.frequency.name, sort=("frequency__order",)),
        Column("next_due_date", _("Nästa gång"), lambda d: Deadline(d.next_due_date), sort=("next_due_date",)),
        Column("legal_basis", _("Lagrum eller beslut"), lambda d: d.legal_basis, is_extra=True),
        Column("last_date", _("Stoppad"), lambda d: d.last_date, sort=("last_date",), is_extra=True),
    ),
    sort="title",
)

DUTY_OCCURRENCES = Table(
    key="duty_occurrences",
    caption=_("Årets uppgifter"),
    columns=(
        Column("title", _("Uppgift"), lambda o: Link(o.duty.title, o), sort=("duty__title",)),
        Column("kind", _("Slag"), lambda o: o.duty.get_kind_display(), sort=("duty__kind",)),
        Column("unit", _("Enhet"), lambda o: o.unit_name, sort=("duty__unit__path",)),
        Column("owner", _("Ansvarig"), lambda o: o.duty.owner, sort=("duty__owner_person__name", "duty__owner_role")),
        Column(
            "due_date",
            _("Klar senast"),
            lambda o: Deadline(o.due_date, o.state == DutyState.PLANNED),
            sort=("due_date",),
        ),
        Column("state", _("Läge"), lambda o: Tag(o.get_state_display(), COLORS[o.state]), sort=("state",)),
        Column("done_date", _("Gjord"), lambda o: o.done_date, sort=("done_date",), is_extra=True),
        Column("result", _("Resultat"), lambda o: o.result, is_extra=True),
        Column("link", _("Länk"), lambda o: o.link, is_extra=True),
    ),
    sort="due_date",
)
