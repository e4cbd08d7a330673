"""Who may, and what stands in the way. A `may_…` decides whether the button is there, an `obstacle_…` what it says."""

from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.monitoring.indicators.models import Indicator, IndicatorTarget
from hjulet.monitoring.indicators.parts import Measurement
from hjulet.monitoring.indicators.scales import OPERATORS, Direction, obstacle_to_value
from hjulet.monitoring.indicators.states import WORKFLOW
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds, holds_anywhere
from hjulet.rulebook.models import Process


def may_define(person: Person, unit: Unit) -> bool:
    return holds(person, Permission.INDICATORS_EDIT, unit)


def may_define_anywhere(person: Person) -> bool:
    return holds_anywhere(person, Permission.INDICATORS_EDIT)


def may_change(person: Person, indicator: Indicator) -> bool:
    return may_define(person, indicator.unit)


def may_measure(person: Person, measurement: Measurement) -> bool:
    """Whoever leads the work where it is measured or above, and whoever was made responsible for it."""
    return holds(person, Permission.INDICATORS_EDIT, measurement.unit) or (
        measurement.is_owned_by(person) and holds_anywhere(person, Permission.INDICATORS_MEASURE)
    )


def may_measure_any(person: Person) -> bool:
    """Whether there can be any measurement that the person may make: what `may_measure` asks of the roles."""
    return may_define_anywhere(person) or holds_anywhere(person, Permission.INDICATORS_MEASURE)


def may_choose_for(person: Person, process: Process) -> bool:
    """Whoever describes the process says what shows that it works."""
    return holds(person, Permission.RULEBOOK_EDIT, process.unit)


def obstacle_to_changing(indicator: Indicator) -> str | None:
    if indicator.is_in_use:
        return None
    return _("Nyckeltalet är upphävt och kan inte längre ändras.")


def obstacle_to_changing_what_is_measured(indicator: Indicator) -> str | None:
    """Figures of another kind, or in another unit of measure, do not belong in the same row, nor under a set target."""
    if indicator.measurements.measured().exists():
        return _("Det finns redan mätningar. Upphäv nyckeltalet och definiera ett nytt för att mäta på ett annat sätt.")
    if any(not target.never_held for target in indicator.targets.all()):
        return _("Det finns redan ett mål. Upphäv nyckeltalet och definiera ett nytt för att mäta på ett annat sätt.")
    return None


def obstacle_to_measuring_in(indicator_unit: Unit, unit: Unit) -> str | None:
    if unit.path.startswith(indicator_unit.path):
        return None
    return _("%(unit)s ligger inte i %(over)s, som nyckeltalet hör till.") % {
        "unit": unit.name,
        "over": indicator_unit.name,
    }


def obstacle_to_setting_target(indicator: Indicator) -> str | None:
    if obstacle := obstacle_to_changing(indicator):
        return obstacle
    if indicator.direction == Direction.NEUTRAL:
        return _("Varken högre eller lägre är bättre för det här nyckeltalet. Då finns det inget mål att sätta.")
    return None


def obstacle_to_measure(indicator: Indicator, measure: str) -> str | None:
    """A target in another unit than the figures can neither be reached nor missed."""
    if measure == indicator.measure:
        return None
    return _("Nyckeltalet mäts i ”%(measure)s”, men målet anges i ”%(given)s”. De ska ha samma måttenhet.") % {
        "measure": indicator.measure,
        "given": measure,
    }


def obstacle_to_figure(indicator: Indicator, value: Decimal) -> str | None:
    return obstacle_to_value(value, kind=indicator.kind, scale_steps=indicator.scale_steps)


def obstacle_to_beginning_on(indicator: Indicator, valid_from: date, standing: list[IndicatorTarget]) -> str | None:
    """A target takes over from the one before it; it never slips in before one that is set already."""
    if valid_from < indicator.first_valid_date:
        return _("Nyckeltalet gäller från %(day)s. Målet kan inte börja gälla tidigare.") % {
            "day": indicator.first_valid_date
        }
    later = [target for target in standing if target.valid_from >= valid_from and not target.never_held]
    if later:
        return _(
            "Ett mål som gäller från %(day)s är redan satt. Välj en senare dag, eller avsluta det målet först."
        ) % {"day": later[0].valid_from}
    return None


def obstacle_to_ending(target: IndicatorTarget, last_date: date, last_measured: date | None) -> str | None:
    """`last_measured` is the last day of the latest period that was judged by the target."""
    if target.valid_to is not None and last_date >= target.valid_to:
        return _("Målet slutar redan gälla %(day)s.") % {"day": target.valid_to}
    if last_measured is not None and last_date < last_measured:
        return _("En mätning till och med %(day)s är bedömd mot målet. Välj den dagen eller en senare.") % {
            "day": last_measured
        }
    return None


def operator_of(indicator: Indicator) -> str:
    return OPERATORS[Direction(indicator.direction)]


def obstacle_to_move(measurement: Measurement, move: str) -> str | None:
    """Why this move is not open now; figures also wait for their period to begin."""
    if obstacle := WORKFLOW.obstacle_to(move, measurement.state):
        return obstacle
    if move in {"record", "restore", "leave_out"} and not measurement.indicator.is_in_use:
        return _("Nyckeltalet är upphävt. Det mäts inte längre.")
    if move == "record" and measurement.period_start > timezone.localdate():
        return _("Perioden börjar %(day)s. Registrera mätningen då.") % {"day": measurement.period_start}
    return None


def obstacle_to_process(process: Process, unit: Unit) -> str | None:
    """A process is measured by what its own nämnd measures; one of the whole municipality by any."""
    if process.unit.committee_id in {None, unit.committee_id}:
        return None
    return _("”%(process)s” hör till en annan nämnd.") % {"process": process.title}
