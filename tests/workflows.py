"""What the tables state × move × role have in common: who holds a role, and what comes of trying a move."""

from django.core.exceptions import PermissionDenied

from hjulet.base.operations import Refused
from tests.factories import group, person


def held_in(role, unit):
    """Where such a role is held: in the unit, in a group of it or in its nämnd."""
    if role in {"group_manager", "employee"}:
        return group(unit)
    return unit if role == "unit_manager" else unit.committee


def holder(role, unit):
    return person("Robin Ask", **{role: held_in(role, unit)})


def comes_of(move, row, by):
    """The state that the move leads to. Where it leads nowhere: the state that stands, and why."""
    why = None
    try:
        move(row, by)
    except Refused as refusal:
        why = refusal.sentence
    except PermissionDenied:
        why = PermissionDenied
    row.refresh_from_db()
    return (row.state, why) if why else row.state


def stands_before(move, allowed):
    """A state that the table of what is `allowed` lets the move begin in."""
    return next(state for state, name in allowed if name == move)
