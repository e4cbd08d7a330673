from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from hjulet.actions.models import Action
from hjulet.audit.models import Event, How
from hjulet.base.operations import EditConflict, Refused
from hjulet.monitoring.log_review import operations, queries
from hjulet.monitoring.log_review.models import Review, SampledReading, Verdict
from hjulet.monitoring.log_review.states import ReviewState as S
from tests.collaboration.clock.rounds import machine
from tests.factories import assign, committee, person
from tests.monitoring.log_review.walks import judge, judge_all, place, read, review_at, rule, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return place()


@pytest.fixture
def in_february(clock):
    def go(day=10):
        clock.move_to(datetime(2026, 2, day, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm")))

    return go


@pytest.fixture
def back(clock):
    return lambda: clock.move_to(datetime(2026, 3, 16, 10, 0, tzinfo=ZoneInfo("Europe/Stockholm")))


@pytest.fixture
def drawn(at, in_february, back):
    """Two readings from the manager and one from outside, all in the sample."""
    in_february()
    read(at.manager, at.unit, times=2)
    read(person("Lars Lag", lawyer=at.committee), at.unit, is_outside=True, reason="Begäran.")
    back()
    return review_at(S.ONGOING, at)


# The plan and its calendar


def test_planning_brings_every_period_that_has_passed(at):
    assert [(r.period_start, r.period_end, r.due_date, r.state) for r in at.plan.reviews.all()] == [
        (date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 30), S.WAITING)
    ]


def test_the_clock_forgets_no_period_however_long_it_was_away(at):
    count = operations.create_due_reviews(by=machine(), day=date(2027, 2, 1))

    starts = list(at.plan.reviews.order_by("period_start").values_list("period_start", flat=True))
    assert count == 11
    assert starts == [date(2026, month, 1) for month in range(2, 13)] + [date(2027, 1, 1)]
    assert operations.create_due_reviews(by=machine(), day=date(2027, 2, 1)) == 0


def test_a_period_comes_the_day_after_its_last(at):
    assert operations.create_due_reviews(by=machine(), day=date(2026, 3, 31)) == 0
    assert operations.create_due_reviews(by=machine(), day=date(2026, 4, 1)) == 1


def test_only_the_machine_turns_the_calendar(at):
    with pytest.raises(PermissionDenied):
        operations.create_due_reviews(by=at.reviewer, day=date(2026, 4, 1))


def test_another_rule_holds_for_what_is_to_come(at):
    quarterly = rule()
    quarterly.pk, quarterly.key, quarterly.name, quarterly.months = None, "quarter", "Varje kvartal", 3
    quarterly.save()

    operations.change_plan(at.plan, by=at.reviewer, revision=1, rule=quarterly)
    operations.create_due_reviews(by=machine(), day=date(2026, 7, 1))

    spans = list(at.plan.reviews.order_by("period_start").values_list("period_start", "period_end"))
    assert spans == [
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 6, 30)),
    ]
    with pytest.raises(EditConflict):
        operations.change_plan(at.plan, by=at.reviewer, revision=1, owner_role="log_reviewer")


def test_a_nämnd_has_one_plan_and_somebody_who_reviews(at):
    given = {"by": at.reviewer, "unit": at.committee, "rule": rule(), "starts_date": date(2026, 1, 1)}

    with pytest.raises(ValidationError, match="redan en plan"):
        operations.plan_review(**given, owner_role="log_reviewer")
    other = committee("Äldrenämnden")
    assign(at.reviewer, "log_reviewer", other)
    at.reviewer.__dict__.pop("_assignments_today")
    with pytest.raises(ValidationError, match="Välj vem som granskar"):
        operations.plan_review(**given | {"unit": other})
    with pytest.raises(ValidationError, match="Karin Ek har ingen roll som granskar läsloggen i Äldrenämnden"):
        operations.plan_review(**given | {"unit": other}, owner_person=at.manager)


def test_only_a_reviewer_plans(at):
    with pytest.raises(PermissionDenied):
        operations.change_plan(at.plan, by=at.manager, revision=1, owner_role="log_reviewer")


# The draw


def test_the_sample_is_of_the_period_and_the_nämnd(at, in_february, back):
    elsewhere = committee("Skolnämnden")
    in_february()
    [inside] = read(at.manager, at.unit)
    read(at.manager, elsewhere)
    read(at.manager, at.unit, how=How.LIST)
    back()
    read(at.manager, at.unit)

    review = review_at(S.ONGOING, at)

    assert list(review.sampled.values_list("reading", "why")) == [(inside.pk, "random")]
    assert (review.population, review.sample_size, review.much, len(review.seed)) == (1, 3, 10, 32)


@pytest.mark.parametrize(("day", "count"), [(1, 1), (28, 1)])
def test_the_first_and_last_day_belong_to_the_period(at, in_february, back, day, count):
    in_february(day)
    read(at.manager, at.unit)
    back()

    assert review_at(S.ONGOING, at).population == count


def test_the_draw_can_be_made_again(at, drawn):
    page = queries.review_page(at.reviewer, drawn)

    assert page.is_proven is True
    SampledReading.objects.filter(pk=drawn.sampled.first().pk).delete()
    assert queries.review_page(at.reviewer, drawn).is_proven is False


def test_a_reading_from_outside_is_in_the_sample(drawn):
    assert sorted(drawn.sampled.values_list("why", "reading__person_name")) == [
        ("outside", "Lars Lag"),
        ("random", "Karin Ek"),
        ("random", "Karin Ek"),
    ]


def test_a_period_that_is_not_over_is_not_drawn(at, clock):
    clock.move_to(datetime(2026, 2, 28, 12, 0, tzinfo=ZoneInfo("Europe/Stockholm")))

    with pytest.raises(Refused, match="Perioden är inte slut"):
        operations.draw_sample(at.review, by=at.reviewer)


# Judging and signing


def test_a_verdict_says_who_and_when_and_may_be_changed_until_the_signature(at, drawn):
    sampled = drawn.sampled.first()

    judge(sampled, at.reviewer)
    judge(sampled, at.reviewer, Verdict.UNCLEAR, "Varför på en söndag?")

    sampled.refresh_from_db()
    assert (sampled.verdict, sampled.note, sampled.judged_by) == ("unclear", "Varför på en söndag?", at.reviewer)
    event = Event.objects.first()
    assert (event.verb, event.before, event.after) == (
        "review.judged",
        {"verdict": "justified", "note": ""},
        {"reading": sampled.reading_id, "verdict": "unclear", "note": "Varför på en söndag?"},
    )


@pytest.mark.parametrize("verdict", [Verdict.UNCLEAR, Verdict.UNAUTHORISED])
def test_doubt_needs_a_note(at, drawn, verdict):
    with pytest.raises(ValidationError, match="Skriv vad som är oklart eller obehörigt"):
        judge(drawn.sampled.first(), at.reviewer, verdict, " ")


def test_nobody_judges_their_own_reading(at, drawn):
    assign(at.manager, "log_reviewer", at.committee)
    own = drawn.sampled.filter(reading__person_id=at.manager.pk).first()
    others = drawn.sampled.exclude(reading__person_id=at.manager.pk).get()

    with pytest.raises(Refused, match="Du har själv gjort läsningen"):
        judge(own, at.manager)

    assert judge(others, at.manager).judged_by == at.manager


def test_who_does_not_review_judges_nothing(at, drawn):
    with pytest.raises(PermissionDenied):
        judge(drawn.sampled.first(), at.manager)


def test_all_must_be_judged_before_the_signature(at, drawn):
    judge(drawn.sampled.first(), at.reviewer)

    with pytest.raises(Refused, match="2 läsningar är inte bedömda"):
        sign(drawn, at.reviewer)


def test_the_signature_copies_name_and_title_and_freezes(at, drawn):
    at.reviewer.title = "Jurist"
    at.reviewer.save()
    judge_all(drawn, at.reviewer)

    sign(drawn, at.reviewer)

    at.reviewer.name = "Lova Gift"
    at.reviewer.save()
    drawn.refresh_from_db()
    assert (drawn.signed_name, drawn.signed_title, drawn.conclusion) == (
        "Lova Logg",
        "Jurist",
        "Alla läsningar var motiverade.",
    )
    assert drawn.signed_at.isoformat() == "2026-03-16T09:00:00+00:00"
    event = Event.objects.first()
    assert (event.verb, event.after["verdicts"], len(event.after["sha256"])) == ("review.sign", {"justified": 3}, 64)
    with pytest.raises(Refused, match="undertecknad och ändras inte"):
        judge(drawn.sampled.first(), at.reviewer, Verdict.UNCLEAR, "x")


def test_a_period_without_readings_is_signed_too(at):
    review = review_at(S.ONGOING, at)

    sign(review, at.reviewer, "Ingen har läst.")

    assert (review.state, review.population) == (S.SIGNED, 0)


def test_a_signature_says_what_was_seen(at, drawn):
    judge_all(drawn, at.reviewer)

    with pytest.raises(ValidationError, match="Skriv vad granskningen visade"):
        sign(drawn, at.reviewer, " ")


@pytest.mark.parametrize("change", [{"state": "signed"}, {"seed": ""}, {"signed_at": "2026-03-16T10:00:00Z"}])
def test_the_database_refuses_a_review_that_is_half_done(at, drawn, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=drawn.pk).update(**change)


# What it leads to


def test_a_finding_leads_to_an_action_for_who_may_plan_one(at, drawn):
    given = {"title": "Gå igenom behörigheter", "description": "Läsningar på helger."}
    with pytest.raises(PermissionDenied):
        operations.plan_action_from(drawn, by=at.reviewer, **given)
    assign(at.reviewer, "quality_developer", at.committee)
    at.reviewer.__dict__.pop("_assignments_today")

    action = operations.plan_action_from(drawn, by=at.reviewer, **given)

    assert (list(drawn.actions.all()), action.unit) == ([Action.objects.get()], at.committee)


def test_no_action_before_the_sample(at):
    assign(at.reviewer, "quality_developer", at.committee)
    at.reviewer.__dict__.pop("_assignments_today", None)

    with pytest.raises(Refused, match="Dra stickprovet först"):
        operations.plan_action_from(at.review, by=at.reviewer, title="x", description="y")
