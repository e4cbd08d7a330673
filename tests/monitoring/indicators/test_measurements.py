"""What is entered: whole, of its kind, and kept for ever beside what it is corrected to."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from hjulet.audit.models import Event
from hjulet.base.operations import EditConflict, Refused
from hjulet.collaboration.comments.operations import comment_on
from hjulet.monitoring.indicators import operations as indicators
from hjulet.monitoring.indicators.measurements import operations
from hjulet.monitoring.indicators.outcomes import target_in_words
from hjulet.monitoring.indicators.queries import behind, earlier_periods
from hjulet.monitoring.indicators.states import MeasurementState as S
from hjulet.monitoring.models import MeasuredUnit, MeasuredValue, Measurement, MeasurementStep
from hjulet.monitoring.self_monitoring.periods import Period
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.reorganisations.operations import plan_reorganisation
from tests.factories import municipality, person, unit
from tests.monitoring.indicators.walks import TODAY, aim_at, calendar, correct, define, measurement_at, record, turn
from tests.organisation.reorganisations.walks import home, merged

pytestmark = pytest.mark.django_db

FILL_IN = ["Fyll i det här."]
FOREIGN = ["Det här hör inte till hur nyckeltalet mäts."]


def refusal(action):
    with pytest.raises(ValidationError) as error:
        action()
    return error.value.message_dict


NOTHING = {"count": None, "total": None, "value": None, "answers": []}


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("share", {}, {"count": FILL_IN}),
        ("share", {"count": 3}, {"total": ["Minst en ska ha räknats. Fanns ingen: markera som ej mätt."]}),
        ("share", {"count": 0, "total": 0}, {"total": ["Minst en ska ha räknats. Fanns ingen: markera som ej mätt."]}),
        ("share", {"count": 6, "total": 5}, {"count": ["Högst så många som räknades: 5."]}),
        (
            "share",
            {"count": 3, "total": 5, "value": Decimal(60)},
            {"value": ["Fyll i antalen eller andelen, inte båda."]},
        ),
        ("share", {"value": Decimal(101)}, {"value": ["Skriv ett tal från 0 till 100."]}),
        (
            "share",
            {"value": Decimal(60), "total": 0},
            {"total": ["Minst ett svar ska finnas. Fanns inget: markera som ej mätt."]},
        ),
        (
            "share",
            {"value": Decimal(60), "is_census": True},
            {"is_census": ["Bara när antalen är ifyllda går det att säga att alla är räknade."]},
        ),
        ("share", {"count": 3, "total": 5, "answers": [1]}, {"answers": FOREIGN}),
        ("mean", {}, {"value": FILL_IN}),
        ("mean", {"answers": [0, 0, 0, 0, 0]}, {"value": FILL_IN}),
        ("mean", {"answers": [1, 2, 3]}, {"answers": ["Ange hur många som svarade varje steg på skalan."]}),
        ("mean", {"answers": [1, 2, 3, 4, -1]}, {"answers": ["Ange hur många som svarade varje steg på skalan."]}),
        ("mean", {"value": Decimal(6)}, {"value": ["Skriv ett tal från 1 till 5, som på skalan."]}),
        ("mean", {"count": 1, "total": 2}, {"count": FOREIGN}),
        ("index", {"value": Decimal(101)}, {"value": ["Skriv ett tal från 0 till 100."]}),
        ("count", {"value": Decimal("1.5")}, {"value": ["Skriv ett helt antal, 0 eller mer."]}),
        ("count", {"value": Decimal(1), "total": 5}, {"total": FOREIGN}),
        ("time", {"value": Decimal(-1)}, {"value": ["En tid kan inte vara mindre än 0."]}),
        ("number", {"value": Decimal(1), "is_census": True}, {"is_census": FOREIGN}),
    ],
)
def test_figures_that_cannot_be_are_refused(home_care, manager, kind, given, said):
    measurement = turn(define(manager, home_care, kind=kind))

    assert refusal(lambda: record(measurement, manager, **NOTHING | given)) == said
    assert turn(measurement.indicator).state == S.PLANNED


@pytest.mark.parametrize("day", [date(2026, 2, 28), date(2026, 3, 17)])
def test_a_day_outside_the_period_or_still_to_come_is_refused(home_care, manager, day):
    measurement = turn(define(manager, home_care))

    assert refusal(lambda: record(measurement, manager, measured_date=day)) == {
        "measured_date": ["Välj en dag från 2026-03-01 till i dag."]
    }


@pytest.mark.parametrize(
    ("kind", "given", "figure"),
    [
        ("share", {"count": 1, "total": 3}, Decimal(100) / 3),
        ("share", {"value": Decimal("33.3")}, Decimal("33.3")),
        ("mean", {"answers": [0, 0, 1, 1, 1]}, Decimal(4)),
        ("mean", {"answers": [1, 0, 0, 0, 2]}, Decimal(11) / 3),
        ("mean", {"value": Decimal("3.5"), "total": 20}, Decimal("3.5")),
        ("count", {"value": Decimal(0)}, Decimal(0)),
        ("number", {"value": Decimal("-12.5")}, Decimal("-12.5")),
    ],
)
def test_the_figure_is_kept_unrounded(home_care, manager, kind, given, figure):
    measurement = record(turn(define(manager, home_care, kind=kind)), manager, **NOTHING | given)

    assert turn(measurement.indicator).figure == figure


def test_the_answers_give_the_mean_and_the_number(home_care, manager):
    measurement = record(turn(define(manager, home_care, kind="mean")), manager, answers=[1, 0, 0, 0, 2])

    assert (measurement.value, measurement.total, measurement.answers) == (Decimal("3.6667"), 3, [1, 0, 0, 0, 2])


def test_who_when_and_against_what_is_kept_and_audited(home_care, manager):
    indicator = define(manager, home_care)
    aim_at(indicator, manager)

    measurement = record(turn(indicator), manager, comment=" Sex ärenden fattas. ", is_census=True)

    assert (measurement.measured_by, measurement.measured_date, measurement.comment, measurement.is_census) == (
        manager,
        TODAY,
        "Sex ärenden fattas.",
        True,
    )
    event = Event.objects.get(verb="measurement.record")
    assert (event.unit_id, event.after["count"], event.after["total"]) == (home_care.pk, 45, 50)
    [value] = measurement.values.all()
    assert (value.count, value.total, value.is_census, value.by_name, target_in_words(value.target)) == (
        45,
        50,
        True,
        "Karin Ek",
        "minst 90 %",
    )


def test_every_entry_stays_as_it_was(home_care, manager):
    measurement = measurement_at(S.MEASURED, manager, home_care)
    correct(measurement, manager, count=40)
    correct(measurement, manager, total=60, comment="Alla grupper.")

    rows = measurement.values.order_by("pk")
    assert [(row.count, row.total, row.comment, row.reason) for row in rows] == [
        (45, 50, "", ""),
        (40, 50, "", "Fel avläst."),
        (40, 60, "Alla grupper.", "Fel avläst."),
    ]
    standing = turn(measurement.indicator)
    assert (standing.count, standing.total, standing.comment) == (40, 60, "Alla grupper.")


def test_a_correction_is_judged_by_the_same_target(home_care, manager):
    indicator = define(manager, home_care)
    aim_at(indicator, manager, 80)
    measurement = record(turn(indicator), manager)
    aim_at(indicator, manager, 99, valid_from=date(2026, 3, 2))

    correct(measurement, manager, count=44)

    assert target_in_words(turn(indicator).target) == "minst 80 %"


@pytest.mark.parametrize(
    ("given", "stands"),
    [
        ({"answers": [0, 0, 0, 0, 10]}, (Decimal(5), 10, [0, 0, 0, 0, 10])),
        ({"answers": [], "value": Decimal("4.1"), "total": 50}, (Decimal("4.1"), 50, [])),
        ({"comment": "Pappersenkäter medräknade."}, (Decimal("4.2"), 50, [1, 2, 5, 20, 22])),
    ],
)
def test_other_answers_are_another_mean(home_care, manager, given, stands):
    measurement = correct(measurement_at(S.MEASURED, manager, home_care, kind="mean"), manager, **given)

    standing = turn(measurement.indicator)
    assert (standing.value, standing.total, standing.answers) == stands


def test_a_correction_that_changes_nothing_is_refused(home_care, manager):
    measurement = measurement_at(S.MEASURED, manager, home_care)

    with pytest.raises(ValidationError, match="Inget i mätningen är ändrat"):
        correct(measurement, manager, count=45)


def test_who_saves_second_sees_the_first(home_care, manager):
    measurement = measurement_at(S.PLANNED, manager, home_care)
    other = turn(measurement.indicator)
    record(measurement, manager)

    with pytest.raises((EditConflict, Refused)):
        record(other, manager)


def test_what_is_taken_back_can_still_be_read(home_care, manager):
    measurement = measurement_at(S.MEASURED, manager, home_care)

    operations.undo(measurement, by=manager, reason="Fel enhet.")

    standing = turn(measurement.indicator)
    assert (standing.state, standing.figure, standing.measured_date, standing.target) == (S.PLANNED, None, None, None)
    assert [row.count for row in measurement.values.all()] == [45]


def test_left_out_is_not_zero(home_care, manager):
    measurement = measurement_at(S.NOT_MEASURED, manager, home_care)

    standing = turn(measurement.indicator)
    assert (standing.figure, standing.missing_reason) == (None, "Enkäten gick inte ut.")
    operations.restore(standing, by=manager, reason="Enkäten kom.")
    assert turn(measurement.indicator).missing_reason == ""


def test_several_are_left_out_by_the_same_rules(home_care, manager):
    indicator = define(manager, home_care)
    record(turn(indicator), manager)

    with pytest.raises(ValidationError, match="mars 2026: Det går inte att göra detta"):
        operations.leave_out_many(rows=[turn(indicator), turn(indicator, 1)], by=manager, reason="Ingen enkät.")
    assert operations.leave_out_many(rows=[turn(indicator, 1)], by=manager, reason="Ingen enkät.") == 1


@pytest.mark.parametrize("model", [MeasuredValue, MeasurementStep])
def test_the_database_keeps_what_was_entered(home_care, manager, model):
    measurement_at(S.MEASURED, manager, home_care)

    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(by=manager)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all().delete()


# Periods that were over


def test_an_earlier_period_is_brought_in_and_measured(home_care, manager):
    indicator = define(manager, home_care, months=12, first_valid_date=date(2024, 1, 1), lag_days=0)
    aim_at(indicator, manager, 80)

    assert earlier_periods(indicator, home_care) == [
        Period(date(2025, 1, 1), date(2025, 12, 31)),
        Period(date(2024, 1, 1), date(2024, 12, 31)),
    ]
    row = operations.open_period(
        indicator, by=manager, unit=home_care, period=Period(date(2024, 1, 1), date(2024, 12, 31))
    )

    assert (row.period, row.due_date, row.is_overdue) == ("2024", TODAY, False)
    record(row, manager, measured_date=date(2024, 12, 20))
    assert [period.start.year for period in earlier_periods(indicator, home_care)] == [2025]
    assert Event.objects.get(verb="measurement.added").after["period"] == "2024"


@pytest.mark.parametrize(
    "period",
    [
        Period(date(2023, 1, 1), date(2023, 12, 31)),
        Period(date(2024, 1, 1), date(2024, 6, 30)),
        Period(date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_no_period_before_the_first_valid_day_nor_one_that_is_there(home_care, manager, period):
    indicator = define(manager, home_care, months=12, first_valid_date=date(2024, 1, 1))

    assert refusal(lambda: operations.open_period(indicator, by=manager, unit=home_care, period=period)) == {
        "period": ["Den perioden går inte att lägga till."]
    }


def test_a_reader_brings_nothing_in(home_care, manager):
    indicator = define(manager, home_care, months=12, first_valid_date=date(2024, 1, 1))
    period = Period(date(2024, 1, 1), date(2024, 12, 31))

    with pytest.raises(PermissionDenied):
        operations.open_period(indicator, by=person("Ali", employee=home_care), unit=home_care, period=period)


# The clock


def test_time_brings_new_periods_once(home_care, manager, clock):
    indicator = define(manager, home_care, months=12)
    machine = Person.objects.machine()
    clock.move_to("2028-02-01 12:00Z")

    assert operations.create_due_measurements(by=machine, day=date(2028, 2, 1)) == 2
    assert operations.create_due_measurements(by=machine, day=date(2028, 2, 1)) == 0
    assert [row[0] for row in calendar(indicator)] == ["2026-01-01", "2027-01-01", "2028-01-01", "2029-01-01"]
    assert Event.objects.filter(verb="indicator.measurements_planned").count() == 1


def test_nothing_is_brought_to_what_is_withdrawn(home_care, manager):
    indicator = define(manager, home_care)
    indicators.withdraw_indicator(indicator, by=manager, reason="Ersatt.")

    assert list(behind(date(2030, 12, 31))) == []


def test_only_the_clock_brings_new_periods(manager):
    with pytest.raises(PermissionDenied):
        operations.create_due_measurements(by=manager, day=TODAY)


def test_what_somebody_has_spoken_of_is_not_replaced(home_care, manager):
    indicator = define(manager, home_care, months=6)
    comment_on(turn(indicator), by=manager, text="Vi väntar på enkäten.")

    indicators.change_indicator(indicator, by=manager, revision=1, lag_days=0)

    assert [row[2] for row in calendar(indicator)] == ["2026-07-10", "2026-12-31", "2027-06-30", "2027-12-31"]


# Reorganisations


@pytest.fixture
def planner(home_care):
    return person("Stina System", system_administrator=municipality())


def test_what_is_left_to_measure_follows_and_what_is_measured_stays(home_care, manager, planner):
    developer = person("Kim Lund", quality_developer=home_care.committee)
    indicator = define(developer, home_care.committee, months=12, measured_in=[home_care])
    record(turn(indicator), developer)
    south = unit(home_care.committee, "Hemtjänst Syd")

    operations.relocate_measured_unit(indicator.places.get(), by=planner, to=south, day=date(2026, 6, 1))

    rows = indicator.measurements.order_by("period_start")
    assert [(row.unit.name, row.period, row.state) for row in rows] == [
        ("Hemtjänst Norr", "2026", "measured"),
        ("Hemtjänst Syd", "2027", "planned"),
    ]
    assert [place.unit for place in indicator.places.all()] == [south]


def test_where_both_are_measured_one_goes_on_and_what_was_missed_is_left_out(home_care, planner, clock):
    developer = person("Kim Lund", quality_developer=home_care.committee)
    south = unit(home_care.committee, "Hemtjänst Syd")
    indicator = define(developer, home_care.committee, months=1, measured_in=[home_care, south])
    clock.move_to("2026-04-20 12:00Z")

    operations.relocate_measured_unit(
        MeasuredUnit.objects.get(unit=home_care), by=planner, to=south, day=date(2026, 4, 20)
    )

    in_north = Measurement.objects.filter(unit=home_care)
    assert [(row.period, row.state, row.missing_reason) for row in in_north] == [
        ("mars 2026", "not_measured", "Enheten har gått upp i Hemtjänst Syd.")
    ]
    assert [place.unit for place in indicator.places.all()] == [south]
    assert Measurement.objects.filter(unit=south, state=S.PLANNED).count() == 22


def test_two_units_that_become_one_are_measured_as_one_from_that_day(clock):
    place = home()
    indicator = define(
        place.developer, place.committee, months=1, lag_days=0, measured_in=place.units, first_valid_date=TODAY
    )
    own = define(place.developer, place.north, name="Bara Norr", months=12)
    clock.move_to("2026-04-20 12:00Z")
    record(turn(indicator, unit=place.north), place.developer, measured_date=date(2026, 3, 31))

    day = date(2026, 4, 20)
    row = merged(place.administrator, *place.units, effective_date=day)
    plan_reorganisation(row, by=place.administrator, day=day)

    new = Unit.objects.get(name="Hemtjänsten")
    own.refresh_from_db()
    assert (own.unit, {measured.unit for measured in own.measurements.all()}) == (new, {new})
    assert [measured.unit for measured in indicator.places.all()] == [new]
    assert [
        (measured.unit.name, measured.period, measured.state)
        for measured in indicator.measurements.filter(period_end__lt="2026-06-01").order_by(
            "period_start", "unit__path"
        )
    ] == [
        ("Norr Äldrenämnden", "2026-03-16 – 2026-03-31", "measured"),
        ("Hemtjänsten", "2026-03-16 – 2026-03-31", "planned"),
        ("Hemtjänsten", "april 2026", "planned"),
        ("Hemtjänsten", "maj 2026", "planned"),
    ]
    assert set(indicator.measurements.filter(state=S.PLANNED).values_list("unit", flat=True)) == {new.pk}
