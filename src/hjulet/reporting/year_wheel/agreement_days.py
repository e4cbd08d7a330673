"""The days that an agreement has: when it is to be followed up, said up or renewed, and when it runs out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hjulet.reporting.year_wheel.milestones import Entry
from hjulet.reporting.year_wheel.standings import Standing, standing_of
from hjulet.rulebook.agreements.models import BEFORE_A_FOLLOW_UP, BEFORE_THE_NOTICE, Agreement


class What(models.TextChoices):
    FOLLOW_UP = "follow-up", gettext_lazy("Följ upp avtalet")
    NOTICE = "notice", gettext_lazy("Säg upp eller förläng avtalet")
    END = "end", gettext_lazy("Avtalet går ut")


@dataclass(frozen=True)
class AgreementDay:
    agreement: Agreement
    what: What
    day: date
    standing: Standing


def days_of(agreement: Agreement, today: date) -> Iterator[AgreementDay]:
    """Of one that has been given notice of nothing is left but its last day."""
    follow_up, notice, end = agreement.next_follow_up_date, agreement.notice_date, agreement.valid_to
    if follow_up and agreement.is_in_force:
        standing = standing_of(is_done=False, begins=follow_up - BEFORE_A_FOLLOW_UP, due=follow_up, today=today)
        yield AgreementDay(agreement, What.FOLLOW_UP, follow_up, standing)
    if notice and agreement.is_in_force:
        begun = standing_of(is_done=False, begins=notice - BEFORE_THE_NOTICE, due=notice, today=today)
        # Whoever let the day go by has let the agreement go on.
        yield AgreementDay(agreement, What.NOTICE, notice, Standing.SET_ASIDE if notice < today else begun)
    if end:
        is_done = end < today and not agreement.is_in_force
        yield AgreementDay(agreement, What.END, end, standing_of(is_done=is_done, begins=end, due=end, today=today))


def entry_of_day(found: AgreementDay) -> Entry:
    agreement = found.agreement
    return Entry(
        day=found.day,
        kind=_("Avtal"),
        title=f"{found.what.label}: {agreement.title}",
        unit=agreement.unit_name,
        owner=agreement.owner,
        standing=found.standing,
        url=agreement.get_absolute_url(),
    )
