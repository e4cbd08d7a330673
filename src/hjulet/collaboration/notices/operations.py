"""Notices are stored with what caused them, or by the clock, and mailed after.

No audit of them: they and their sendings are the record, and change nothing of what they are about.
"""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Count, Model, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.operations import operation, require
from hjulet.collaboration.notices.kinds import KINDS, Mail
from hjulet.collaboration.notices.models import Notice, Preference, Sending
from hjulet.collaboration.notices.queries import allowed, mail_choices, to_mail, untold
from hjulet.collaboration.notices.rules import MOST_REFUSALS, mail_due_at, next_attempt
from hjulet.collaboration.notices.tellings import Telling
from hjulet.collaboration.targets import target_visible_to
from hjulet.organisation.models import Person


@operation
def tell(kind: str, tellings: list[Telling], *, by: Person) -> int:
    """Store a notice for each who has not been told and may see the row; returns how many.

    `tellings` are about rows of one model. Whoever caused it need not be told.
    """
    now = timezone.now()
    new = allowed(untold(KINDS[kind], [telling for telling in tellings if telling.person != by]))
    chosen = mail_choices(KINDS[kind], {telling.person for telling in new})
    Notice.objects.bulk_create(
        [
            Notice(
                person=telling.person,
                kind=kind,
                target_type=ContentType.objects.get_for_model(telling.target),
                target_id=telling.target.pk,
                part_id=telling.part_id,
                unit_id=telling.target.unit_id,
                role=telling.role,
                in_place_of=telling.in_place_of,
                due_date=telling.due_date,
                created_at=now,
                mail_due_at=mail_due_at(chosen.get(telling.person.pk, Mail.AT_ONCE), now),
            )
            for telling in new
        ],
        ignore_conflicts=True,
    )
    return len(new)


@operation
def mark_read(notice: Notice, *, by: Person) -> None:
    """What has been read need not be mailed."""
    require(notice.person_id == by.pk)
    Notice.objects.unread().filter(pk=notice.pk).update(read_at=timezone.now(), mail_due_at=None)


@operation
def open_notice(notice: Notice, *, by: Person) -> Model | None:
    """Read it; returns what it is about, or None when that may no longer be seen."""
    mark_read(notice, by=by)
    return target_visible_to(by, notice.target_type, notice.target_id)


@operation
def mark_all_read(*, by: Person) -> int:
    return Notice.objects.unread().filter(person=by).update(read_at=timezone.now(), mail_due_at=None)


@operation
def choose_mail(*, by: Person, **choices: str) -> None:
    """How the person wants each kind by mail; holds for what already waits too."""
    now = timezone.now()
    for key, choice in choices.items():
        if choice not in dict(KINDS[key].choices):
            raise ValidationError({key: _("De här notiserna går inte att stänga av. Välj när mejlet ska komma.")})
    before = dict(Preference.objects.filter(person=by).values_list("kind", "mail"))
    after = {key: choice for key, choice in choices.items() if before.get(key, Mail.AT_ONCE) != choice}
    for key, choice in after.items():
        Preference.objects.update_or_create(person=by, kind=key, defaults={"mail": choice})
        waiting = Notice.objects.filter(person=by, kind=key, mail_due_at__isnull=False)
        waiting.update(mail_due_at=mail_due_at(choice, now))
    if after:
        was = {key: before.get(key, Mail.AT_ONCE.value) for key in after}
        audit.record("person.mail_chosen", by=by, target=by, before=in_words(was), after=in_words(after))


def in_words(choices: dict[str, str]) -> dict[str, str]:
    return {str(KINDS[key].name): str(Mail(choice).label) for key, choice in choices.items()}


@operation
def claim_mail(person: Person, *, by: Person) -> list[Notice]:
    """What is to go in one mail to the person now, put off until the next attempt.

    So a mail that never comes to an end is tried again, and two clocks never send the same. Whoever cannot log in
    gets none.
    """
    require(by.is_machine)
    now = timezone.now()
    notices = list(
        to_mail(now).filter(person=person).select_for_update(of=("self",)).select_related("unit").order_by("pk")
    )
    for notice in notices:
        notice.mail_due_at = next_attempt(notice.mail_failures, now) if person.is_active else None
        notice.mail_failures += 1
    Notice.objects.bulk_update(notices, ["mail_due_at", "mail_failures"])
    return notices if person.is_active else []


@operation
def note_sending(notices: list[Notice], *, by: Person, outcome: Sending.Outcome) -> None:
    """A server that is away is asked again for ever; one that keeps refusing the address is not."""
    require(by.is_machine)
    now = timezone.now()
    Sending.objects.bulk_create(Sending(notice=notice, at=now, outcome=outcome) for notice in notices)
    mailed = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    if outcome == Sending.Outcome.SENT:
        mailed.update(mail_due_at=None)
    elif outcome == Sending.Outcome.REFUSED:
        refusals = Sending.objects.filter(notice=OuterRef("pk"), outcome=outcome).order_by().values("notice")
        mailed = mailed.annotate(refusals=Subquery(refusals.annotate(n=Count("*")).values("n")))
        mailed.filter(refusals__gte=MOST_REFUSALS).update(mail_due_at=None)
