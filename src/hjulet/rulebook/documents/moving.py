"""The parts that all moves of a version share, inside the operations that make them."""

from typing import Any

from hjulet.audit import operations as audit
from hjulet.base.operations import require, require_no
from hjulet.base.workflow import perform
from hjulet.organisation.models import Person
from hjulet.rulebook.documents import rules
from hjulet.rulebook.documents.models import DocumentVersion
from hjulet.rulebook.documents.states import WORKFLOW


def make_move(version: DocumentVersion, move: str, *, by: Person, reason: str = "", **fields: Any) -> DocumentVersion:
    """The rule, the table's word, the step and the audit event."""
    require(rules.may_move(by, version.document, move))
    require_no(rules.obstacle_to_move(version, move))
    return carry_out(version, move, by=by, reason=reason, **fields)


def carry_out(version: DocumentVersion, move: str, *, by: Person, reason: str = "", **fields: Any) -> DocumentVersion:
    before = version.state
    perform(version, WORKFLOW, move, by=by, reason=reason, **fields)
    audit.record(
        f"documentversion.{move}",
        by=by,
        target=version,
        before={"state": before},
        after={"state": version.state, "reason": reason, "valid_from": version.valid_from},
    )
    return version
