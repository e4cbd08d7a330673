from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from hjulet.collaboration.clock import rules
from hjulet.collaboration.clock.duties import Duty, duties
from hjulet.collaboration.clock.models import ClockRun


@dataclass(frozen=True)
class DutyRow:
    """How a duty has gone; `run` is None for one that has never been done."""

    name: Any
    run: ClockRun | None


@dataclass(frozen=True)
class ClockPage:
    rows: list[DutyRow]
    last_tried_at: datetime | None
    is_silent: bool


def runs() -> dict[str, ClockRun]:
    return {run.duty: run for run in ClockRun.objects.all()}


def waiting_duties() -> list[Duty]:
    """Those whose turn it is for a clock that runs often."""
    done, now = runs(), timezone.now()
    return [duty for duty in duties() if rules.is_waiting(duty, done.get(duty.key), now)]


def clock_page() -> ClockPage:
    done = runs()
    last = max((run.tried_at for run in done.values()), default=None)
    return ClockPage(
        rows=[DutyRow(duty.name, done.get(duty.key)) for duty in duties()],
        last_tried_at=last,
        is_silent=rules.is_silent(last, timezone.now()),
    )
