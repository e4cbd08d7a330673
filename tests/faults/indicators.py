"""What is measured: an indicator with every text it can have, its targets, and a measurement of each kind."""

from datetime import date
from typing import Any

from hjulet.monitoring.indicators.operations import confirm_indicator, end_target, measure_process, withdraw_indicator
from hjulet.monitoring.indicators.states import MeasurementState
from hjulet.organisation.models import Person
from hjulet.planning.goals.operations import measure_goal, set_goal
from hjulet.planning.models import GoalLevel
from hjulet.rulebook.models import Process
from tests.monitoring.indicators import walks

WORDS = {
    "definition": "Hur stor andel som var nöjda.",
    "numerator": "nöjda",
    "denominator": "svarande",
    "source": "Enkäten",
    "method": "Enkät",
    "collected_by": "Enheten",
    "question": "Vilket mål ska gälla?",
}


def measure(person: Person, committee: Any, place: Any) -> None:
    yearly = walks.define(person, committee, name="Nöjda", months=12, first_valid_date=date(2024, 1, 1), **WORDS)
    confirm_indicator(yearly, by=person)
    over = walks.aim_at(yearly, person, decision="SN 2024 § 4")
    end_target(over, by=person, last_date=date(2025, 12, 31), reason="Målet var för lågt.")
    walks.aim_at(yearly, person, "95", valid_from=date(2026, 1, 1), decision="SN 2026 § 4")
    serve(person, committee, place, yearly)
    for number, state in enumerate(MeasurementState):
        walks.measurement_at(state, person, place, name=f"Mätt {number}")
    said = walks.measurement_at(MeasurementState.MEASURED, person, place, name="Rättad", measured_in=[place])
    walks.correct(said, person, comment="Räknat om.", count=44)
    withdrawn = walks.define(person, place, name="Uppdaterade planer")
    withdraw_indicator(withdrawn, by=person, reason="Mäts på annat sätt.")


def serve(person: Person, committee: Any, place: Any, indicator: Any) -> None:
    """As the measure of a goal that is still being set, and of every process."""
    level = GoalLevel.objects.order_by("order").last()
    for title in ("Nöjda brukare", "Nöjda anhöriga"):
        goal = set_goal(by=person, unit=committee, level=level, title=title, first_year=2026, last_year=2026)
        measure_goal(goal, by=person, indicator=indicator)
    for process in Process.objects.filter(unit__in=[committee, place]):
        measure_process(process, by=person, indicator=indicator)
