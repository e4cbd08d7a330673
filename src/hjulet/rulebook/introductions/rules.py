from django.utils.translation import gettext as _

from hjulet.organisation.models import Person
from hjulet.rulebook.introduction_templates.rules import may_lead
from hjulet.rulebook.introduction_templates.states import SignedBy
from hjulet.rulebook.introductions.models import Introduction, Point
from hjulet.rulebook.introductions.remaining import parts_left, remaining
from hjulet.rulebook.introductions.states import WORKFLOW, IntroductionState


def may_sign(person: Person, introduction: Introduction, part: str) -> bool:
    """Each signs for oneself; whoever leads the staff may sign in the supervisor's stead."""
    if part == SignedBy.EMPLOYEE:
        return introduction.person_id == person.pk
    return introduction.supervisor_id == person.pk or leads(person, introduction)


def leads(person: Person, introduction: Introduction) -> bool:
    """Nobody leads the own introduction."""
    return introduction.person_id != person.pk and may_lead(person, introduction.unit)


def may_move(person: Person, introduction: Introduction, move: str) -> bool:
    if move in {"begin", "finish"} and introduction.supervisor_id == person.pk:
        return True
    return leads(person, introduction)


def obstacle_to_move(introduction: Introduction, move: str) -> str | None:
    if obstacle := WORKFLOW.obstacle_to(move, introduction.state):
        return obstacle
    if move == "finish" and (left := remaining(introduction)):
        return _("%(count)s punkter är inte signerade.") % {"count": left} if left > 1 else _("En punkt är kvar.")
    return None


def obstacle_to_changing(introduction: Introduction) -> str | None:
    if introduction.state not in {IntroductionState.PLANNED, IntroductionState.ONGOING}:
        return _("Introduktionen är avslutad.")
    return None


def obstacle_to_signing(point: Point, part: str) -> str | None:
    if obstacle := obstacle_to_working(point.introduction):
        return obstacle
    if part not in parts_left(point):
        return _("Punkten är redan signerad, eller ska inte signeras av dig.")
    return None


def obstacle_to_undoing(point: Point, part: str) -> str | None:
    if obstacle := obstacle_to_working(point.introduction):
        return obstacle
    if getattr(point, f"{part}_signed_date") is None:
        return _("Punkten är inte signerad.")
    return None


def obstacle_to_working(introduction: Introduction) -> str | None:
    if introduction.state != IntroductionState.ONGOING:
        return _("Introduktionen pågår inte.")
    return None
