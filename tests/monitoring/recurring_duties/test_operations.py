from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from hjulet.audit.models import Event
from hjulet.base.operations import EditConflict, Refused
from hjulet.collaboration.comments.operations import comment_on
from hjulet.monitoring.models import DutyOccurrence, DutyStep, RecurringDuty
from hjulet.monitoring.recurring_duties import operations
from hjulet.monitoring.recurring_duties.queries import duties_awaiting
from hjulet.organisation.models import Person
from tests.factories import committee, person
from tests.monitoring.recurring_duties.walks import calendar, finish, first, occurrence_at, plan, template
from tests.monitoring.self_monitoring.walks import every

pytestmark = pytest.mark.django_db


def verbs():
    return [event.verb for event in Event.objects.order_by("number")]


def test_a_new_duty_is_laid_out_to_the_end_of_next_year(home_care, manager):
    duty = plan(manager, home_care, months=6)

    assert calendar(duty) == [
        ("2026-03-01", "2026-03-31", "planned"),
        ("2026-08-31", "2026-09-30", "planned"),
        ("2027-03-01", "2027-03-31", "planned"),
        ("2027-08-31", "2027-09-30", "planned"),
    ]
    assert verbs() == ["duty.planned"]


def test_the_clock_lays_out_what_time_brings_however_long_it_was_away(home_care, manager):
    duty, machine = plan(manager, home_care), Person.objects.machine()

    assert operations.create_due_duties(by=machine, day=date(2026, 12, 31)) == 0
    assert operations.create_due_duties(by=machine, day=date(2029, 1, 2)) == 3
    assert operations.create_due_duties(by=machine, day=date(2029, 1, 2)) == 0
    assert [due for _begins, due, _state in calendar(duty)] == [
        "2026-03-31",
        "2027-03-31",
        "2028-03-31",
        "2029-03-31",
        "2030-03-31",
    ]
    assert verbs() == ["duty.planned", "duty.occurrences_planned"]


@pytest.mark.parametrize("months", [1, 2, 3, 4, 6, 12, None])
def test_the_clock_finds_every_frequency_that_is_behind(home_care, manager, months):
    duty = plan(manager, home_care, months=months)
    before = len(calendar(duty))
    per_year = 12 // (months or 12)

    assert operations.create_due_duties(by=Person.objects.machine(), day=date(2027, 1, 1)) == per_year
    assert len(calendar(duty)) == before + per_year


def test_only_the_clock_lays_out(manager):
    with pytest.raises(PermissionDenied):
        operations.create_due_duties(by=manager, day=date(2026, 3, 16))


def test_another_calendar_replaces_what_is_still_to_come_and_nothing_else(home_care, manager):
    duty = plan(manager, home_care, months=3, first_due_date=date(2026, 1, 31))
    finish(first(duty), manager)
    spoken_of = duty.occurrences.get(due_date="2026-10-31")
    comment_on(spoken_of, by=manager, text="Vi väntar på siffrorna.")

    operations.change_duty(
        duty, by=manager, revision=duty.revision, frequency=every(12), first_due_date=date(2026, 5, 15)
    )

    assert calendar(duty) == [
        ("2026-01-01", "2026-01-31", "done"),
        ("2026-04-15", "2026-05-15", "planned"),
        ("2026-10-01", "2026-10-31", "planned"),
        ("2027-04-15", "2027-05-15", "planned"),
    ]


def test_what_was_missed_stays_missed_when_the_calendar_changes(home_care, manager):
    duty = plan(manager, home_care, first_due_date=date(2026, 2, 1))

    operations.change_duty(duty, by=manager, revision=duty.revision, frequency=every(1))

    assert [due for _begins, due, _state in calendar(duty)][:3] == ["2026-02-01", "2026-04-01", "2026-05-01"]


def test_another_lead_moves_the_beginning_of_what_is_to_come(home_care, manager):
    duty = plan(manager, home_care)

    operations.change_duty(duty, by=manager, revision=duty.revision, lead_days=10)

    assert calendar(duty) == [("2026-03-21", "2026-03-31", "planned"), ("2027-03-21", "2027-03-31", "planned")]


def test_new_words_leave_the_calendar_alone(home_care, manager):
    duty = plan(manager, home_care)
    before = list(duty.occurrences.values_list("pk", flat=True))

    operations.change_duty(duty, by=manager, revision=duty.revision, title="Rapport")

    assert list(duty.occurrences.values_list("pk", flat=True)) == before
    event = Event.objects.order_by("number").last()
    assert (event.verb, event.before, event.after) == (
        "duty.changed",
        {"title": "Kvalitetsredovisning till nämnden"},
        {"title": "Rapport"},
    )


def test_two_who_change_at_once(home_care, manager):
    duty = plan(manager, home_care)
    operations.change_duty(duty, by=manager, revision=1, title="Rapport")

    with pytest.raises(EditConflict):
        operations.change_duty(duty, by=manager, revision=1, title="Redovisning")


def test_a_stopped_duty_asks_for_nothing_more(home_care, manager):
    duty = plan(manager, home_care, months=1, first_due_date=date(2026, 2, 28))

    operations.stop_duty(duty, by=manager, reason="Nämnden vill inte ha den.")

    assert calendar(duty) == [("2026-01-29", "2026-02-28", "planned")]
    assert operations.create_due_duties(by=Person.objects.machine(), day=date(2028, 1, 1)) == 0
    with pytest.raises(Refused, match="Uppgiften är stoppad"):
        operations.stop_duty(duty, by=manager, reason="En gång till.")
    with pytest.raises(Refused, match="Uppgiften är stoppad"):
        operations.change_duty(duty, by=manager, revision=duty.revision, title="Rapport")


def test_a_duty_is_stopped_for_a_reason(home_care, manager):
    duty = plan(manager, home_care)

    with pytest.raises(ValidationError, match="Skriv en orsak"):
        operations.stop_duty(duty, by=manager, reason=" ")

    assert len(calendar(duty)) == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"first_due_date": date(2025, 12, 31)}, "first_due_date"),
        ({"title": ""}, "title"),
        ({"kind": "party"}, "kind"),
        ({"lead_days": 367}, "__all__"),
        ({"owner_role": "mayor"}, "owner_role"),
    ],
)
def test_what_makes_no_sense_is_refused(home_care, manager, given, field):
    with pytest.raises(ValidationError) as error:
        plan(manager, home_care, **given)

    assert list(error.value.message_dict) == [field]
    assert RecurringDuty.objects.count() == 0


def test_finishing_says_what_came_of_it(home_care, manager):
    occurrence = first(plan(manager, home_care))

    finish(occurrence, manager, result=" Antagen. ", link="https://example.org/rapport.pdf")

    occurrence.refresh_from_db()
    assert (occurrence.done_date, occurrence.done_by, occurrence.result, occurrence.link) == (
        date(2026, 3, 16),
        manager,
        "Antagen.",
        "https://example.org/rapport.pdf",
    )
    assert verbs() == ["duty.planned", "duty_occurrence.finish"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"done_date": date(2026, 3, 17)}, "done_date"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "ftp://example.org/a"}, "link"),
    ],
)
def test_a_result_that_makes_no_sense_is_refused(home_care, manager, given, field):
    occurrence = first(plan(manager, home_care))

    with pytest.raises(ValidationError) as error:
        finish(occurrence, manager, **given)

    assert list(error.value.message_dict) == [field]


def test_what_was_written_stays_in_the_history_when_it_is_opened_again(home_care, manager):
    occurrence = occurrence_at("done", manager, home_care)

    operations.reopen_duty(occurrence, by=manager, reason="Fel år.")

    occurrence.refresh_from_db()
    assert (occurrence.done_date, occurrence.done_by, occurrence.result) == (None, None, "")
    assert occurrence.steps.last().reason == "Fel år.\n2026-03-16\nNämnden tog emot den."


def test_templates_are_laid_in_the_year_once(home_care, manager):
    report, survey = template(), template("survey", name="Brukarenkät", kind="survey", month=10, day=31)

    made = operations.plan_from_templates(by=manager, unit=home_care, templates=[report, survey])
    again = operations.plan_from_templates(by=manager, unit=home_care, templates=[report, survey])

    assert [(duty.title, str(duty.first_due_date), duty.owner) for duty in made] == [
        ("Kvalitetsredovisning", "2027-02-28", "Enhetschef, Hemtjänst Norr"),
        ("Brukarenkät", "2026-10-31", "Enhetschef, Hemtjänst Norr"),
    ]
    assert (again, RecurringDuty.objects.count()) == ([], 2)


def test_a_stopped_duty_may_come_again_from_its_template(home_care, manager):
    report = template()
    [duty] = operations.plan_from_templates(by=manager, unit=home_care, templates=[report])
    operations.stop_duty(duty, by=manager, reason="Slås ihop med en annan.")

    assert len(operations.plan_from_templates(by=manager, unit=home_care, templates=[report])) == 1


def test_what_awaits_is_what_has_begun_and_is_not_done(home_care, manager):
    begun = plan(manager, home_care, title="Begynt", owner_person=manager)
    plan(manager, home_care, title="Senare", owner_person=manager, first_due_date=date(2026, 6, 1))
    plan(manager, home_care, title="Någon annans", owner_person=person("Eva Dal"))
    finish(first(plan(manager, home_care, title="Gjord", owner_person=manager)), manager)

    assert [row.duty for row in duties_awaiting(manager)] == [begun]


def test_the_other_nämnd_sees_nothing(home_care, manager):
    occurrence = first(plan(manager, home_care))
    stranger = person("Ola Berg", quality_developer=committee("Äldrenämnden"))

    assert list(DutyOccurrence.objects.visible_to(stranger)) == []
    assert list(DutyOccurrence.objects.visible_to(manager).filter(due_date=occurrence.due_date)) == [occurrence]


@pytest.mark.parametrize(
    "nonsense",
    [
        {"state": "done"},
        {"result": "Något"},
        {"done_date": date(2026, 3, 1)},
        {"begins_date": date(2026, 4, 1)},
    ],
)
def test_the_database_refuses_nonsense(home_care, manager, nonsense):
    occurrence = first(plan(manager, home_care))

    with pytest.raises(IntegrityError), transaction.atomic():
        DutyOccurrence.objects.filter(pk=occurrence.pk).update(**nonsense)


def test_steps_are_written_once(home_care, manager):
    occurrence = occurrence_at("done", manager, home_care)

    with pytest.raises(DatabaseError), transaction.atomic():
        DutyStep.objects.filter(occurrence=occurrence).update(reason="annat")
    with pytest.raises(DatabaseError), transaction.atomic():
        DutyStep.objects.filter(occurrence=occurrence).delete()
