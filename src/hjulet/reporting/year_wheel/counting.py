"""What of a year is asked for, and how many things of each layer stand how in each month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import ExtractMonth

from hjulet.actions.models import EffectCheck
from hjulet.actions.queries import actions_visible_to
from hjulet.actions.states import OPEN, ActionState
from hjulet.monitoring.indicators.queries import measurements_visible_to
from hjulet.monitoring.indicators.states import MeasurementState
from hjulet.monitoring.recurring_duties.models import DutyOccurrence
from hjulet.monitoring.recurring_duties.queries import duty_occurrences_visible_to
from hjulet.monitoring.recurring_duties.states import DutyState
from hjulet.monitoring.self_monitoring.queries import occurrences_visible_to
from hjulet.monitoring.self_monitoring.states import OccurrenceState
from hjulet.organisation.models import Person, Unit
from hjulet.reporting.year_wheel.layers import Layer
from hjulet.reporting.year_wheel.standings import Standing, standing_in_sql


@dataclass(frozen=True)
class Asked:
    """What of the year is asked for."""

    unit: Unit | None = None
    duty_kind: str = ""
    role: str = ""
    only_mine: bool = False
    has_duties: bool = True
    has_controls: bool = True
    has_measurements: bool = True
    has_planning: bool = True
    has_agreements: bool = True
    has_actions: bool = False


def duties(person: Person, committee: Unit, year: int, asked: Asked) -> QuerySet[DutyOccurrence]:
    rows = sifted(duty_occurrences_visible_to(person), "duty__", person, committee, asked).filter(due_date__year=year)
    return (rows.filter(duty__kind=asked.duty_kind) if asked.duty_kind else rows).order_by("due_date", "pk")


def sifted(rows: Any, path: str, person: Person, committee: Unit, asked: Asked, *, owner: str | None = None) -> Any:
    """Those in the nämnd, or the unit, that the role or the person answers for; `path` leads to what is owned.

    `owner` leads to the owner where that stands on another row than the unit.
    """
    rows = rows.filter(**{f"{path}unit__path__startswith": (asked.unit or committee).path})
    if asked.role:
        rows = rows.filter(**{f"{path if owner is None else owner}owner_role": asked.role})
    return rows.owned_by(person) if asked.only_mine else rows


def counts(person: Person, committee: Unit, year: int, asked: Asked, today: date) -> dict[tuple, int]:
    """How many by layer, month and standing: one statement however many layers are asked for."""
    layers = list(counted_layers(person, committee, year, asked, today))
    if not layers:
        return {}
    first, *others = layers
    rows = first.union(*others, all=True) if others else first
    return {(Layer(layer), month, Standing(standing)): count for layer, month, standing, count in rows}


def counted_layers(person: Person, committee: Unit, year: int, asked: Asked, today: date) -> Iterator[QuerySet]:
    if asked.has_duties:
        rows = duties(person, committee, year, asked).exclude(state=DutyState.NOT_APPLICABLE)
        yield by_month(
            Layer.DUTIES,
            rows,
            "due_date",
            done=Q(state=DutyState.DONE),
            late=Q(due_date__lt=today),
            begun=Q(begins_date__lte=today),
        )
    if asked.has_controls:
        rows = sifted(occurrences_visible_to(person), "control__", person, committee, asked)
        yield by_month(
            Layer.CONTROLS,
            rows.filter(due_date__year=year).exclude(state=OccurrenceState.NOT_APPLICABLE),
            "due_date",
            done=Q(state=OccurrenceState.DONE),
            late=Q(due_date__lt=today),
            begun=Q(period_start__lte=today),
        )
    if asked.has_measurements:
        rows = sifted(measurements_visible_to(person), "", person, committee, asked, owner="indicator__")
        yield by_month(
            Layer.MEASUREMENTS,
            rows.filter(due_date__year=year).exclude(state=MeasurementState.NOT_MEASURED),
            "due_date",
            done=Q(state=MeasurementState.MEASURED),
            late=Q(due_date__lt=today),
            begun=Q(period_start__lte=today),
        )
    if asked.has_actions:
        actions = sifted(actions_visible_to(person), "", person, committee, asked)
        yield by_month(
            Layer.ACTIONS,
            actions.filter(due_date__year=year).exclude(state=ActionState.CANCELLED),
            "due_date",
            done=~Q(state__in=OPEN),
            late=Q(due_date__lt=today),
            begun=~Q(state=ActionState.PLANNED),
        )
        checks = EffectCheck.objects.filter(action=OuterRef("pk")).order_by()
        yield by_month(
            Layer.EFFECTS,
            actions.filter(effect_due_date__year=year).exclude(state=ActionState.CANCELLED),
            "effect_due_date",
            done=Exists(checks) | Q(state=ActionState.CLOSED),
            late=Q(effect_due_date__lt=today),
            begun=Q(state=ActionState.DONE),
        )


def by_month(layer: Layer, rows: QuerySet, day: str, *, done: Any, late: Q, begun: Q) -> QuerySet:
    return (
        rows.order_by()
        .annotate(
            layer=Value(layer.value),
            month=ExtractMonth(F(day)),
            standing=standing_in_sql(done=done, late=late, begun=begun),
        )
        .values_list("layer", "month", "standing")
        .annotate(count=Count("pk"))
    )
