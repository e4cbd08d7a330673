from datetime import timedelta
from typing import Any

from django.utils import timezone

from hjulet.audit import operations as audit
from hjulet.base.operations import operation, require
from hjulet.collaboration.comments.models import Comment
from hjulet.collaboration.comments.notices import tell_owner
from hjulet.collaboration.targets import kind_of, may_contribute, withdraw
from hjulet.organisation.models import Person

SAME_PRESS = timedelta(minutes=1)


@operation
def comment_on(target: Any, *, by: Person, text: str) -> Comment:
    """Say something about a row. The same words again within a minute are the same press of the button."""
    require(may_contribute(by, target))
    text, now = text.strip(), timezone.now()
    if said := Comment.objects.about(target).filter(by=by, text=text, at__gt=now - SAME_PRESS).first():
        return said
    comment = Comment(target=target, text=text, by=by, at=now)
    comment.full_clean()
    comment.save()
    audit.record(
        "comment.written",
        by=by,
        target=comment,
        unit=target.unit,
        after={"about": kind_of(target), "about_id": target.pk, "text": text},
    )
    tell_owner(comment)
    return comment


@operation
def withdraw_comment(comment: Comment, *, by: Person, reason: str) -> Comment:
    """The words are no longer shown; that there were some, and why they are gone, is."""
    withdraw(comment, by=by, reason=reason)
    return comment
