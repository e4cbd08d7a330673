from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Deadline, Link, Many, Table, Tag
from hjulet.monitoring.self_monitoring.models import PHASE_COLORS, Control, Occurrence
from hjulet.monitoring.self_monitoring.outcomes import outcome_of
from hjulet.monitoring.self_monitoring.states import COLORS, OccurrenceState


def outcome_tag(occurrence: Occurrence) -> Tag | None:
    """The verdict of one that is done; nothing before that, for missing is no verdict."""
    if occurrence.state != OccurrenceState.DONE:
        return None
    outcome = outcome_of(occurrence)
    return Tag(outcome.words, outcome.color, outcome.figure)


def latest_outcome(control: Control) -> Tag | None:
    return outcome_tag(control.latest[0]) if control.latest else None


CONTROLS = Table(
    key="controls",
    caption=_("Egenkontroller"),
    columns=(
        Column("title", _("Egenkontroll"), lambda c: Link(c.title, c), sort=("title",), fields=("title",)),
        Column("unit", _("Enhet"), lambda c: c.unit_name, sort=("unit__path",)),
        Column(
            "owner",
            _("Ansvarig"),
            lambda c: c.owner,
            sort=("owner_person__name", "owner_role"),
            fields=("owner_person", "owner_role"),
            in_file=lambda c: c.owner_in_file,
        ),
        Column(
            "frequency", _("Hur ofta"), lambda c: c.frequency.name, sort=("frequency__order",), fields=("frequency",)
        ),
        Column("target", _("Mål"), lambda c: c.target_in_words),
        Column("latest", _("Senaste utfall"), latest_outcome),
        Column("next_due_date", _("Nästa tillfälle"), lambda c: Deadline(c.next_due_date), sort=("next_due_date",)),
        Column("phase", _("Läge"), lambda c: Tag(c.phase.label, PHASE_COLORS[c.phase])),
        Column("method", _("Metod"), lambda c: c.method, is_extra=True, fields=("method",)),
        Column(
            "starts_date",
            _("Börjar"),
            lambda c: c.starts_date,
            sort=("starts_date",),
            is_extra=True,
            fields=("starts_date",),
        ),
        Column(
            "ends_date", _("Slutar"), lambda c: c.ends_date, sort=("ends_date",), is_extra=True, fields=("ends_date",)
        ),
        Column("area", _("Kvalitetsområde"), lambda c: c.quality_area, is_extra=True, fields=("quality_area",)),
        Column(
            "comparator",
            _("Målet är"),
            lambda c: c.get_comparator_display(),
            is_extra=True,
            fields=("comparator",),
        ),
        Column("target_number", _("Målvärde"), lambda c: c.target, number=True, is_extra=True, fields=("target",)),
        Column("measure", _("Måttenhet"), lambda c: c.measure, is_extra=True, fields=("measure",)),
        Column("requirement", _("Vilket krav"), lambda c: c.requirement, is_extra=True, fields=("requirement",)),
        Column("purpose", _("Varför"), lambda c: c.purpose, is_extra=True, fields=("purpose",)),
    ),
    sort="title",
    many=(Many("self_monitoring:change_many", _("Ändra de valda")),),
    read_in="self_monitoring:read_in",
)

OCCURRENCES = Table(
    key="occurrences",
    caption=_("Kontrolltillfällen"),
    columns=(
        Column("title", _("Egenkontroll"), lambda o: Link(o.control.title, o), sort=("control__title",)),
        Column("unit", _("Enhet"), lambda o: o.unit_name, sort=("control__unit__path",)),
        Column(
            "owner",
            _("Ansvarig"),
            lambda o: o.control.owner,
            sort=("control__owner_person__name", "control__owner_role"),
        ),
        Column("period", _("Period"), lambda o: o.period, sort=("period_start",)),
        Column(
            "due_date",
            _("Klar senast"),
            lambda o: Deadline(o.due_date, o.state == OccurrenceState.PLANNED),
            sort=("due_date",),
        ),
        Column("state", _("Läge"), lambda o: Tag(OccurrenceState(o.state).label, COLORS[o.state]), sort=("state",)),
        Column("outcome", _("Utfall"), outcome_tag),
        Column("done_date", _("Gjord"), lambda o: o.done_date, sort=("done_date",), is_extra=True),
        Column("checked_count", _("Antal granskade"), lambda o: o.checked_count, number=True, is_extra=True),
        Column("finding", _("Vad visade kontrollen"), lambda o: o.finding, is_extra=True),
    ),
    sort="due_date",
    many=(Many("self_monitoring:set_aside_many", _("Markera de valda som inte aktuella")),),
)
