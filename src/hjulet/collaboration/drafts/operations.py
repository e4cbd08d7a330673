"""A draft is nobody's record of anything: it leaves no trace in the log, and goes when the form has been done."""

from datetime import datetime, timedelta

from django.utils import timezone

from hjulet.base.operations import operation
from hjulet.collaboration.drafts import rules
from hjulet.collaboration.drafts.models import Draft
from hjulet.organisation.models import Person

KEPT_FOR = timedelta(days=30)


@operation
def keep_draft(*, by: Person, address: str, typed: dict[str, list[str]]) -> Draft | None:
    """What stands in the form now, instead of what was kept before. None for what is no form of ours, or empty."""
    typed = {name: values for name, values in typed.items() if name not in rules.NOT_TYPED}
    if not rules.is_form(address) or not rules.is_worth_keeping(typed):
        return None
    kept = {"typed": typed, "saved_at": timezone.now()}
    return Draft.objects.update_or_create(person=by, address=address, defaults=kept)[0]


@operation
def throw_away_draft(*, by: Person, address: str) -> None:
    Draft.objects.filter(person=by, address=address).delete()


@operation
def forget_old_drafts(*, by: Person, now: datetime) -> int:
    """Those that nobody has gone on with for thirty days; returns how many."""
    return Draft.objects.filter(saved_at__lt=now - KEPT_FOR).delete()[0]
