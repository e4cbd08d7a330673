from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from hjulet.audit.models import Event
from hjulet.base.operations import Refused
from hjulet.collaboration.models import Notice
from hjulet.rulebook.introduction_templates import operations as templates
from hjulet.rulebook.introductions import operations
from hjulet.rulebook.introductions.queries import introductions_awaiting
from hjulet.rulebook.introductions.remaining import remaining
from hjulet.rulebook.introductions.states import IntroductionState as S
from hjulet.rulebook.models import ReadReceipt, SignOff, StandardPoint, TemplatePoint
from tests.collaboration.clock.rounds import run
from tests.factories import person
from tests.rulebook.introductions.walks import introduction_at, people, plan, point, sign_all, template
from tests.rulebook.receipts.walks import version_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return people()


def refusal(operation, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        operation(*args, **kwargs)
    return str(refused.value.sentence)


def points(introduction):
    return [(str(row.due_date), row.text, row.signed_by) for row in introduction.points.all()]


def test_template_begins_with_the_points_of_the_register_for_that_work(at):
    for number, (name, work) in enumerate(
        (("Tystnadsplikt", "all"), ("Basal hygien", "care"), ("Utredning", "casework"))
    ):
        StandardPoint.objects.create(key=f"p{number}", name=name, work=work, kind="informed", days=number, order=number)

    made = templates.start_template(by=at.manager, unit=at.home_care, name="Usk", role="employee", work="care")
    empty = templates.start_template(by=at.manager, unit=at.home_care, name="Annat", role="employee")

    assert [(row.text, row.kind, row.days) for row in made.points.all()] == [
        ("Tystnadsplikt", "informed", 0),
        ("Basal hygien", "informed", 1),
    ]
    assert list(empty.points.all()) == []


def test_only_whoever_leads_the_staff_makes_templates_and_plans(at):
    made = template(at.manager, at.home_care)
    developer = person("Kvalitet Ek", quality_developer=at.home_care.parent)

    for who in (developer, at.supervisor, at.newcomer):
        with pytest.raises(PermissionDenied):
            templates.start_template(by=who, unit=at.home_care, name="Egen", role="employee")
        with pytest.raises(PermissionDenied):
            operations.plan_introduction(
                by=who,
                unit=at.home_care,
                template=made,
                person=at.newcomer,
                supervisor=at.supervisor,
                start_date=date(2026, 4, 1),
            )
    with pytest.raises(PermissionDenied):
        operations.plan_introduction(
            by=at.manager,
            unit=at.home_care,
            template=made,
            person=at.manager,
            supervisor=at.supervisor,
            start_date=date(2026, 4, 1),
        )


def test_points_are_copied_as_they_are_worded_that_day(at):
    introduction = plan(at, start=date(2026, 4, 1))
    changed = TemplatePoint.objects.get(text="Tystnadsplikten")
    templates.change_point(changed, by=at.manager, revision=1, text="Sekretess")
    templates.remove_point(TemplatePoint.objects.get(text="Träffa skyddsombudet"), by=at.manager)

    assert points(introduction) == [
        ("2026-04-02", "Visad runt i lokalerna", "supervisor"),
        ("2026-04-03", "Träffa skyddsombudet", "employee"),
        ("2026-04-04", "Tystnadsplikten", "both"),
    ]
    second = operations.plan_introduction(
        by=at.manager,
        unit=at.home_care,
        template=introduction.template,
        person=person("Nyare Ek", employee=at.home_care),
        supervisor=at.supervisor,
        start_date=date(2026, 4, 1),
    )
    assert [text for _day, text, _by in points(second)] == ["Visad runt i lokalerna", "Sekretess"]


def test_a_closed_template_gives_no_more_introductions(at):
    introduction = plan(at)
    templates.close_template(introduction.template, by=at.manager, reason="Ny mall finns.")

    assert refusal(templates.add_point, introduction.template, by=at.manager, text="Ny") == (
        "Mallen används inte längre."
    )
    assert (
        refusal(
            operations.plan_introduction,
            by=at.manager,
            unit=at.home_care,
            template=introduction.template,
            person=at.supervisor,
            supervisor=at.newcomer,
            start_date=date(2026, 4, 1),
        )
        == "Mallen används inte längre."
    )


@pytest.mark.parametrize("same", ["supervisor", "twice"])
def test_refuses_what_makes_no_sense(at, same):
    introduction = plan(at)
    said = {"person": at.newcomer, "supervisor": at.newcomer if same == "supervisor" else at.manager}

    with pytest.raises(ValidationError):
        operations.plan_introduction(
            by=at.manager,
            unit=at.home_care,
            template=introduction.template,
            start_date=date(2026, 4, 1),
            **said,
        )


def test_begins_on_the_first_day_and_both_are_told(at, clock):
    introduction = plan(at, start=date(2026, 3, 23))
    assert (run("introductions."), introduction.state) == ({}, S.PLANNED)

    clock.move_to("2026-03-25 12:00Z")
    run("introductions.")
    introduction.refresh_from_db()

    assert introduction.state == S.ONGOING
    assert sorted(Notice.objects.values_list("kind", "person__name")) == [
        ("introduction_begun", "Ny Berg"),
        ("introduction_begun", "Sven By"),
        ("introduction_late", "Sven By"),
    ]


def test_each_signs_for_oneself_and_the_manager_in_the_supervisors_stead(at):
    plan(at)
    both = point(at, "Tystnadsplikten")

    for who, part in ((at.supervisor, "employee"), (at.manager, "employee"), (at.newcomer, "supervisor")):
        with pytest.raises(PermissionDenied):
            operations.sign_point(both, by=who, part=part)
    operations.sign_point(both, by=at.newcomer, part="employee")
    operations.sign_point(both, by=at.manager, part="supervisor")

    signed = SignOff.objects.values_list("part", "by_name", "is_undone")
    assert list(signed) == [("employee", "Ny Berg", False), ("supervisor", "Karin Ek", False)]
    assert refusal(operations.sign_point, both, by=at.newcomer, part="employee") == (
        "Punkten är redan signerad, eller ska inte signeras av dig."
    )


def test_signature_is_taken_back_with_a_reason_and_stays_in_the_history(at):
    introduction = plan(at)
    operations.sign_point(point(at, "Träffa skyddsombudet"), by=at.newcomer, part="employee")

    with pytest.raises(ValidationError):
        operations.undo_sign_off(point(at, "Träffa skyddsombudet"), by=at.newcomer, part="employee", reason=" ")
    operations.undo_sign_off(point(at, "Träffa skyddsombudet"), by=at.newcomer, part="employee", reason="Fel punkt.")

    assert remaining(introduction) == 3
    assert list(SignOff.objects.values_list("is_undone", "reason")) == [(False, ""), (True, "Fel punkt.")]
    assert (
        refusal(
            operations.undo_sign_off, point(at, "Träffa skyddsombudet"), by=at.newcomer, part="employee", reason="Igen."
        )
        == "Punkten är inte signerad."
    )
    for change in (lambda: SignOff.objects.update(reason="x"), SignOff.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_document_is_signed_off_by_its_receipt(at):
    version = version_in_force(at.home_care.parent)
    introduction = plan(at, documents=[version.document])
    sign_all(at)
    assert refusal(operations.finish_introduction, introduction, by=at.supervisor) == "En punkt är kvar."

    operations.sign_point(point(at, "Läs Rutin för basal hygien"), by=at.newcomer, part="employee")

    assert ReadReceipt.objects.get().person == at.newcomer
    assert SignOff.objects.filter(point__document__isnull=False).count() == 0
    assert operations.finish_introduction(introduction, by=at.supervisor).state == S.FINISHED


def test_awaits_whoever_has_something_left_by_the_first_day_of_it(at):
    introduction = plan(at)

    def waiting(who):
        return [(row, str(row.next_date)) for row in introductions_awaiting(who)]

    assert waiting(at.newcomer) == [(introduction, "2026-03-18")]
    assert waiting(at.supervisor) == [(introduction, "2026-03-17")]
    assert waiting(at.manager) == []
    operations.sign_point(point(at, "Träffa skyddsombudet"), by=at.newcomer, part="employee")
    assert waiting(at.newcomer) == [(introduction, "2026-03-19")]
    operations.sign_point(point(at, "Tystnadsplikten"), by=at.newcomer, part="employee")
    assert waiting(at.newcomer) == []


def test_nothing_is_signed_unless_it_is_under_way(at):
    introduction_at(S.PLANNED, at)

    assert refusal(operations.sign_point, point(at, "Träffa skyddsombudet"), by=at.newcomer, part="employee") == (
        "Introduktionen pågår inte."
    )


def test_another_supervisor_takes_over_and_the_log_names_nobody(at):
    introduction = plan(at)
    other = person("Annan By", employee=at.home_care)

    operations.change_introduction(introduction, by=at.manager, revision=1, supervisor=other)

    event = Event.objects.latest("number")
    assert (introduction.supervisor, event.verb, event.before, event.after) == (
        other,
        "introduction.supervisor_changed",
        {},
        {},
    )
    assert "Ny Berg" not in str(list(Event.objects.values_list("before", "after")))


def test_reminds_whoever_is_late_every_week(at, clock):
    plan(at)
    for day in ("2026-03-18", "2026-03-19", "2026-03-25", "2026-04-01"):
        clock.move_to(f"{day} 12:00Z")
        run("introductions.")
        run("introductions.")

    late = Notice.objects.filter(kind="introduction_late").order_by("due_date", "person__name")
    assert [(str(notice.due_date), notice.person.name) for notice in late] == [
        ("2026-03-18", "Sven By"),
        ("2026-03-19", "Ny Berg"),
        ("2026-03-25", "Sven By"),
        ("2026-03-26", "Ny Berg"),
        ("2026-04-01", "Sven By"),
    ]
