"""Whoever answers is told of an idea, and whoever proposed it what became of it."""

from django.utils import timezone

from hjulet.collaboration.notices.operations import tell
from hjulet.collaboration.notices.tellings import Telling
from hjulet.organisation.models import Person, RoleAssignment
from hjulet.organisation.roles.queries import people_with
from hjulet.planning.ideas.models import Idea
from hjulet.planning.ideas.queries import MANAGERS


def tell_managers(idea: Idea, *, by: Person) -> None:
    """Those who lead the unit, or a unit that it belongs to; not everybody who may answer in the nämnd."""
    today = timezone.localdate()
    held = RoleAssignment.objects.on(today).filter(role__in=MANAGERS, unit__in=idea.unit.lineage)
    tell("idea_proposed", [Telling(person, idea, today) for person in people_with(held, today)], by=by)


def tell_proposer(idea: Idea, *, by: Person) -> None:
    """At every move: the step tells two of the same day apart.

    Told as one of the employees: whoever may see the idea may see what has been told about it, but not the name.
    """
    step = idea.steps.order_by("pk").last()
    telling = Telling(idea.proposed_by, idea, timezone.localdate(), role="employee", part_id=step.pk if step else 0)
    tell("idea_answered", [telling], by=by)
