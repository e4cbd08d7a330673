from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db import models

from hjulet.base.statements import about_one
from hjulet.collaboration.attachments.models import Attachment
from hjulet.collaboration.attachments.queries import attachments_of
from hjulet.collaboration.comments.models import Comment
from hjulet.collaboration.comments.queries import comments_on
from hjulet.collaboration.targets import kind_of, may_contribute, may_withdraw
from hjulet.organisation.models import Person

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Said:
    """A comment or an attachment, and whether this person may take it back."""

    what: Comment | Attachment
    may_withdraw: bool


@dataclass(frozen=True)
class Conversation:
    """What has been said about a row and filed with it, as one person sees it."""

    kind: str
    target_id: int
    comments: list[Said]
    attachments: list[Said]
    may_contribute: bool


def conversation_of(target: models.Model, person: Person) -> Conversation:
    """Two statements. The caller has made sure that the person may see the row."""
    return Conversation(
        kind=kind_of(target),
        target_id=target.pk,
        comments=[said(person, comment, target) for comment in comments_about(target.pk, type(target))],
        attachments=[said(person, attachment, target) for attachment in attachments_about(target.pk, type(target))],
        may_contribute=may_contribute(person, target),
    )


@about_one
def comments_about(pk: int, model: type[models.Model]) -> models.QuerySet[Comment]:
    return comments_on(model(pk=pk))


@about_one
def attachments_about(pk: int, model: type[models.Model]) -> models.QuerySet[Attachment]:
    return attachments_of(model(pk=pk))


def said(person: Person, what: Comment | Attachment, target: models.Model) -> Said:
    return Said(what, what.withdrawn_at is None and may_withdraw(person, what, target))


def never_spoken_of(rows: Iterable[Row]) -> list[Row]:
    """Those that nobody has written a comment on or filed anything with, not even what was withdrawn."""
    return [row for row in rows if not comments_on(row).exists() and not attachments_of(row).exists()]
