"""A review in a given state, reached by the real operations, over readings that pages would have made."""

from dataclasses import dataclass
from datetime import date

from hjulet.audit.models import How, Read
from hjulet.audit.operations import log_readings
from hjulet.monitoring.log_review import operations
from hjulet.monitoring.log_review.models import Review, ReviewPlan, ReviewRule, Verdict
from hjulet.monitoring.log_review.states import ReviewState as S
from hjulet.organisation.models import Person, Unit
from tests import factories

FEBRUARY = date(2026, 2, 10)


@dataclass
class Place:
    committee: Unit
    unit: Unit
    reviewer: Person
    manager: Person
    plan: ReviewPlan

    @property
    def review(self) -> Review:
        return self.plan.reviews.get()


def rule(**given):
    values = {"key": "month", "name": "Varje månad", "months": 1, "sample_size": 3, "much": 10, "finish_days": 30}
    return ReviewRule.objects.get_or_create(key="month", defaults=values | given)[0]


def place(**given):
    """A nämnd whose log is reviewed from February 2026 on, read on 16 March: one period has passed."""
    committee = factories.committee()
    unit = factories.unit(committee)
    reviewer = factories.person("Lova Logg", log_reviewer=committee)
    plan = operations.plan_review(
        by=reviewer, unit=committee, rule=rule(**given), starts_date=date(2026, 2, 1), owner_role="log_reviewer"
    )
    return Place(committee, unit, reviewer, factories.person("Karin Ek", unit_manager=unit), plan)


def read(by, unit, times=1, how=How.PAGE, **given):
    reads = [Read(unit, unit.pk, unit.committee_id, how, "Enhetschef", **given)] * times
    return log_readings(reads, by=by)


def judge(sampled, by, verdict=Verdict.JUSTIFIED, note=""):
    return operations.judge_reading(sampled, by=by, verdict=verdict, note=note)


def judge_all(review, by):
    for sampled in review.sampled.filter(verdict=""):
        judge(sampled, by)


def sign(review, by, conclusion="Alla läsningar var motiverade."):
    return operations.sign_review(review, by=by, conclusion=conclusion)


def review_at(state, at):
    """The review of February walked to the state by the reviewer."""
    review = at.review
    if state in (S.ONGOING, S.SIGNED):
        operations.draw_sample(review, by=at.reviewer)
    if state == S.SIGNED:
        judge_all(review, at.reviewer)
        sign(review, at.reviewer)
    assert review.state == state
    return review
