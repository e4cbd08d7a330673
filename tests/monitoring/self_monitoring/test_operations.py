from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hjulet.actions.models import Action
from hjulet.audit.models import Event
from hjulet.base.operations import EditConflict, Refused
from hjulet.collaboration.comments.operations import comment_on
from hjulet.monitoring.models import Control, Occurrence
from hjulet.monitoring.self_monitoring import operations
from hjulet.monitoring.self_monitoring.states import OccurrenceState as S
from hjulet.organisation.models import Person
from tests.factories import committee, person, unit
from tests.monitoring.self_monitoring.walks import TODAY, calendar, every, first, occurrence_at, plan, record

pytestmark = pytest.mark.django_db

YEAR_END = date(2026, 12, 31)
MONTHS = st.sampled_from([None, 1, 2, 3, 4, 6, 12])


@pytest.fixture
def machine():
    return Person.objects.machine()


def test_plan_control_brings_its_occurrences_and_is_audited(home_care, manager):
    control = plan(manager, home_care, months=4)

    periods = [("2026-01-01", "2026-04-30"), ("2026-05-01", "2026-08-31"), ("2026-09-01", "2026-12-31")]
    assert calendar(control) == [(*period, S.PLANNED) for period in periods]
    assert [row.due_date for row in control.occurrences.all()] == [row.period_end for row in control.occurrences.all()]
    event = Event.objects.get()
    assert (event.verb, event.target_id, event.unit_id, event.after) == (
        "control.planned",
        control.pk,
        home_care.pk,
        {
            "title": "Genomförandeplaner är aktuella",
            "frequency": {"id": control.frequency_id, "name": "Var 4:e"},
            "periods": [f"{start}–{end}" for start, end in periods],
        },
    )


def test_plan_control_looks_no_further_than_next_year(home_care, manager):
    control = plan(manager, home_care, months=12, ends_date=date(2040, 12, 31))

    assert calendar(control) == [("2026-01-01", "2026-12-31", S.PLANNED), ("2027-01-01", "2027-12-31", S.PLANNED)]


def test_plan_control_that_begins_later_still_has_its_first_year(home_care, manager):
    control = plan(manager, home_care, months=12, starts_date=date(2029, 7, 1), ends_date=date(2040, 12, 31))

    assert calendar(control) == [("2029-07-01", "2029-12-31", S.PLANNED)]


def test_plan_control_elsewhere_is_refused(manager):
    with pytest.raises(PermissionDenied):
        plan(manager, unit(committee("Äldrenämnden"), "Särskilt boende"))
    assert Control.objects.count() == 0


def test_plan_control_counts_a_share_in_percent(home_care, manager):
    assert (
        plan(manager, home_care).measure,
        plan(manager, home_care, result_kind="value", measure="dagar").measure,
    ) == (
        "%",
        "dagar",
    )


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"title": ""}, "title", "Detta fält får inte vara tomt."),
        (
            {"ends_date": date(2025, 12, 31)},
            "__all__",
            "Slutdatum ska vara samma dag som startdatum eller senare.",
        ),
        ({"target": None}, "__all__", "Ange både minst/högst/lika med och målvärde, eller inget av dem."),
        ({"target": 101}, "__all__", "Målet för en andel är ett tal från 0 till 100 procent."),
        (
            {"result_kind": "judgement", "comparator": ">=", "target": 1},
            "__all__",
            "En bedömning har inget målvärde i siffror.",
        ),
        ({"owner_role": "king"}, "owner_role", "Värdet 'king' är inget giltigt alternativ."),
    ],
)
def test_plan_control_names_what_is_wrong(home_care, manager, given, field, sentence):
    with pytest.raises(ValidationError) as error:
        plan(manager, home_care, **given)
    assert error.value.message_dict == {field: [sentence]}


def test_plan_control_has_one_owner(home_care, manager):
    with pytest.raises(ValidationError) as error:
        plan(manager, home_care, owner_person=manager, owner_role="unit_manager")
    assert error.value.messages == ["Välj en person eller en roll som ansvarig, inte båda."]


def test_change_control_keeps_before_and_after(home_care, manager):
    control = plan(manager, home_care)

    operations.change_control(control, by=manager, revision=1, title="Alla planer är aktuella", target=90)

    event = Event.objects.get(verb="control.changed")
    assert (control.title, control.revision, event.before, event.after) == (
        "Alla planer är aktuella",
        2,
        {"title": "Genomförandeplaner är aktuella"},
        {"title": "Alla planer är aktuella"},
    )


def test_change_that_changes_nothing_leaves_no_trace(home_care, manager):
    control = plan(manager, home_care)

    operations.change_control(control, by=manager, revision=1, title=control.title)

    assert (control.revision, Event.objects.filter(verb="control.changed").count()) == (1, 0)


def test_change_of_an_older_revision_is_a_conflict(home_care, manager):
    control = plan(manager, home_care)
    operations.change_control(control, by=manager, revision=1, title="Först")

    with pytest.raises(EditConflict) as conflict:
        operations.change_control(control, by=manager, revision=1, title="Sedan")

    assert (conflict.value.current.title, Control.objects.get().title) == ("Först", "Först")


def test_another_frequency_replans_what_is_to_come_and_keeps_what_was(home_care, manager):
    control = plan(manager, home_care)
    record(first(control), manager)
    april = control.occurrences.get(period_start="2026-04-01")
    operations.set_aside(april, by=manager, reason="Ingen personal.")
    kept = set(control.occurrences.filter(period_start__lt="2026-03-01"))

    operations.change_control(control, by=manager, revision=1, frequency=every(6))

    assert calendar(control) == [
        ("2026-01-01", "2026-01-31", S.DONE),
        ("2026-02-01", "2026-02-28", S.PLANNED),
        ("2026-03-01", "2026-03-31", S.PLANNED),
        ("2026-04-01", "2026-04-30", S.NOT_APPLICABLE),
        ("2026-05-01", "2026-06-30", S.PLANNED),
        ("2026-07-01", "2026-12-31", S.PLANNED),
    ]
    assert kept < set(control.occurrences.all())
    assert Event.objects.get(verb="control.changed").after["periods"] == [
        "2026-05-01–2026-06-30",
        "2026-07-01–2026-12-31",
    ]


def test_the_same_plan_again_keeps_every_row(home_care, manager):
    control = plan(manager, home_care)
    rows = set(control.occurrences.all())

    operations.change_control(control, by=manager, revision=1, ends_date=date(2027, 1, 31))

    assert set(control.occurrences.all()) - rows == set(control.occurrences.filter(period_start="2027-01-01"))
    assert rows < set(control.occurrences.all())


def test_what_somebody_has_touched_is_not_replanned(home_care, manager):
    control = plan(manager, home_care, months=4)
    spoken, restored, free = control.occurrences.order_by("period_start")
    comment_on(spoken, by=manager, text="Vi tar det i april.")
    operations.set_aside(restored, by=manager, reason="Semester.")
    operations.restore(restored, by=manager, reason="Det hanns ändå.")

    operations.change_control(control, by=manager, revision=1, frequency=every(2))

    assert calendar(control) == [
        ("2026-01-01", "2026-04-30", S.PLANNED),
        ("2026-05-01", "2026-08-31", S.PLANNED),
        ("2026-09-01", "2026-10-31", S.PLANNED),
        ("2026-11-01", "2026-12-31", S.PLANNED),
    ]
    assert {spoken, restored} < set(control.occurrences.all())
    assert free not in control.occurrences.all()


@pytest.mark.parametrize(
    ("changes", "field"), [({"result_kind": "value"}, "result_kind"), ({"measure": "dagar"}, "measure")]
)
def test_what_is_measured_stays_once_there_are_results(home_care, manager, changes, field):
    control = (
        plan(manager, home_care, result_kind="value", measure="timmar")
        if field == "measure"
        else plan(manager, home_care)
    )
    record(first(control), manager)

    with pytest.raises(ValidationError) as error:
        operations.change_control(control, by=manager, revision=1, **changes)

    assert error.value.message_dict == {
        field: ["Det finns redan resultat. Stoppa egenkontrollen och planera en ny för att mäta på ett annat sätt."]
    }


def test_what_is_measured_may_change_while_nothing_is(home_care, manager):
    control = plan(manager, home_care, result_kind="value", measure="dagar")

    operations.change_control(control, by=manager, revision=1, result_kind="share", measure="dagar")

    assert (control.result_kind, control.measure) == ("share", "%")


def test_stop_control_lets_what_is_to_come_fall_away(home_care, manager):
    control = plan(manager, home_care, months=3)

    operations.stop_control(control, by=manager, reason="Ersatt av en ny.", ends_date=date(2026, 5, 15))

    assert calendar(control) == [
        ("2026-01-01", "2026-03-31", S.PLANNED),
        ("2026-04-01", "2026-05-15", S.PLANNED),
    ]
    control.refresh_from_db()
    event = Event.objects.get(verb="control.stopped")
    assert (control.ends_date, control.stopped_reason, control.revision) == (date(2026, 5, 15), "Ersatt av en ny.", 2)
    assert (event.before, event.after) == (
        {"ends_date": "2026-12-31"},
        {"ends_date": "2026-05-15", "reason": "Ersatt av en ny.", "periods": ["2026-04-01–2026-05-15"]},
    )


def test_stop_control_keeps_what_was_missed(home_care, manager):
    control = plan(manager, home_care)

    operations.stop_control(control, by=manager, reason="Ersatt av en ny.", ends_date=TODAY)

    assert calendar(control) == [
        ("2026-01-01", "2026-01-31", S.PLANNED),
        ("2026-02-01", "2026-02-28", S.PLANNED),
        ("2026-03-01", "2026-03-16", S.PLANNED),
    ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"ends_date": date(2026, 3, 15)}, "ends_date"),
        ({"ends_date": date(2027, 1, 1)}, "ends_date"),
        ({"reason": " "}, "reason"),
    ],
)
def test_stop_control_asks_for_a_day_to_come_and_a_reason(home_care, manager, given, field):
    control = plan(manager, home_care)

    with pytest.raises(ValidationError) as error:
        operations.stop_control(control, by=manager, **{"reason": "Ersatt.", "ends_date": YEAR_END} | given)

    assert (list(error.value.message_dict), Control.objects.get().stopped_reason) == ([field], "")


def test_stop_control_that_has_not_begun_ends_no_earlier_than_it_begins(home_care, manager):
    control = plan(manager, home_care, starts_date=date(2026, 6, 1))

    with pytest.raises(ValidationError) as error:
        operations.stop_control(control, by=manager, reason="Ersatt.", ends_date=date(2026, 5, 31))

    assert error.value.messages == ["Välj en dag från 2026-06-01 till 2026-12-31."]


def test_stopped_control_is_neither_changed_nor_stopped(home_care, manager):
    control = plan(manager, home_care)
    operations.stop_control(control, by=manager, reason="Ersatt.", ends_date=YEAR_END)

    with pytest.raises(Refused, match="stoppad och kan inte längre ändras"):
        operations.change_control(control, by=manager, revision=2, title="Ny")
    with pytest.raises(Refused, match="redan stoppad"):
        operations.stop_control(control, by=manager, reason="Igen.", ends_date=YEAR_END)


def test_control_that_is_over_is_not_stopped(home_care, manager):
    control = plan(manager, home_care, starts_date=date(2025, 1, 1), ends_date=date(2025, 12, 31))

    with pytest.raises(Refused, match="Egenkontrollen slutade 2025-12-31"):
        operations.stop_control(control, by=manager, reason="Ersatt.", ends_date=YEAR_END)


def test_clock_adds_a_year_at_a_time_once(home_care, manager, machine):
    control = plan(manager, home_care, months=6, ends_date=date(2040, 12, 31))
    plan(manager, home_care)

    added = [operations.create_due_occurrences(by=machine, day=day) for day in (YEAR_END, date(2027, 1, 1))]

    assert (added, operations.create_due_occurrences(by=machine, day=date(2027, 1, 1))) == ([0, 2], 0)
    assert calendar(control)[-2:] == [("2028-01-01", "2028-06-30", S.PLANNED), ("2028-07-01", "2028-12-31", S.PLANNED)]
    event = Event.objects.get(verb="control.occurrences_planned")
    assert (event.target_id, event.actor_id, event.after) == (
        control.pk,
        machine.pk,
        {"periods": ["2028-01-01–2028-06-30", "2028-07-01–2028-12-31"]},
    )


def test_clock_that_stood_still_catches_up(home_care, manager, machine):
    run, missed = (plan(manager, home_care, ends_date=date(2040, 12, 31)) for _ in range(2))
    for month in range(1, 13):
        operations.create_due_occurrences(by=machine, day=date(2027, month, 1))
    steady = calendar(run)
    Occurrence.objects.filter(control=missed, period_start__gte="2027-02-01").delete()

    assert operations.create_due_occurrences(by=machine, day=date(2027, 12, 31)) == 23
    assert (calendar(missed), calendar(run)) == (steady, steady)


def test_clock_is_run_by_the_machine_alone(home_care, manager):
    with pytest.raises(PermissionDenied):
        operations.create_due_occurrences(by=manager, day=TODAY)


def test_clock_leaves_a_stopped_control_alone(home_care, manager, machine):
    control = plan(manager, home_care, ends_date=date(2040, 12, 31))
    operations.stop_control(control, by=manager, reason="Ersatt.", ends_date=YEAR_END)

    assert operations.create_due_occurrences(by=machine, day=date(2030, 1, 1)) == 0


def test_record_result_is_audited_with_the_target_of_the_day(home_care, manager):
    occurrence = first(plan(manager, home_care))

    record(occurrence, manager, is_census=True, evidence="Alla planer.", finding="Fem saknade mål.")

    occurrence.refresh_from_db()
    recorded = (occurrence.checked_count, occurrence.fulfilled_count, occurrence.is_census, occurrence.share)
    assert recorded == (50, 45, True, 90)
    assert (occurrence.done_date, occurrence.done_by, occurrence.revision) == (TODAY, manager, 2)
    assert (occurrence.comparator, occurrence.target) == (">=", 90)
    event = Event.objects.get(verb="occurrence.record")
    assert (event.unit_id, event.before["state"], event.after["state"], event.after["checked_count"]) == (
        home_care.pk,
        "planned",
        "done",
        50,
    )
    assert [(step.move, step.from_state, step.to_state) for step in occurrence.steps.all()] == [
        ("record", "planned", "done")
    ]


@pytest.mark.parametrize(("kind", "field", "value"), [("value", "value", 4), ("judgement", "judgement", "partly")])
def test_record_result_of_another_kind(home_care, manager, kind, field, value):
    occurrence = occurrence_at(S.DONE, manager, home_care, result_kind=kind)

    occurrence.refresh_from_db()
    assert (getattr(occurrence, field), occurrence.checked_count, occurrence.share) == (value, None, None)


@pytest.mark.parametrize(
    ("kind", "given", "errors"),
    [
        (
            "share",
            {"checked_count": None, "fulfilled_count": None},
            {"checked_count": ["Fyll i det här."], "fulfilled_count": ["Fyll i det här."]},
        ),
        (
            "share",
            {"checked_count": 0, "fulfilled_count": 0},
            {"checked_count": ["Minst ett ska vara granskat. Fanns inget att granska: markera som inte aktuell."]},
        ),
        (
            "share",
            {"fulfilled_count": 51},
            {"__all__": ["Antalet som uppfyller kan inte vara större än antalet granskade."]},
        ),
        (
            "share",
            {"value": 4},
            {"value": ["Det här hör inte till hur egenkontrollens resultat anges."]},
        ),
        ("value", {"value": None}, {"value": ["Fyll i det här."]}),
        (
            "value",
            {"checked_count": 5, "is_census": True},
            {
                "checked_count": ["Det här hör inte till hur egenkontrollens resultat anges."],
                "is_census": ["Det här hör inte till hur egenkontrollens resultat anges."],
            },
        ),
        ("judgement", {"judgement": ""}, {"judgement": ["Fyll i det här."]}),
        ("judgement", {"judgement": "king"}, {"judgement": ["Värdet 'king' är inget giltigt alternativ."]}),
        ("share", {"done_date": date(2026, 3, 17)}, {"done_date": ["Välj en dag från 2026-01-01 till i dag."]}),
        ("share", {"done_date": date(2025, 12, 31)}, {"done_date": ["Välj en dag från 2026-01-01 till i dag."]}),
    ],
)
def test_record_result_names_what_is_wrong(home_care, manager, kind, given, errors):
    occurrence = first(plan(manager, home_care, result_kind=kind))

    with pytest.raises(ValidationError) as error:
        record(occurrence, manager, **given)

    occurrence.refresh_from_db()
    assert (error.value.message_dict, occurrence.state) == (errors, S.PLANNED)


def test_a_share_where_none_fulfil_is_a_result(home_care, manager):
    occurrence = record(first(plan(manager, home_care)), manager, fulfilled_count=0)

    occurrence.refresh_from_db()
    assert (occurrence.fulfilled_count, occurrence.share) == (0, 0)


def test_a_value_of_zero_is_a_result(home_care, manager):
    occurrence = record(first(plan(manager, home_care, result_kind="value")), manager, value=Decimal(0))

    assert (occurrence.state, occurrence.value) == (S.DONE, 0)


def test_record_result_of_an_older_revision_is_a_conflict(home_care, manager):
    occurrence = first(plan(manager, home_care))
    same = first(occurrence.control)
    operations.set_aside(same, by=manager, reason="Inga ärenden.")
    operations.restore(same, by=manager, reason="Det fanns.")

    with pytest.raises(EditConflict):
        record(occurrence, manager)


def test_record_twice_is_refused(home_care, manager):
    occurrence = occurrence_at(S.DONE, manager, home_care)

    with pytest.raises(Refused):
        record(occurrence, manager)

    assert occurrence.steps.count() == 1


def test_continuous_control_takes_results_any_day(home_care, manager, clock):
    control = plan(manager, home_care, months=None)
    record(first(control), manager)
    clock.move_to("2026-09-01 10:00+02:00")
    autumn = control.occurrences.get(state=S.PLANNED)
    record(autumn, manager, done_date=date(2026, 9, 1))

    assert calendar(control) == [
        ("2026-01-01", "2026-03-16", S.DONE),
        ("2026-03-17", "2026-09-01", S.DONE),
        ("2026-09-02", "2026-12-31", S.PLANNED),
    ]
    assert [row.due_date for row in control.occurrences.all()] == [
        date(2026, 3, 16),
        date(2026, 9, 1),
        date(2026, 12, 31),
    ]


def test_continuous_control_has_one_result_a_day(home_care, manager):
    control = plan(manager, home_care, months=None)
    record(first(control), manager)
    rest = control.occurrences.get(state=S.PLANNED)

    with pytest.raises(Refused, match="Perioden börjar 2026-03-17"):
        record(rest, manager)


def test_continuous_control_that_is_late_is_one_result_for_the_year(home_care, manager, clock):
    control = plan(manager, home_care, months=None)
    clock.move_to("2027-01-07 10:00+01:00")
    record(first(control), manager, done_date=date(2027, 1, 7))

    assert calendar(control) == [("2026-01-01", "2026-12-31", S.DONE)]


def test_correct_result_keeps_what_it_said_before(home_care, manager):
    occurrence = record(first(plan(manager, home_care)), manager, evidence="Tio per handläggare.")

    operations.correct_result(
        occurrence, by=manager, revision=2, reason="Fem räknades fel.", fulfilled_count=50, evidence="", is_census=True
    )

    occurrence.refresh_from_db()
    assert (occurrence.fulfilled_count, occurrence.checked_count, occurrence.evidence, occurrence.revision) == (
        50,
        50,
        "",
        3,
    )
    assert occurrence.steps.last().reason.split("\n") == [
        "Fem räknades fel.",
        "Antal som uppfyller kravet: 45 → 50",
        "Alla ärenden under perioden granskades: Nej → Ja",
        "Underlag: Tio per handläggare. → –",
    ]
    event = Event.objects.get(verb="occurrence.correct")
    assert (event.before["fulfilled_count"], event.after["fulfilled_count"]) == (45, 50)


def test_correct_result_shows_no_small_counts_in_the_history(home_care, manager):
    occurrence = record(first(plan(manager, home_care)), manager, checked_count=4, fulfilled_count=1)

    operations.correct_result(
        occurrence, by=manager, revision=2, reason="En siffra föll bort.", checked_count=40, fulfilled_count=31
    )

    assert occurrence.steps.last().reason.split("\n") == [
        "En siffra föll bort.",
        "Antal granskade: visas inte, färre än 5 → 40",
        "Antal som uppfyller kravet: visas inte, färre än 5 → 31",
    ]


def test_correct_result_without_a_change_is_refused(home_care, manager):
    occurrence = occurrence_at(S.DONE, manager, home_care)

    with pytest.raises(ValidationError) as error:
        operations.correct_result(occurrence, by=manager, revision=2, reason="Fel.", checked_count=50)

    assert error.value.messages == ["Inget i resultatet är ändrat."]


def test_correct_result_is_held_to_the_same_rules(home_care, manager):
    occurrence = occurrence_at(S.DONE, manager, home_care)

    with pytest.raises(ValidationError) as error:
        operations.correct_result(occurrence, by=manager, revision=2, reason="Fel.", checked_count=None)

    assert error.value.message_dict == {"checked_count": ["Fyll i det här."]}


def test_correct_result_of_an_older_revision_is_a_conflict(home_care, manager):
    occurrence = occurrence_at(S.DONE, manager, home_care)
    operations.correct_result(occurrence, by=manager, revision=2, reason="Fel.", fulfilled_count=44)

    with pytest.raises(EditConflict):
        operations.correct_result(occurrence, by=manager, revision=2, reason="Fel.", fulfilled_count=43)


def test_a_target_that_is_changed_later_rewrites_no_result(home_care, manager):
    control = plan(manager, home_care)
    occurrence = record(first(control), manager)

    operations.change_control(control, by=manager, revision=1, target=95)

    occurrence.refresh_from_db()
    assert (control.target, occurrence.target) == (95, 90)


def test_plan_action_from_a_finding(home_care, manager):
    occurrence = occurrence_at(S.DONE, manager, home_care)

    action = operations.plan_action_from(occurrence, by=manager, title="Bjud in handläggarna", description="Ett möte.")

    assert (list(occurrence.actions.all()), action.unit) == ([action], home_care)
    event = Event.objects.get(verb="occurrence.action_planned")
    assert (event.target_id, event.after) == (
        occurrence.pk,
        {"action": {"id": action.pk, "name": "Bjud in handläggarna"}},
    )


def test_plan_action_waits_for_the_result(home_care, manager):
    occurrence = first(plan(manager, home_care))

    with pytest.raises(Refused, match="Registrera resultatet först"):
        operations.plan_action_from(occurrence, by=manager, title="Möte", description="Ett möte.")


def test_plan_action_without_the_right_is_refused(home_care, manager):
    occurrence = occurrence_at(S.DONE, manager, home_care)

    with pytest.raises(PermissionDenied):
        operations.plan_action_from(
            occurrence, by=person("Ali Strand", employee=home_care), title="Möte", description="Ett möte."
        )
    assert Action.objects.count() == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(
    st.tuples(MONTHS, MONTHS),
    st.tuples(st.dates(date(2025, 6, 1), date(2026, 9, 30)), st.dates(date(2026, 10, 1), date(2027, 12, 31))),
    st.sets(st.integers(0, 5), max_size=3),
)
def test_whatever_is_replanned_every_day_belongs_to_one_occurrence(home_care, manager, months, span, done):
    starts, ends = span
    control = plan(manager, home_care, months=months[0], starts_date=starts, ends_date=date(2027, 12, 31))
    for number, occurrence in enumerate(control.occurrences.order_by("period_start")):
        if number in done and occurrence.period_start <= TODAY:
            record(occurrence, manager)

    operations.change_control(control, by=manager, revision=1, frequency=every(months[1]), ends_date=ends)

    rows = list(control.occurrences.filter(period_start__lte=ends).order_by("period_start"))
    turns = [later.period_start - earlier.period_end for earlier, later in pairwise(rows)]
    assert turns == [timedelta(days=1)] * len(turns)
    assert rows[0].period_start == starts
    assert rows[-1].period_end == ends or (rows[-1].state == S.DONE and rows[-1].period_end > ends)
