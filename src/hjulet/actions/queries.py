from dataclasses import dataclass

from django.db.models import QuerySet

from hjulet.actions import rules
from hjulet.actions.models import Action, EffectCheck, ProgressNote
from hjulet.actions.states import COLORS, OPEN, WORKFLOW, ActionState
from hjulet.base.statements import about_one, beside
from hjulet.base.workflow import Happening, OpenMove, history
from hjulet.organisation.models import Person

BESIDE = ("unit", "owner_person", "type")


def actions_visible_to(person: Person) -> QuerySet[Action]:
    """Where every page about actions starts."""
    return Action.objects.visible_to(person).select_related(*BESIDE)


def actions_awaiting(person: Person) -> QuerySet[Action]:
    """What the person is responsible for and has not finished, the effect check included."""
    return (
        Action.objects.owned_by(person)
        .within_secrecy(person)
        .select_related(*BESIDE)
        .exclude(state__in=[ActionState.CLOSED, ActionState.CANCELLED])
        .order_by("due_date", "pk")
    )


@dataclass(frozen=True)
class ActionPage:
    """What the page of one action shows to one person."""

    action: Action
    color: str
    is_waiting: bool
    moves: tuple[OpenMove, ...]
    may_change: bool
    may_work: bool
    obstacle_to_note: str | None
    obstacle_to_effect: str | None
    history: list[Happening]
    notes: list[ProgressNote]
    effect_checks: list[EffectCheck]


def action_page(person: Person, action: Action) -> ActionPage:
    may_work = rules.may_work_on(person, action)
    moves = WORKFLOW.moves_from(action.state) if may_work else ()
    return ActionPage(
        action=action,
        color=COLORS[action.state],
        is_waiting=action.state in OPEN,
        moves=tuple(OpenMove(move, rules.obstacle_to_move(action, move.name)) for move in moves),
        may_change=rules.may_change(person, action) and not rules.obstacle_to_changing(action),
        may_work=may_work,
        obstacle_to_note=rules.obstacle_to_noting_progress(action),
        obstacle_to_effect=rules.obstacle_to_checking_effect(action),
        history=history(WORKFLOW, beside(action, "steps")),
        notes=list(notes_of(action.pk)),
        effect_checks=list(effect_checks_of(action.pk)),
    )


@about_one
def notes_of(action: int) -> QuerySet[ProgressNote]:
    """Latest first."""
    return ProgressNote.objects.filter(action=action).select_related("by").order_by("-at", "-pk")


@about_one
def effect_checks_of(action: int) -> QuerySet[EffectCheck]:
    """Latest first."""
    checks = EffectCheck.objects.filter(action=action).select_related("checked_by")
    return checks.order_by("-checked_date", "-pk")
