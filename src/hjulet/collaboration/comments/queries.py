from django.db import models

from hjulet.collaboration.comments.models import Comment
from hjulet.collaboration.targets import target_visible_to
from hjulet.organisation.models import Person


def comments_on(target: models.Model) -> models.QuerySet[Comment]:
    """In the order they were said, those withdrawn too."""
    return Comment.objects.about(target).select_related("by")


def comment_visible_to(person: Person, pk: int) -> Comment | None:
    """None when the row it is about is hidden."""
    comment = Comment.objects.select_related("by", "target_type").filter(pk=pk).first()
    if comment is None or target_visible_to(person, comment.target_type, comment.target_id) is None:
        return None
    return comment
