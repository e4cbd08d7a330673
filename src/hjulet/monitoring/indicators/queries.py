"""Which indicators and measurements there are for whom; what their pages show is put together in `pages`."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.lookups import Exact
from django.utils import timezone

from hjulet.base.expressions import Sifted
from hjulet.collaboration.conversation.queries import never_spoken_of
from hjulet.monitoring.indicators.models import Indicator, IndicatorTarget, IndicatorTemplate, MeasuredUnit
from hjulet.monitoring.indicators.parts import Measurement
from hjulet.monitoring.indicators.states import MeasurementState
from hjulet.monitoring.self_monitoring.periods import Period, missing
from hjulet.organisation.models import Person, Unit
from hjulet.rulebook.models import Process
from hjulet.rulebook.processes.queries import processes_visible_to

RELATED = ("indicator__unit", "indicator__owner_person", "indicator__frequency", "unit", "target", "measured_by")


def indicators_visible_to(person: Person) -> QuerySet[Indicator]:
    """Where every page about indicators starts."""
    return Indicator.objects.visible_to(person).select_related("unit", "owner_person", "frequency", "quality_area")


def indicators_listed_for(person: Person) -> QuerySet[Indicator]:
    """With the target that holds today in `aims`, what decides how it stands, and the next day to measure."""
    today = timezone.localdate()
    planned = Measurement.objects.filter(indicator=OuterRef("pk"), state=MeasurementState.PLANNED).order_by("due_date")
    return (
        indicators_standing_for(person)
        .annotate(next_due_date=Subquery(planned.values("due_date")[:1]))
        .prefetch_related(Prefetch("targets", IndicatorTarget.objects.on(today), to_attr="aims"))
    )


def indicators_standing_for(person: Person) -> QuerySet[Indicator]:
    """With, in `latest`, of each unit the last that was measured and the last that should be: how it stands now."""
    latest = latest_of(Measurement.objects.visible_to(person), timezone.localdate())
    return indicators_visible_to(person).prefetch_related(Prefetch("measurements", latest, to_attr="latest"))


def latest_of(rows: QuerySet[Measurement], day: date) -> QuerySet[Measurement]:
    """Of each indicator and unit the latest that is measured, and the latest that should be by the day."""
    measured = Q(state=MeasurementState.MEASURED)
    should_be = measured | Q(state=MeasurementState.NOT_MEASURED) | Q(due_date__lt=day)
    later = Measurement.objects.filter(
        indicator=OuterRef("indicator"), unit=OuterRef("unit"), period_end__gt=OuterRef("period_end")
    ).order_by()
    is_last = measured & ~Q(Exists(later.filter(measured))) | should_be & ~Q(Exists(later.filter(should_be)))
    return rows.filter(is_last).select_related("indicator", "unit", "target").order_by("period_end", "pk")


def measurements_visible_to(person: Person) -> QuerySet[Measurement]:
    """Where every page about measurements starts."""
    return Measurement.objects.visible_to(person).select_related(*RELATED)


def measurements_listed_for(person: Person) -> QuerySet[Measurement]:
    """For the table, which may be a file of twenty thousand: only what a row of it tells."""
    rows = Measurement.objects.visible_to(person)
    rows = rows.select_related("indicator__unit", "indicator__owner_person", "unit", "target")
    return rows.defer("indicator__definition", "indicator__question")


def measurements_awaiting(person: Person, *, day: date | None = None) -> QuerySet[Measurement]:
    """What the person is responsible for and whose period is over or is to be measured, the most urgent first."""
    return (
        measurements_visible_to(person)
        .owned_by(person)
        .filter(Exact(Sifted("state"), Value(MeasurementState.PLANNED)), period_start__lte=day or timezone.localdate())
        .order_by("due_date", "pk")
    )


def untouched(indicator: Indicator, *, day: date) -> list[Measurement]:
    """Measurements still to come that nobody has done or said anything about: those a new calendar may replace."""
    waiting = indicator.measurements.filter(state=MeasurementState.PLANNED, due_date__gte=day, steps=None)
    return never_spoken_of(waiting)


def behind(last: date) -> QuerySet[Indicator]:
    """Those in use with a unit where nothing is laid out to the day."""
    reached = Measurement.objects.filter(
        indicator=OuterRef("indicator"), unit=OuterRef("unit"), period_end__gte=last
    ).order_by()
    short = MeasuredUnit.objects.filter(~Exists(reached), indicator=OuterRef("pk")).order_by()
    return Indicator.objects.in_use().filter(Exists(short)).order_by("pk")


def earlier_periods(indicator: Indicator, unit: Unit) -> list[Period]:
    """Those since the first valid day that nobody has been asked for in the unit, latest first."""
    rows = indicator.measurements.filter(unit=unit).values_list("period_start", "period_end")
    yesterday = timezone.localdate() - timedelta(days=1)
    there = {Period(*ends) for ends in rows}
    return missing(indicator.frequency.months, there, indicator.first_valid_date, yesterday)[::-1]


def units_measured(indicator: Indicator) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=indicator.places.order_by().values("unit")).order_by("path")


def all_templates() -> QuerySet[IndicatorTemplate]:
    return IndicatorTemplate.objects.select_related("frequency")


def indicators_to_choose(person: Person, unit: Unit) -> QuerySet[Indicator]:
    """What may show how something of the unit goes: those in use in its nämnd; any, for the whole municipality."""
    rows = indicators_visible_to(person).in_use().order_by("name", "pk")
    return rows if unit.committee_id is None else rows.filter(unit__committee=unit.committee_id)


def indicators_beside(person: Person, process: Process) -> QuerySet[Indicator]:
    """Those chosen as measures of the process that the person may see."""
    return indicators_standing_for(person).filter(processes=process).order_by("name", "pk")


def process_of(person: Person, pk: int) -> QuerySet[Process]:
    return processes_visible_to(person).filter(pk=pk)
