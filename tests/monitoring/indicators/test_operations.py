from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from hjulet.audit.models import Event
from hjulet.base.operations import EditConflict, Refused
from hjulet.monitoring.indicators import operations
from hjulet.monitoring.indicators.models import IndicatorTemplate
from hjulet.monitoring.indicators.outcomes import outcome_of, target_in_words
from hjulet.monitoring.indicators.states import MeasurementState as S
from hjulet.monitoring.models import Indicator, IndicatorTarget, Measurement
from tests.factories import committee, municipality, person, unit
from tests.monitoring.indicators.walks import aim_at, calendar, define, measurement_at, record, turn
from tests.monitoring.self_monitoring.walks import every
from tests.rulebook.processes.walks import describe

pytestmark = pytest.mark.django_db


def refusal(action):
    """What a form would show: the sentences by field."""
    with pytest.raises(ValidationError) as error:
        action()
    return error.value.message_dict


# Defining


@pytest.mark.parametrize(
    ("kind", "measure"),
    [
        ("share", "%"),
        ("mean", "på 5-gradig skala"),
        ("index", "av 100"),
        ("count", "kundval"),
        ("time", "dagar"),
        ("number", "kronor"),
    ],
)
def test_one_unit_of_measure_by_kind(home_care, manager, kind, measure):
    assert define(manager, home_care, kind=kind).measure == measure


def test_measurements_are_laid_out_to_the_end_of_next_year_from_the_day_it_is_defined(home_care, manager):
    indicator = define(manager, home_care, months=6, first_valid_date=date(2024, 1, 1))

    assert calendar(indicator) == [
        ("2026-01-01", "2026-06-30", "2026-07-10", "planned"),
        ("2026-07-01", "2026-12-31", "2027-01-10", "planned"),
        ("2027-01-01", "2027-06-30", "2027-07-10", "planned"),
        ("2027-07-01", "2027-12-31", "2028-01-10", "planned"),
    ]


def test_nothing_is_laid_out_before_the_first_valid_day(home_care, manager):
    indicator = define(manager, home_care, months=12, first_valid_date=date(2028, 5, 1))

    assert calendar(indicator) == [("2028-05-01", "2028-12-31", "2029-01-10", "planned")]


def test_continuously_is_summed_up_once_a_year(home_care, manager):
    assert len(calendar(define(manager, home_care, months=None))) == 2


def test_defining_is_audited_with_where_it_is_measured(home_care, manager):
    indicator = define(manager, home_care, months=12)

    event = Event.objects.get(verb="indicator.defined")
    assert (event.target_id, event.unit_id, event.after) == (
        indicator.pk,
        home_care.pk,
        {
            "name": "Barnet har fått tala",
            "measured_in": ["Hemtjänst Norr"],
            "periods": ["2026-01-01–2026-12-31", "2027-01-01–2027-12-31"],
        },
    )


def test_each_unit_is_measured_for_itself(home_care):
    developer = person("Kim Lund", quality_developer=home_care.committee)
    south = unit(home_care.committee, "Hemtjänst Syd")
    indicator = define(developer, home_care.committee, months=12, measured_in=[home_care, south])

    assert {(row.unit.name, row.period) for row in indicator.measurements.all()} == {
        (name, year) for name in ("Hemtjänst Norr", "Hemtjänst Syd") for year in ("2026", "2027")
    }


def test_a_unit_outside_is_refused(home_care, manager):
    elsewhere = unit(home_care.committee, "Hemtjänst Syd")

    assert refusal(lambda: define(manager, home_care, measured_in=[elsewhere])) == {
        "measured_in": ["Hemtjänst Syd ligger inte i Hemtjänst Norr, som nyckeltalet hör till."]
    }


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"numerator": ""}, "Skriv vad som räknas i täljaren och i nämnaren: det är en andel."),
        (
            {"kind": "mean", "scale_steps": None},
            "Ange antal steg, 2–10, för ett medelvärde på en skala, och annars inget.",
        ),
        (
            {"kind": "mean", "scale_steps": 11},
            "Ange antal steg, 2–10, för ett medelvärde på en skala, och annars inget.",
        ),
        ({"scale_steps": 5}, "Ange antal steg, 2–10, för ett medelvärde på en skala, och annars inget."),
        ({"kind": "time", "measure": " "}, "Skriv vad det mäts i, till exempel dagar eller kundval."),
        ({"smallest": 2}, "Minsta antal är ett tal från 3 till 30, eller tomt."),
        ({"lag_days": 367}, "En mätning ska vara klar inom ett år efter perioden."),
        (
            {"owner_role": "employee", "owner_person": "manager"},
            "Välj en person eller en roll som ansvarig, inte båda.",
        ),
    ],
)
def test_nonsense_is_refused(home_care, manager, given, said):
    if "owner_person" in given:
        given = given | {"owner_person": manager}

    assert refusal(lambda: define(manager, home_care, **given)) == {"__all__": [said]}


def test_whoever_may_not_define_is_refused(home_care):
    with pytest.raises(PermissionDenied):
        define(person("Ali Strand", employee=home_care), home_care)


# Templates


def template(**given):
    defaults = {
        "key": "child_met",
        "name": "Barnet har träffats",
        "definition": "Ärenden där barnet har träffats.",
        "kind": "share",
        "measure": "%",
        "direction": "higher",
        "numerator": "ärenden där barnet har träffats",
        "denominator": "alla ärenden",
        "frequency": every(12),
        "owner_role": "unit_manager",
        "target": Decimal(100),
        "target_measure": "%",
    }
    row = IndicatorTemplate(**defaults | given)
    row.full_clean()
    row.save()
    return row


def test_a_template_is_taken_in_once_from_the_beginning_of_the_year_with_its_target(home_care, manager):
    row = template()

    [indicator] = operations.define_from_templates(by=manager, unit=home_care, templates=[row])

    assert (indicator.name, indicator.template, indicator.owner_role, indicator.first_valid_date) == (
        "Barnet har träffats",
        row,
        "unit_manager",
        date(2026, 1, 1),
    )
    assert [target_in_words(target) for target in indicator.targets.all()] == ["minst 100 %"]
    assert operations.define_from_templates(by=manager, unit=home_care, templates=[row]) == []


def test_a_template_without_a_target_says_what_is_to_be_decided(home_care, manager):
    row = template(target=None, target_measure="", question="Vilket mål?")

    [indicator] = operations.define_from_templates(by=manager, unit=home_care, templates=[row])

    assert (indicator.question, list(indicator.targets.all())) == ("Vilket mål?", [])


def test_what_is_withdrawn_may_be_taken_in_again(home_care, manager):
    row = template()
    [indicator] = operations.define_from_templates(by=manager, unit=home_care, templates=[row])
    operations.withdraw_indicator(indicator, by=manager, reason="Fel start.")

    assert len(operations.define_from_templates(by=manager, unit=home_care, templates=[row])) == 1


def test_the_target_of_a_template_has_the_measure_of_its_figures():
    with pytest.raises(ValidationError, match="samma måttenhet"):
        template(target=Decimal(4), target_measure="på 5-gradig skala")


# Changing


def test_change_is_audited_and_what_is_the_same_is_not(home_care, manager):
    indicator = define(manager, home_care)

    operations.change_indicator(
        indicator, by=manager, revision=1, name="Ett bättre namn", definition=indicator.definition
    )

    event = Event.objects.get(verb="indicator.changed")
    assert (event.before, event.after) == ({"name": "Barnet har fått tala"}, {"name": "Ett bättre namn"})
    operations.change_indicator(indicator, by=manager, revision=2, name="Ett bättre namn")
    assert Event.objects.filter(verb="indicator.changed").count() == 1


def test_who_saves_second_sees_the_first(home_care, manager):
    indicator = define(manager, home_care)
    operations.change_indicator(indicator, by=manager, revision=1, name="Först")

    with pytest.raises(EditConflict):
        operations.change_indicator(indicator, by=manager, revision=1, name="Sist")


def test_another_calendar_keeps_what_is_measured_and_what_was_missed(home_care, manager, clock):
    indicator = define(manager, home_care, months=1)
    record(turn(indicator), manager)
    clock.move_to("2026-05-20 12:00Z")

    operations.change_indicator(indicator, by=manager, revision=1, frequency=every(12))

    assert calendar(indicator) == [
        ("2026-03-01", "2026-03-31", "2026-04-10", "measured"),
        ("2026-04-01", "2026-04-30", "2026-05-10", "planned"),
        ("2026-05-01", "2026-12-31", "2027-01-10", "planned"),
        ("2027-01-01", "2027-12-31", "2028-01-10", "planned"),
    ]


def test_another_lag_moves_the_days_that_are_still_to_come(home_care, manager):
    indicator = define(manager, home_care, months=12)

    operations.change_indicator(indicator, by=manager, revision=1, lag_days=0)

    assert [row[2] for row in calendar(indicator)] == ["2026-12-31", "2027-12-31"]


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("share", "kind", "index"),
        ("mean", "scale_steps", 7),
        ("time", "measure", "veckor"),
        ("share", "direction", "lower"),
    ],
)
def test_what_is_measured_stays_when_there_are_figures_or_a_target(home_care, manager, kind, field, value):
    with_figures, with_target = define(manager, home_care, kind=kind), define(manager, home_care, kind=kind)
    record(turn(with_figures), manager)
    aim_at(with_target, manager)

    for indicator, said in ((with_figures, "Det finns redan mätningar."), (with_target, "Det finns redan ett mål.")):
        change = {field: value, "by": manager, "revision": 1}
        [[sentence]] = refusal(lambda row=indicator, how=change: operations.change_indicator(row, **how)).values()
        assert sentence.startswith(said)


def test_before_that_it_may_be_measured_in_another_way(home_care, manager):
    indicator = define(manager, home_care)

    operations.change_indicator(indicator, by=manager, revision=1, kind="mean", scale_steps=7)

    assert indicator.measure == "på 7-gradig skala"


def test_choosing_units_lays_out_there_and_keeps_what_is_measured(home_care):
    developer = person("Kim Lund", quality_developer=home_care.committee)
    south = unit(home_care.committee, "Hemtjänst Syd")
    indicator = define(developer, home_care.committee, months=12, measured_in=[home_care])
    record(turn(indicator), developer)

    operations.change_indicator(indicator, by=developer, revision=1, measured_in=[south])

    rows = indicator.measurements.order_by("unit__path", "period_start")
    assert [(row.unit.name, row.period, row.state) for row in rows] == [
        ("Hemtjänst Norr", "2026", "measured"),
        ("Hemtjänst Syd", "2026", "planned"),
        ("Hemtjänst Syd", "2027", "planned"),
    ]
    assert Event.objects.get(verb="indicator.changed").after["measured_in"] == ["Hemtjänst Syd"]
    with pytest.raises(EditConflict):
        operations.change_indicator(indicator, by=developer, revision=1, measured_in=[home_care])
    operations.change_indicator(indicator, by=developer, revision=2, measured_in=[south])
    assert Event.objects.filter(verb="indicator.changed").count() == 1
    assert refusal(lambda: operations.change_indicator(indicator, by=developer, revision=2, measured_in=[])) == {
        "measured_in": ["Välj minst en enhet."]
    }


def test_several_are_changed_by_the_same_rules(home_care, manager):
    one, other = define(manager, home_care), define(manager, home_care, name="Ett annat")
    operations.withdraw_indicator(other, by=manager, reason="Ersatt.")

    with pytest.raises(ValidationError, match="Ett annat: Nyckeltalet är upphävt"):
        operations.change_indicators(rows=[one, other], by=manager, owner_role="unit_manager")
    one.refresh_from_db()
    assert operations.change_indicators(rows=[one], by=manager, owner_role="unit_manager") == 1


def test_withdrawing_keeps_what_was_and_drops_what_was_to_come(home_care, manager, clock):
    indicator = define(manager, home_care)
    record(turn(indicator), manager)
    clock.move_to("2026-05-20 12:00Z")

    operations.withdraw_indicator(indicator, by=manager, reason="Ersatt av ett bättre.")

    assert [row[0] for row in calendar(indicator)] == ["2026-03-01", "2026-04-01"]
    assert (indicator.withdrawn_date, indicator.withdrawn_by, indicator.is_in_use) == (
        date(2026, 5, 20),
        manager,
        False,
    )
    with pytest.raises(Refused, match="Nyckeltalet är upphävt"):
        operations.withdraw_indicator(indicator, by=manager, reason="Igen.")


def test_withdrawing_needs_a_reason(home_care, manager):
    indicator = define(manager, home_care)

    assert refusal(lambda: operations.withdraw_indicator(indicator, by=manager, reason=" ")) == {
        "reason": ["Skriv varför nyckeltalet upphävs."]
    }


def test_reviewed_today(home_care, manager):
    indicator = operations.confirm_indicator(define(manager, home_care), by=manager)

    assert indicator.last_reviewed_date == date(2026, 3, 16)
    assert Event.objects.filter(verb="indicator.reviewed").count() == 1


@pytest.mark.parametrize("verb", ["change_indicator", "withdraw_indicator", "confirm_indicator", "set_target"])
def test_reader_changes_nothing(home_care, manager, verb):
    indicator = define(manager, home_care)
    given = {
        "change_indicator": {"revision": 1, "name": "Nytt"},
        "withdraw_indicator": {"reason": "Nej."},
        "set_target": {"valid_from": date(2026, 1, 1), "value": Decimal(1), "measure": "%"},
    }.get(verb, {})

    with pytest.raises(PermissionDenied):
        getattr(operations, verb)(indicator, by=person("Nils", committee_member=home_care.committee), **given)


# Targets


def held(indicator):
    return [
        (target_in_words(target), str(target.valid_from), target.valid_to and str(target.valid_to))
        for target in indicator.targets.order_by("valid_from")
    ]


def test_a_new_target_ends_the_one_before_it(home_care, manager):
    indicator = define(manager, home_care)
    aim_at(indicator, manager, 80)
    aim_at(indicator, manager, 90, valid_from=date(2027, 1, 1), valid_to=date(2027, 12, 31), decision=" SN 2026 § 4 ")

    assert held(indicator) == [("minst 80 %", "2026-01-01", "2026-12-31"), ("minst 90 %", "2027-01-01", "2027-12-31")]
    assert indicator.targets.first().decision == "SN 2026 § 4"


def test_a_target_changed_later_rewrites_no_old_status(home_care, manager):
    indicator = define(manager, home_care)
    aim_at(indicator, manager, 80)
    measurement = record(turn(indicator), manager)
    assert outcome_of(measurement).status == "met"

    aim_at(indicator, manager, 99, valid_from=date(2026, 3, 1))

    measurement = turn(indicator)
    assert (outcome_of(measurement).status, target_in_words(measurement.target)) == ("met", "minst 80 %")


def test_a_measurement_is_judged_by_the_target_of_the_last_day_of_its_period(home_care, manager):
    indicator = define(manager, home_care)
    aim_at(indicator, manager, 80, valid_to=date(2026, 3, 30))
    aim_at(indicator, manager, 95, valid_from=date(2026, 3, 31))

    assert target_in_words(record(turn(indicator), manager).target) == "minst 95 %"


@pytest.mark.parametrize(
    ("direction", "given", "words"),
    [
        ("higher", {}, "minst 90 %"),
        ("lower", {}, "högst 90 %"),
        ("band", {"upper": Decimal(95)}, "från 90 till 95 %"),
    ],
)
def test_the_operator_follows_the_direction(home_care, manager, direction, given, words):
    indicator = define(manager, home_care, direction=direction)

    assert target_in_words(aim_at(indicator, manager, **given)) == words


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        (
            "share",
            {"value": Decimal(4), "measure": "på 5-gradig skala"},
            {"measure": ["Nyckeltalet mäts i ”%”, men målet anges i ”på 5-gradig skala”. De ska ha samma måttenhet."]},
        ),
        ("share", {"value": Decimal(101)}, {"value": ["Skriv ett tal från 0 till 100."]}),
        ("index", {"value": Decimal(-1)}, {"value": ["Skriv ett tal från 0 till 100."]}),
        ("mean", {"value": Decimal(80)}, {"value": ["Skriv ett tal från 1 till 5, som på skalan."]}),
        ("mean", {"value": Decimal("0.5")}, {"value": ["Skriv ett tal från 1 till 5, som på skalan."]}),
        ("count", {"value": Decimal("1.5")}, {"value": ["Skriv ett helt antal, 0 eller mer."]}),
        ("count", {"value": Decimal(-1)}, {"value": ["Skriv ett helt antal, 0 eller mer."]}),
        ("time", {"value": Decimal(-1)}, {"value": ["En tid kan inte vara mindre än 0."]}),
        (
            "share",
            {"upper": Decimal(95)},
            {"__all__": ["Ange både från och till när lagom är bäst, och annars bara ett målvärde."]},
        ),
        (
            "share",
            {"tolerance": Decimal(0)},
            {"__all__": ["En tolerans är större än 0. Lämna tomt om ingen är beslutad."]},
        ),
        (
            "share",
            {"valid_to": date(2025, 12, 31)},
            {"__all__": ["Sista dagen ska vara samma som den första eller senare."]},
        ),
        (
            "share",
            {"valid_from": date(2025, 12, 31)},
            {"valid_from": ["Nyckeltalet gäller från 2026-01-01. Målet kan inte börja gälla tidigare."]},
        ),
    ],
)
def test_a_target_that_cannot_be_is_refused(home_care, manager, kind, given, said):
    indicator = define(manager, home_care, kind=kind)

    assert refusal(lambda: aim_at(indicator, manager, **given)) == said


@pytest.mark.parametrize(("value", "upper"), [(20, 101), (20, 10)])
def test_the_other_end_of_a_band_is_looked_at_too(home_care, manager, value, upper):
    indicator = define(manager, home_care, direction="band")

    assert set(refusal(lambda: aim_at(indicator, manager, value, upper=Decimal(upper)))) <= {"upper", "__all__"}


def test_where_neither_is_better_there_is_no_target(home_care, manager):
    indicator = define(manager, home_care, direction="neutral")

    with pytest.raises(Refused, match="Varken högre eller lägre är bättre"):
        aim_at(indicator, manager)


def test_no_target_slips_in_before_one_that_is_set(home_care, manager):
    indicator = define(manager, home_care)
    aim_at(indicator, manager, 90, valid_from=date(2026, 6, 1))

    assert list(refusal(lambda: aim_at(indicator, manager, 80))) == ["valid_from"]


def test_ending_a_target(home_care, manager):
    indicator = define(manager, home_care)
    target = aim_at(indicator, manager)

    operations.end_target(target, by=manager, last_date=date(2026, 6, 30), reason="Nämnden tog bort målet.")

    assert held(indicator) == [("minst 90 %", "2026-01-01", "2026-06-30")]
    assert Event.objects.get(verb="indicator.target_ended").after["reason"] == "Nämnden tog bort målet."


def test_a_target_that_was_a_mistake_never_held_and_makes_room(home_care, manager):
    indicator = define(manager, home_care)
    target = aim_at(indicator, manager, 9)

    operations.end_target(target, by=manager, last_date=date(2025, 12, 31), reason="Skulle vara 90.")
    aim_at(indicator, manager, 90)

    assert [(target_in_words(row), row.never_held) for row in indicator.targets.order_by("pk")] == [
        ("minst 9 %", True),
        ("minst 90 %", False),
    ]


@pytest.mark.parametrize(
    ("last_date", "reason", "said"),
    [
        (date(2025, 12, 30), "Fel.", {"last_date": ["Välj 2025-12-31 eller en senare dag."]}),
        (date(2027, 1, 1), "Fel.", {"last_date": ["Målet slutar redan gälla 2026-12-31."]}),
        (
            date(2026, 3, 30),
            "Fel.",
            {"last_date": ["En mätning till och med 2026-03-31 är bedömd mot målet. Välj den dagen eller en senare."]},
        ),
        (date(2026, 6, 30), " ", {"reason": ["Skriv en orsak."]}),
    ],
)
def test_ends_that_cannot_be(home_care, manager, last_date, reason, said):
    indicator = define(manager, home_care)
    target = aim_at(indicator, manager, valid_to=date(2026, 12, 31))
    if last_date.month == 3:
        record(turn(indicator), manager)

    assert refusal(lambda: operations.end_target(target, by=manager, last_date=last_date, reason=reason)) == said


@pytest.mark.parametrize(
    "change", [{"value": 1}, {"operator": "<="}, {"measure": "kr"}, {"valid_from": date(2020, 1, 1)}]
)
def test_the_database_keeps_a_target_as_it_was_set(home_care, manager, change):
    target = aim_at(define(manager, home_care), manager)

    with pytest.raises(DatabaseError), transaction.atomic():
        IndicatorTarget.objects.filter(pk=target.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        IndicatorTarget.objects.filter(pk=target.pk).delete()


def test_the_database_keeps_targets_apart(home_care, manager):
    target = aim_at(define(manager, home_care), manager)
    target.pk = None

    with pytest.raises(DatabaseError), transaction.atomic():
        target.save(force_insert=True)


# Reorganisations


def test_the_same_template_stands_beside_the_one_that_is_there_already(home_care, manager):
    developer = person("Kim Lund", system_administrator=municipality(), quality_developer=home_care.committee)
    south = unit(home_care.committee, "Hemtjänst Syd")
    row = template()
    [mine] = operations.define_from_templates(by=developer, unit=home_care, templates=[row])
    operations.define_from_templates(by=developer, unit=south, templates=[row])

    operations.relocate_indicator(mine, by=developer, to=south, day=date(2026, 3, 16))

    mine.refresh_from_db()
    assert (mine.unit, mine.template) == (south, None)


# Processes


def test_a_process_is_measured_by_what_its_nämnd_measures(home_care, manager):
    process, indicator = describe(manager, home_care), define(manager, home_care)

    operations.measure_process(process, by=manager, indicator=indicator)
    operations.measure_process(process, by=manager, indicator=indicator)

    assert list(indicator.processes.all()) == [process]
    assert Event.objects.filter(verb="indicator.process_chosen").count() == 1
    operations.stop_measuring_process(process, by=manager, indicator=indicator, reason="Mäter något annat.")
    assert (list(indicator.processes.all()), Event.objects.filter(verb="indicator.process_removed").count()) == ([], 1)


def test_the_reason_is_asked_for(home_care, manager):
    process, indicator = describe(manager, home_care), define(manager, home_care)

    assert refusal(lambda: operations.stop_measuring_process(process, by=manager, indicator=indicator, reason=" ")) == {
        "reason": ["Skriv en orsak."]
    }


def test_another_nämnd_measures_none_of_our_processes(home_care):
    both = person("Kim Lund", quality_developer=municipality())
    elsewhere = unit(committee("Äldrenämnden"), "Boende")
    process, indicator = describe(both, home_care), define(both, elsewhere)

    with pytest.raises(Refused, match="hör till en annan nämnd"):
        operations.measure_process(process, by=both, indicator=indicator)


def test_what_is_withdrawn_measures_no_process(home_care, manager):
    process, indicator = describe(manager, home_care), define(manager, home_care)
    operations.withdraw_indicator(indicator, by=manager, reason="Ersatt.")

    with pytest.raises(Refused, match="upphävt"):
        operations.measure_process(process, by=manager, indicator=indicator)


def test_whoever_does_not_describe_the_process_chooses_nothing(home_care, manager):
    process, indicator = describe(manager, home_care), define(manager, home_care)

    for somebody in (
        person("Ali Strand", employee=home_care),
        person("Ola", unit_manager=unit(committee("Äldrenämnden"))),
    ):
        with pytest.raises(PermissionDenied):
            operations.measure_process(process, by=somebody, indicator=indicator)


# The database


@pytest.mark.parametrize(
    "change",
    [
        {"withdrawn_date": date(2026, 3, 16)},
        {"kind": "mean"},
        {"numerator": ""},
        {"smallest": 1},
        {"lag_days": 400},
        {"scale_steps": 5},
    ],
)
def test_the_database_refuses_nonsense(home_care, manager, change):
    indicator = define(manager, home_care)

    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.filter(pk=indicator.pk).update(**change)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "measured"},
        {"state": "not_measured"},
        {"count": 5},
        {"missing_reason": "Ingen enkät."},
        {"period_end": date(2025, 1, 1)},
        {"due_date": date(2025, 1, 1)},
    ],
)
def test_the_database_refuses_figures_without_a_measurement(home_care, manager, change):
    measurement = measurement_at(S.PLANNED, manager, home_care)

    with pytest.raises(IntegrityError), transaction.atomic():
        Measurement.objects.filter(pk=measurement.pk).update(**change)
