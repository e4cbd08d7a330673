from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from hjulet.audit.models import Reading
from hjulet.collaboration.models import Notice
from hjulet.monitoring.log_review import operations
from hjulet.monitoring.log_review.notices import remind_of_waiting
from hjulet.monitoring.log_review.states import ReviewState as S
from hjulet.reporting.my_work.queries import tasks_of
from tests.collaboration.clock.rounds import machine
from tests.factories import assign, committee, person
from tests.monitoring.log_review.walks import judge_all, place, read, review_at, rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(client):
    at = place(sample_size=5)
    client.force_login(at.reviewer)
    return at


@pytest.fixture
def drawn(at, clock):
    clock.move_to(datetime(2026, 2, 10, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm")))
    read(at.manager, at.unit, times=3)
    clock.move_to(datetime(2026, 3, 16, 10, 0, tzinfo=ZoneInfo("Europe/Stockholm")))
    return review_at(S.ONGOING, at)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_statements(client, at, rows, django_assert_num_queries):
    if rows == 3:
        operations.create_due_reviews(by=machine(), day=date(2026, 5, 1))
    assert at.plan.reviews.count() == rows

    with django_assert_num_queries(9):
        client.get(reverse("log_review:list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_statements(client, at, drawn, rows, django_assert_num_queries):
    drawn.sampled.exclude(pk__in=drawn.sampled.values("pk")[:rows]).delete()
    client.get(drawn.get_absolute_url())

    with django_assert_num_queries(15):  # ten, and five to log that the log was read
        client.get(drawn.get_absolute_url())


def test_the_whole_review_through_its_pages(client, at, drawn):
    for sampled in drawn.sampled.all():
        client.post(reverse("log_review:judge", args=[drawn.pk, sampled.pk]), {"verdict": "justified", "note": ""})
    client.post(reverse("log_review:sign", args=[drawn.pk]), {"conclusion": "Inget att anmärka."})

    page = client.get(drawn.get_absolute_url()).context["page"]

    assert (page.review.state, page.review.signed_name, page.left, page.moves) == (S.SIGNED, "Lova Logg", 0, ())
    assert [(label, count) for label, _color, count in page.tally] == [("Motiverad", 3), ("Oklar", 0), ("Obehörig", 0)]


def test_drawing_by_the_button(client, at):
    client.post(reverse("log_review:draw", args=[at.review.pk]))

    assert at.review.state == S.ONGOING


def test_to_see_readings_in_a_review_is_itself_a_reading(client, at, drawn):
    before = Reading.objects.count()

    client.get(drawn.get_absolute_url())

    reading = Reading.objects.order_by("-pk").first()
    assert Reading.objects.count() == before + 1
    assert (reading.person_name, reading.how, reading.unit_id, reading.acting_as) == (
        "Lova Logg",
        "log",
        at.committee.pk,
        "Loggranskare, Socialnämnden",
    )


def test_another_nämnd_has_no_such_review(client, at, drawn):
    client.force_login(person("Olle Annan", log_reviewer=committee("Skolnämnden")))

    assert client.get(reverse("log_review:list")).context["shown"].page.paginator.count == 0
    assert client.get(drawn.get_absolute_url()).status_code == 404
    assert client.get(reverse("log_review:change_plan", args=[at.plan.pk])).status_code == 404


def test_who_does_not_review_is_not_let_in(client, at, drawn):
    client.force_login(at.manager)

    assert client.get(reverse("log_review:list")).status_code == 403
    assert client.get(drawn.get_absolute_url()).status_code == 404


def test_to_be_named_without_the_role_opens_nothing(client, at, drawn):
    """The role may have been taken away since."""
    type(at.plan).objects.filter(pk=at.plan.pk).update(owner_person=at.manager, owner_role="")
    client.force_login(at.manager)

    assert client.get(drawn.get_absolute_url()).status_code == 404


def test_planning_through_the_page(client, at):
    other = committee("Äldrenämnden")
    assign(at.reviewer, "log_reviewer", other)

    client.post(
        reverse("log_review:plan"),
        {
            "unit": other.pk,
            "rule": rule().pk,
            "owner_person": "",
            "owner_role": "log_reviewer",
            "starts_date": "2026-03-01",
        },
    )

    assert [str(plan) for plan in client.get(reverse("log_review:list")).context["plans"]] == [
        "Logggranskning, Socialnämnden",
        "Logggranskning, Äldrenämnden",
    ]


def test_the_reviewer_is_reminded_every_week_until_it_is_signed(at, clock):
    def told(day):
        return remind_of_waiting(machine(), day)

    assert [told(date(2026, 3, day)) for day in (1, 7, 8, 8)] == [1, 0, 1, 0]
    assert set(Notice.objects.values_list("person__name", "kind")) == {("Lova Logg", "review_due")}
    review = review_at(S.ONGOING, at)
    judge_all(review, at.reviewer)
    operations.sign_review(review, by=at.reviewer, conclusion="Klart.")
    assert told(date(2026, 3, 22)) == 0


def test_it_stands_among_the_tasks_of_whoever_reviews(at):
    [task] = tasks_of(at.reviewer)

    assert (task.kind, task.day, task.title) == (
        "Granska läsloggen",
        date(2026, 3, 30),
        "Logggranskning februari 2026, Socialnämnden",
    )
    assert tasks_of(at.manager) == []
