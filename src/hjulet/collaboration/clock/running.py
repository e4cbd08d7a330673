"""One round of the clock."""

import logging
from dataclasses import dataclass
from uuid import uuid4

from django.utils import timezone

from hjulet.base.operations import Refused
from hjulet.collaboration.clock.duties import Duty, duties
from hjulet.collaboration.clock.operations import let_go, note_failed, note_finished, take_hold
from hjulet.collaboration.clock.queries import waiting_duties
from hjulet.organisation.models import Person

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What came of one duty: how many things it did, or why it failed."""

    duty: Duty
    count: int | None = None
    fault: str = ""


def run_duties(
    *, by: Person, only_waiting: bool = False, without: frozenset[str] = frozenset()
) -> list[Outcome] | None:
    """Do what is due, each duty apart from the others; None when another clock is at work.

    `without` names duties that somebody else answers for.

    A clock that was away so long that another took over stops before the next duty.
    """
    holder = uuid4().hex
    if not take_hold(by=by, holder=holder):
        return None
    try:
        todo = waiting_duties() if only_waiting else duties()
        todo = [duty for duty in todo if duty.key not in without]
        return [outcome_of(duty, by) for duty in todo if take_hold(by=by, holder=holder)]
    finally:
        let_go(by=by, holder=holder)


def outcome_of(duty: Duty, by: Person) -> Outcome:
    try:
        count = duty.run(by, timezone.localdate())
    except Refused as refusal:
        return failed(duty, by, str(refusal.sentence))
    except Exception as error:  # whatever it is, the other duties are done
        logger.exception("clock: %s failed", duty.key)
        return failed(duty, by, type(error).__name__)
    note_finished(duty.key, by=by, count=count)
    return Outcome(duty, count=count)


def failed(duty: Duty, by: Person, fault: str) -> Outcome:
    note_failed(duty.key, by=by, fault=fault)
    return Outcome(duty, fault=fault)
