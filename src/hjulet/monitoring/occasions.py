"""One time that something recurring is to be done: what the occasions of controls and of duties have in common."""

from typing import Any, TypeVar

from hjulet.audit import operations as audit
from hjulet.base.operations import locked
from hjulet.base.workflow import Workflow, perform
from hjulet.organisation.models import Person

Occasion = TypeVar("Occasion", bound=Any)


def make_move(
    occasion: Occasion,
    workflow: Workflow,
    move: str,
    *,
    called: str,
    by: Person,
    reason: str = "",
    revision: int | None = None,
    **fields: Any,
) -> Occasion:
    """The part all moves share once the rules have been asked: validation of the row as it will stand, step and event.

    `called` is what the events of such an occasion begin with.
    """
    current = locked(occasion, revision=revision)
    before = {"state": current.state} | {name: getattr(current, name) for name in fields}
    after = {"state": workflow[move].target} | fields
    for name, value in after.items():
        setattr(current, name, value)
    current.full_clean()
    perform(occasion, workflow, move, by=by, reason=reason, revision=current.revision + 1, **fields)
    audit.record(f"{called}.{move}", by=by, target=occasion, before=before, after=after | {"reason": reason})
    return occasion
