from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Deadline, Link, Many, Table, Tag
from hjulet.monitoring.indicators.models import Indicator
from hjulet.monitoring.indicators.outcomes import outcome_of, target_in_words
from hjulet.monitoring.indicators.pages import standing_now
from hjulet.monitoring.indicators.parts import Measurement
from hjulet.monitoring.indicators.states import COLORS, MeasurementState


def aim(indicator: Indicator) -> str:
    return target_in_words(indicator.aims[0]) if indicator.aims else str(_("Inget mål satt"))


def outcome_tag(measurement: Measurement) -> Tag | None:
    """The verdict of one that is measured; nothing before that, for missing is no verdict."""
    if measurement.state != MeasurementState.MEASURED:
        return None
    outcome = outcome_of(measurement)
    return Tag(outcome.words, outcome.color, outcome.figure)


def state_of(indicator: Indicator) -> Tag:
    return Tag(_("Används"), "success") if indicator.is_in_use else Tag(_("Upphävt"))


INDICATORS = Table(
    key="indicators",
    caption=_("Nyckeltal"),
    columns=(
        Column("name", _("Nyckeltal"), lambda i: Link(i.name, i), sort=("name",), fields=("name",)),
        Column("unit", _("Enhet"), lambda i: i.unit_name, sort=("unit__path",)),
        Column(
            "owner",
            _("Ansvarig"),
            lambda i: i.owner,
            sort=("owner_person__name", "owner_role"),
            fields=("owner_person", "owner_role"),
            in_file=lambda i: i.owner_in_file,
        ),
        Column(
            "frequency", _("Hur ofta"), lambda i: i.frequency.name, sort=("frequency__order",), fields=("frequency",)
        ),
        Column("target", _("Mål"), aim),
        Column("standing", _("Läget nu"), standing_now),
        Column("next_due_date", _("Mäts nästa gång"), lambda i: Deadline(i.next_due_date), sort=("next_due_date",)),
        Column("state", _("Läge"), state_of, sort=("withdrawn_date",), is_extra=True),
        Column("kind", _("Mäts som"), lambda i: i.get_kind_display(), sort=("kind",), is_extra=True),
        Column("measure", _("Måttenhet"), lambda i: i.measure, is_extra=True),
        Column("direction", _("Riktning"), lambda i: i.get_direction_display(), is_extra=True),
        Column("area", _("Kvalitetsområde"), lambda i: i.quality_area, is_extra=True, fields=("quality_area",)),
        Column("definition", _("Vad mäts"), lambda i: i.definition, is_extra=True, fields=("definition",)),
        Column("numerator", _("Täljare"), lambda i: i.numerator, is_extra=True, fields=("numerator",)),
        Column("denominator", _("Nämnare"), lambda i: i.denominator, is_extra=True, fields=("denominator",)),
        Column("source", _("Källa"), lambda i: i.source, is_extra=True, fields=("source",)),
        Column("method", _("Metod"), lambda i: i.method, is_extra=True, fields=("method",)),
        Column("collected_by", _("Samlas in av"), lambda i: i.collected_by, is_extra=True, fields=("collected_by",)),
        Column(
            "first_valid_date",
            _("Gäller från"),
            lambda i: i.first_valid_date,
            sort=("first_valid_date",),
            is_extra=True,
        ),
        Column(
            "last_reviewed_date",
            _("Senast sett över"),
            lambda i: i.last_reviewed_date,
            sort=("last_reviewed_date",),
            is_extra=True,
        ),
        Column("question", _("Att ta ställning till"), lambda i: i.question, is_extra=True, fields=("question",)),
    ),
    sort="name",
    many=(Many("indicators:change_many", _("Ändra de valda")),),
    read_in="indicators:read_in",
)

MEASUREMENTS = Table(
    key="measurements",
    caption=_("Mätningar"),
    columns=(
        Column("name", _("Nyckeltal"), lambda m: Link(m.indicator.name, m), sort=("indicator__name",)),
        Column("unit", _("Enhet"), lambda m: m.unit_name, sort=("unit__path",)),
        Column(
            "owner",
            _("Ansvarig"),
            lambda m: m.owner,
            sort=("indicator__owner_person__name", "indicator__owner_role"),
        ),
        Column("period", _("Period"), lambda m: m.period, sort=("period_start",)),
        Column(
            "due_date",
            _("Klar senast"),
            lambda m: Deadline(m.due_date, m.state == MeasurementState.PLANNED),
            sort=("due_date",),
        ),
        Column("state", _("Läge"), lambda m: Tag(MeasurementState(m.state).label, COLORS[m.state]), sort=("state",)),
        Column("outcome", _("Utfall"), outcome_tag),
        Column("target", _("Mål"), lambda m: target_in_words(m.target) if m.target else "", is_extra=True),
        Column("measured_date", _("Mätt den"), lambda m: m.measured_date, sort=("measured_date",), is_extra=True),
        Column("comment", _("Kommentar"), lambda m: m.comment, is_extra=True),
        Column("missing_reason", _("Varför ej mätt"), lambda m: m.missing_reason, is_extra=True),
    ),
    sort="due_date",
    many=(Many("indicators:leave_out_many", _("Markera de valda som ej mätta")),),
)
