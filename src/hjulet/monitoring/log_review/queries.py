from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from hjulet.actions.models import Action
from hjulet.audit.models import How, Reading
from hjulet.base.statements import beside
from hjulet.base.workflow import Happening, OpenMove, history
from hjulet.monitoring.log_review import rules, sampling
from hjulet.monitoring.log_review.models import VERDICT_COLORS, Review, ReviewPlan, SampledReading, Verdict
from hjulet.monitoring.log_review.states import COLORS, WORKFLOW, ReviewState
from hjulet.organisation.change_log.queries import name_of
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach


@dataclass(frozen=True)
class Judged:
    """One reading of the sample, as the reviewer sees it: never what was read."""

    sampled: SampledReading
    what: str
    color: str
    obstacle: str | None


@dataclass(frozen=True)
class ReviewPage:
    review: Review
    color: str
    rows: list[Judged]
    tally: list[tuple[str, str, int]]
    left: int
    is_proven: bool | None
    moves: tuple[OpenMove, ...]
    actions: list[Action]
    may_plan_action: bool
    obstacle_to_action: str | None
    history: list[Happening]


def plans_visible_to(person: Person) -> QuerySet[ReviewPlan]:
    return ReviewPlan.objects.visible_to(person).select_related("unit", "rule", "owner_person")


def reviews_visible_to(person: Person) -> QuerySet[Review]:
    """Where every page about reviews starts."""
    return Review.objects.visible_to(person).select_related("plan__unit", "plan__owner_person", "plan__rule")


def listed_reviews(person: Person) -> QuerySet[Review]:
    """With how many of the sample there are, and how many of them somebody doubts."""
    doubted = Q(sampled__verdict__in=[Verdict.UNCLEAR, Verdict.UNAUTHORISED])
    return reviews_visible_to(person).annotate(
        drawn=Count("sampled", distinct=True), doubted=Count("sampled", filter=doubted, distinct=True)
    )


def reviews_awaiting(person: Person) -> QuerySet[Review]:
    return reviews_visible_to(person).owned_by(person).unsigned().order_by("due_date", "pk")


def committees_without_plan(person: Person) -> QuerySet[Unit]:
    reach = units_within_reach(person, Permission.READ_LOG_REVIEW).committees()
    return reach.exclude(pk__in=ReviewPlan.objects.order_by().values("unit")).order_by("path")


def review_page(person: Person, review: Review) -> ReviewPage:
    may_review = rules.may_review(person, review)
    sampled = list(review.sampled.select_related("reading", "judged_by"))
    for one in sampled:
        one.review = review
    counts = Counter(one.verdict for one in sampled)
    moves = WORKFLOW.moves_from(review.state) if may_review else ()
    return ReviewPage(
        review=review,
        color=COLORS[review.state],
        rows=[
            Judged(
                one, what_was_read(one.reading), VERDICT_COLORS[one.verdict], rules.obstacle_to_judging_one(person, one)
            )
            for one in sampled
        ],
        tally=[(verdict.label, VERDICT_COLORS[verdict], counts[verdict]) for verdict in Verdict],
        left=counts[""],
        is_proven=is_proven(review, sampled),
        moves=tuple(OpenMove(move, rules.obstacle_to_move(review, move.name)) for move in moves),
        actions=list(review.actions.within_secrecy(person).select_related("unit", "owner_person")),
        may_plan_action=rules.may_plan_action_from(person, review),
        obstacle_to_action=rules.obstacle_to_planning_action(review),
        history=history(WORKFLOW, beside(review, "steps")),
    )


def what_was_read(reading: Reading) -> str:
    name = name_of(reading.target_type)
    return f"{name[:1].upper()}{name[1:]} {reading.target_id}"


def population_of(review: Review) -> Iterator[sampling.Row]:
    """Every reading in the nämnd during the period. The log only grows and the period is over: always the same.

    Not the rows of lists, where the title is all that is seen: they would drown the rest.
    """
    start = timezone.make_aware(datetime.combine(review.period_start, time.min))
    end = timezone.make_aware(datetime.combine(review.period_end + timedelta(days=1), time.min))
    rows = Reading.objects.filter(committee_id=review.unit_id, at__gte=start, at__lt=end).exclude(how=How.LIST)
    for pk, person_id, is_outside in (
        rows.order_by().values_list("pk", "person_id", "is_outside").iterator(chunk_size=2000)
    ):
        yield sampling.Row(pk, person_id, is_outside)


def is_proven(review: Review, sampled: list[SampledReading]) -> bool | None:
    """Whether the draw, made again, gives the sample that stands here; None before there is one."""
    if review.state == ReviewState.WAITING or review.sample_size is None or review.much is None:
        return None
    again = sampling.draw(population_of(review), seed=review.seed, size=review.sample_size, much=review.much)
    return again == {one.reading_id: one.why for one in sampled}
