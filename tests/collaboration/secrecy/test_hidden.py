"""Who may not read what is marked learns nothing: not the row, not its words, not how many there are."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from hjulet.actions.models import Action
from hjulet.actions.notices import remind_of_overdue
from hjulet.actions.queries import actions_visible_to
from hjulet.collaboration.attachments.operations import attach
from hjulet.collaboration.comments.operations import comment_on, withdraw_comment
from hjulet.collaboration.secrecy.operations import lift_marking
from hjulet.organisation.change_log.queries import events_visible_to
from hjulet.planning.quality_plan.gathering import content_of, material_of
from hjulet.planning.risk_analyses.queries import standing_of
from hjulet.planning.risks.queries import risks_visible_to
from hjulet.reporting.follow_up.queries import risks_followed
from hjulet.reporting.gaps.queries import gaps_page
from hjulet.reporting.my_work.queries import tasks_of
from hjulet.search.keeping import index_anew, keep_up
from hjulet.search.models import Entry
from tests.actions.walks import plan
from tests.collaboration.clock.rounds import machine
from tests.collaboration.files import upload
from tests.collaboration.secrecy.walks import SECRET, home, mark, open_marked
from tests.factories import assign, person, unit
from tests.planning import walks as planning
from tests.planning.quality_plan import walks as plans
from tests.search.walks import counts

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return home()


def seen_by(person):
    return set(actions_visible_to(person).values_list("title", flat=True))


@pytest.mark.parametrize(("who", "seen"), [("manager", {f"Utred {SECRET}"}), ("lawyer", set()), ("auditor", set())])
def test_only_those_who_read_secrets_see_the_row(at, who, seen):
    assert seen_by(getattr(at, who)) == seen


def test_who_reads_secrets_elsewhere_or_only_keeps_the_system_sees_nothing(at):
    """A manager of a sister unit reads the nämnd's actions, a reviewer the log, and an administrator none of them."""
    elsewhere = person("Olle Öst", unit_manager=unit(at.committee, "Öst"))
    reviewer = person("Lova Logg", log_reviewer=at.committee)
    admin = person("Sys Förvaltare", system_administrator=at.committee.parent)

    assert [seen_by(who) for who in (elsewhere, reviewer, admin)] == [set(), set(), set()]


def test_the_owner_without_the_right_does_not_see_it_either(at):
    """A role that is taken away takes the task with it."""
    Action.objects.filter(pk=at.action.pk).update(owner_person=at.auditor)

    assert seen_by(at.auditor) == set()


def test_lifted_it_is_seen_as_before(at):
    lift_marking(at.marking, by=at.manager, reason="Prövad.")

    assert seen_by(at.auditor) == {f"Utred {SECRET}"}


@pytest.mark.parametrize(
    "address",
    [
        "/atgarder/{}/",
        "/atgarder/{}/andra/",
        "/samtal/actions.action/{}/",
        "/risker/for-atgard/{}/",
        "/notiser/om/actions.action/{}/",
    ],
)
def test_its_addresses_do_not_exist(client, at, address):
    client.force_login(at.auditor)

    assert client.get(address.format(at.action.pk)).status_code == 404


def test_lists_and_exports_are_without_it(client, at):
    client.force_login(at.auditor)

    page = client.get(reverse("actions:list"))
    book = openpyxl.load_workbook(BytesIO(client.get(reverse("actions:list"), {"format": "xlsx"}).content))

    assert (page.context["shown"].page.paginator.count, book.active.max_row) == (0, 1)
    assert SECRET not in page.content.decode()


def test_its_attachment_cannot_be_fetched(client, at):
    file = attach(at.action, by=at.manager, upload=upload("a.txt", b"Tomt."))
    client.force_login(at.auditor)

    assert client.get(reverse("attachments:download", args=[file.pk])).status_code == 404


@pytest.mark.parametrize("marks_first", [True, False])
def test_search_finds_neither_the_row_nor_what_is_said_about_it(at, marks_first):
    if not marks_first:
        lift_marking(at.marking, by=at.manager, reason="Prövad.")
        at.action.refresh_from_db()
    comment_on(at.action, by=at.manager, text=f"Mer om {SECRET}.")
    attach(at.action, by=at.manager, upload=upload(f"{SECRET}.txt", b"Tomt."))
    index_anew()
    if not marks_first:
        mark(at.action, at.manager)
        keep_up()

    assert counts(at.auditor, SECRET) == {}
    assert counts(at.manager, SECRET) == {}
    assert not Entry.objects.filter(body__contains=SECRET).exists()
    assert not Entry.objects.filter(title__contains=SECRET).exists()


def test_who_may_read_finds_it_by_its_number(at):
    index_anew()

    assert counts(at.manager, "Sekretessmarkerad åtgärd") == {"atgarder": 1}
    assert counts(at.auditor, "Sekretessmarkerad åtgärd") == {}


def test_the_log_of_changes_keeps_what_was_written(at):
    said = comment_on(at.action, by=at.manager, text=f"Mer om {SECRET}.")
    withdraw_comment(said, by=at.manager, reason=f"{SECRET} fel.")
    assign(at.manager, "quality_developer", at.unit)
    at.manager.__dict__.pop("_assignments_today", None)

    def told(who):
        return sorted(events_visible_to(who).values_list("verb", flat=True))

    assert told(at.auditor) == []
    assert told(at.manager) == ["action.marked_secret", "action.planned", "comment.withdrawn", "comment.written"]


def test_events_of_other_rows_stay(at):
    other = plan(at.manager, at.unit)
    comment_on(other, by=at.manager, text="Öppet.")

    assert sorted(events_visible_to(at.auditor).values_list("verb", flat=True)) == ["action.planned", "comment.written"]


def test_reminders_go_to_nobody_who_may_not_read(at):
    Action.objects.filter(pk=at.action.pk).update(owner_person=at.auditor, due_date="2026-01-01")

    assert remind_of_overdue(machine(), planning.TODAY) == 0


def test_a_list_of_tasks_tells_only_its_number(at):
    Action.objects.filter(pk=at.action.pk).update(owner_person=at.manager)

    assert [task.title for task in tasks_of(at.manager)] == [f"Sekretessmarkerad åtgärd {at.action.pk}"]


def test_broken_threads_count_only_what_is_seen(at):
    def ownerless(who):
        return {one.kind.key: one.count for one in gaps_page(who, "", None).kinds}["action-owner"]

    assert (ownerless(at.manager), ownerless(at.auditor)) == (1, 0)


@pytest.fixture
def year():
    """A plan with one red risk that is marked and one that is not."""
    place, developer = plans.home()
    plan = plans.ready(developer, place)
    [open_risk] = material_of(plan).risks
    marked = planning.risk(developer, open_risk.analysis, 4, 4, title=SECRET)
    mark(marked, developer)
    return plan, open_risk, marked, developer


def test_plan_follow_up_and_their_figures_are_without_it(year):
    plan, open_risk, _marked, _developer = year

    assert material_of(plan).risks == [open_risk]
    assert SECRET not in repr(content_of(material_of(plan)))
    assert list(risks_followed(plan)) == [open_risk]


def test_the_picture_of_the_matrix_counts_what_is_seen(year):
    plan, open_risk, marked, developer = year
    auditor = person("Rune Rev", auditor=plan.unit)

    def counted(who):
        return standing_of(who, open_risk.analysis).total

    assert (counted(developer), counted(auditor)) == (2, 1)
    assert set(risks_visible_to(auditor)) == {open_risk}
    assert str(marked).endswith("Sekretessmarkerad risk")


def test_what_was_opened_with_a_reason_is_seen_by_that_person_alone(at):
    other = person("Lisa Lag", lawyer=at.committee)

    open_marked(at.marking, at.lawyer)

    assert (seen_by(at.lawyer), seen_by(other)) == ({f"Utred {SECRET}"}, set())
