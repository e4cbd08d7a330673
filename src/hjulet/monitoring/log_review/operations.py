import hashlib
import secrets
from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.actions.models import Action
from hjulet.actions.operations import plan_action
from hjulet.audit import operations as audit
from hjulet.base.operations import locked, operation, require, require_no, save_changes
from hjulet.base.workflow import perform
from hjulet.monitoring.log_review import rules, sampling
from hjulet.monitoring.log_review.models import Review, ReviewPlan, ReviewRule, SampledReading
from hjulet.monitoring.log_review.queries import population_of
from hjulet.monitoring.log_review.states import WORKFLOW
from hjulet.monitoring.self_monitoring.periods import Period, missing
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.units.rules import obstacle_to_beginning_in


@operation
def plan_review(
    *,
    by: Person,
    unit: Unit,
    rule: ReviewRule,
    starts_date: date,
    owner_person: Person | None = None,
    owner_role: str = "",
) -> ReviewPlan:
    """Say that the readings in a nämnd are reviewed. The periods that have passed since `starts_date` come at once."""
    require(rules.may_plan(by, unit))
    require_no(obstacle_to_beginning_in(unit))
    plan = ReviewPlan(unit=unit, rule=rule, starts_date=starts_date, owner_person=owner_person, owner_role=owner_role)
    plan.full_clean()
    require_reviewer(plan)
    plan.save()
    add_reviews(plan, day=timezone.localdate())
    audit.record("reviewplan.planned", by=by, target=plan, after={"rule": rule, "starts_date": starts_date})
    return plan


@operation
def change_plan(plan: ReviewPlan, *, by: Person, revision: int, **changes: Any) -> ReviewPlan:
    """Another rule holds for the periods to come; those that have come stay as they are."""
    require(rules.may_plan(by, plan.unit))
    before, after = save_changes(plan, revision=revision, changes=changes)
    require_reviewer(plan)
    if after:
        audit.record("reviewplan.changed", by=by, target=plan, before=before, after=after)
    return plan


def require_reviewer(plan: ReviewPlan) -> None:
    if obstacle := rules.obstacle_to_reviewer(plan):
        raise ValidationError({"owner_person": obstacle})


@operation
def create_due_reviews(*, by: Person, day: date) -> int:
    """A review for every period that has ended before `day`, however long ago; returns how many came."""
    require(by.is_machine)
    count = 0
    for plan in ReviewPlan.objects.select_related("rule", "unit").order_by("pk"):
        new = add_reviews(locked(plan), day=day)
        if new:
            audit.record("reviewplan.reviews_added", by=by, target=plan, after={"periods": new})
        count += len(new)
    return count


def add_reviews(plan: ReviewPlan, *, day: date) -> list[str]:
    there = [Period(*ends) for ends in plan.reviews.values_list("period_start", "period_end")]
    whole_year = date(day.year, 12, 31)
    ended = [part for part in missing(plan.rule.months, there, plan.starts_date, whole_year) if part.end < day]
    Review.objects.bulk_create(
        Review(
            plan=plan,
            period_start=part.start,
            period_end=part.end,
            due_date=part.end + timedelta(days=plan.rule.finish_days),
        )
        for part in ended
    )
    return [f"{part.start}–{part.end}" for part in ended]


@operation
def draw_sample(review: Review, *, by: Person) -> Review:
    """Draw by a seed that is kept, so that anyone can draw again and see that nothing was left out."""
    require(rules.may_review(by, review))
    require_no(rules.obstacle_to_move(review, "draw"))
    rule, rows, seed = review.plan.rule, list(population_of(review)), secrets.token_hex(16)
    drawn = sampling.draw(rows, seed=seed, size=rule.sample_size, much=rule.much)
    fields: dict[str, Any] = {"seed": seed, "sample_size": rule.sample_size, "much": rule.much, "population": len(rows)}
    perform(review, WORKFLOW, "draw", by=by, **fields)
    SampledReading.objects.bulk_create(
        SampledReading(review=review, reading_id=key, why=why) for key, why in drawn.items()
    )
    audit.record("review.draw", by=by, target=review, after=fields | {"sample": list(drawn)})
    return review


@operation
def judge_reading(sampled: SampledReading, *, by: Person, verdict: str, note: str = "") -> SampledReading:
    require(rules.may_review(by, sampled.review))
    locked(sampled.review)
    require_no(rules.obstacle_to_judging_one(by, sampled))
    before = {"verdict": sampled.verdict, "note": sampled.note}
    sampled.verdict, sampled.note = verdict, note.strip()
    sampled.judged_by, sampled.judged_at = by, timezone.now()
    sampled.full_clean()
    sampled.save()
    after = {"reading": sampled.reading_id, "verdict": verdict, "note": sampled.note}
    audit.record("review.judged", by=by, target=sampled.review, before=before, after=after)
    return sampled


@operation
def sign_review(review: Review, *, by: Person, conclusion: str) -> Review:
    """Freeze it. Name and title are copied, and the log keeps a checksum of every verdict."""
    require(rules.may_review(by, review))
    require_no(rules.obstacle_to_move(review, "sign"))
    if not conclusion.strip():
        raise ValidationError({"conclusion": _("Skriv vad granskningen visade.")})
    fields: dict[str, Any] = {
        "conclusion": conclusion.strip(),
        "signed_by": by,
        "signed_name": by.name,
        "signed_title": by.title,
        "signed_at": timezone.now(),
    }
    perform(review, WORKFLOW, "sign", by=by, **fields)
    said = list(review.sampled.order_by("reading_id").values_list("reading_id", "verdict", "note", "judged_by"))
    sha256 = hashlib.sha256(repr(said).encode()).hexdigest()
    counts = dict(Counter(verdict for _key, verdict, *_rest in said))
    audit.record("review.sign", by=by, target=review, after={"verdicts": counts, "sha256": sha256})
    return review


@operation
def plan_action_from(review: Review, *, by: Person, **given: Any) -> Action:
    """Answer what the review found with an action in the nämnd; `given` as to `plan_action`."""
    require(rules.may_plan_action_from(by, review))
    require_no(rules.obstacle_to_planning_action(review))
    action = plan_action(by=by, unit=review.unit, **given)
    review.actions.add(action)
    audit.record("review.action_planned", by=by, target=review, after={"action": action})
    return action
