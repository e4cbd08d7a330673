"""Workflows as data: a table of moves, and one function that performs a move and writes its step."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.operations import Refused, locked


@dataclass(frozen=True)
class Move:
    """One allowed change of state. `label` is what the button says; one that `asks` leads to a form first."""

    name: str
    sources: frozenset[str]
    target: str
    label: Any
    needs_reason: bool = False
    asks: bool = False


@dataclass(frozen=True)
class Workflow:
    """The states and the moves between them; refuses to be built from a table with a hole in it."""

    states: type[models.TextChoices]
    initial: str
    moves: tuple[Move, ...]
    by_name: dict[str, Move] = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "by_name", {move.name: move for move in self.moves})
        if len(self.by_name) != len(self.moves):
            raise ValueError("two moves share a name")
        reached = {self.initial} | {str(move.target) for move in self.moves}
        if unreachable := set(self.states.values) - reached:
            raise ValueError(f"no move leads to {sorted(unreachable)}")

    def __getitem__(self, name: str) -> Move:
        return self.by_name[name]

    def moves_from(self, state: str) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if state in move.sources)

    def obstacle_to(self, name: str, state: str) -> str | None:
        """The sentence that says why the move is not open from this state; None when it is."""
        move = self.by_name[name]
        if state in move.sources:
            return None
        return _("Det går inte att göra detta när läget är ”%(state)s”.") % {"state": self.states(state).label}


def move(
    name: str, *, sources: Iterable[str], target: str, label: Any, needs_reason: bool = False, asks: bool = False
) -> Move:
    """A `Move` from any iterable of states; reads as a row of the table."""
    return Move(name, frozenset(str(s) for s in sources), str(target), label, needs_reason, asks or needs_reason)


@dataclass(frozen=True)
class OpenMove:
    """A button on the row's page: the move, and what stands in its way if anything does."""

    move: Move
    obstacle: str | None


@dataclass(frozen=True)
class Happening:
    """A step as people read it."""

    what: Any
    who: str
    at: datetime
    reason: str


def history(workflow: Workflow, steps: Iterable[Any]) -> list[Happening]:
    """The steps as "what was done → what it is since", latest first."""

    def what(step: Any) -> str:
        return f"{workflow[step.move].label} → {workflow.states(step.to_state).label}"

    return [Happening(what(step), step.by_name, step.at, step.reason) for step in steps][::-1]


def perform(
    instance: models.Model, workflow: Workflow, name: str, *, by: Any, reason: str = "", **fields: Any
) -> models.Model:
    """Move the row to its next state and write the step; returns the row as saved.

    `fields` are what a constraint ties to the new state: they are saved with it. Expects the row's steps as
    `instance.steps`. Raises `Refused` when the table does not allow the move from
    where the row stands now, or when a reason is missing.
    """
    chosen = workflow[name]
    current = locked(instance)
    if obstacle := workflow.obstacle_to(name, current.state):
        raise Refused(obstacle)
    if chosen.needs_reason and not reason.strip():
        raise Refused(_("Skriv en orsak."))
    instance.steps.create(
        move=name,
        from_state=current.state,
        to_state=chosen.target,
        reason=reason.strip(),
        by=by,
        by_name=getattr(by, "signature", str(by))[:200],
        at=timezone.now(),
    )
    for field_name, value in {"state": chosen.target, **fields}.items():
        setattr(instance, field_name, value)
    instance.save(update_fields=["state", *fields])
    return instance
