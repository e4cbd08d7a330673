"""Who may, and what stands in the way. A `may_…` decides whether the button is there, an `obstacle_…` what it says."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjulet.monitoring.log_review.models import Review, ReviewPlan, SampledReading
from hjulet.monitoring.log_review.states import WORKFLOW, ReviewState
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds
from hjulet.organisation.units.rules import obstacle_to_beginning_in


def may_plan(person: Person, unit: Unit) -> bool:
    return holds(person, Permission.READ_LOG_REVIEW, unit)


def may_review(person: Person, review: Review) -> bool:
    return holds(person, Permission.READ_LOG_REVIEW, review.unit)


def may_plan_action_from(person: Person, review: Review) -> bool:
    return may_review(person, review) and holds(person, Permission.ACTIONS_EDIT, review.unit)


def obstacle_to_reviewer(plan: ReviewPlan) -> str | None:
    person = plan.owner_person
    if person is None or holds(person, Permission.READ_LOG_REVIEW, plan.unit):
        return None
    return _("%(name)s har ingen roll som granskar läsloggen i %(unit)s.") % {"name": person, "unit": plan.unit}


def obstacle_to_move(review: Review, move: str) -> str | None:
    if obstacle := WORKFLOW.obstacle_to(move, review.state):
        return obstacle
    if move == "draw" and review.period_end >= timezone.localdate():
        return _("Perioden är inte slut. Stickprovet dras efter %(day)s.") % {"day": review.period_end}
    if move == "sign" and (left := review.sampled.filter(verdict="").count()):
        return ngettext("%(n)s läsning är inte bedömd.", "%(n)s läsningar är inte bedömda.", left) % {"n": left}
    return None


def obstacle_to_judging(review: Review) -> str | None:
    if review.state == ReviewState.ONGOING:
        return None
    if review.state == ReviewState.SIGNED:
        return _("Granskningen är undertecknad och ändras inte.")
    return _("Dra stickprovet först.")


def obstacle_to_judging_one(person: Person, sampled: SampledReading) -> str | None:
    """Nobody reviews what they have read themselves."""
    if obstacle := obstacle_to_judging(sampled.review):
        return obstacle
    if sampled.reading.person_id == person.pk:
        return _("Du har själv gjort läsningen. En annan granskare bedömer den.")
    return None


def obstacle_to_planning_action(review: Review) -> str | None:
    if review.state == ReviewState.WAITING:
        return _("Dra stickprovet först.")
    return obstacle_to_beginning_in(review.unit)
