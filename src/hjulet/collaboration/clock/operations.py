"""What the clock writes about itself. No audit: nothing of the municipality's is changed here."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from hjulet.base.operations import operation, require
from hjulet.collaboration.clock.models import ClockHold, ClockRun
from hjulet.organisation.models import Person

HELD_FOR = timedelta(minutes=10)


@operation
def take_hold(*, by: Person, holder: str) -> bool:
    """Let this clock, and no other, be the one at work for a while; False when another one is.

    A hold that reaches further ahead than anyone takes it was taken before the machine's time was set back.
    """
    require(by.is_machine)
    now = timezone.now()
    ClockHold.objects.get_or_create(pk=1, defaults={"held_until": now})
    free = Q(holder=holder) | Q(held_until__lte=now) | Q(held_until__gt=now + 2 * HELD_FOR)
    return bool(ClockHold.objects.filter(free, pk=1).update(holder=holder, held_until=now + HELD_FOR))


@operation
def let_go(*, by: Person, holder: str) -> None:
    require(by.is_machine)
    ClockHold.objects.filter(pk=1, holder=holder).update(holder="", held_until=timezone.now())


@operation
def note_finished(duty: str, *, by: Person, count: int | None) -> None:
    require(by.is_machine)
    now = timezone.now()
    ClockRun.objects.update_or_create(
        duty=duty, defaults={"tried_at": now, "finished_at": now, "count": count, "fault": ""}
    )


@operation
def note_failed(duty: str, *, by: Person, fault: str) -> None:
    """When it last went well stays as it was."""
    require(by.is_machine)
    ClockRun.objects.update_or_create(duty=duty, defaults={"tried_at": timezone.now(), "fault": fault[:200]})
