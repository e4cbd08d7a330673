from django.utils import timezone

from hjulet.collaboration.comments.models import Comment
from hjulet.collaboration.notices.operations import tell
from hjulet.collaboration.notices.tellings import in_parts, to_owners


def tell_owner(comment: Comment) -> None:
    """That somebody has said something about what is theirs; what nobody can own has nobody to tell."""
    if not hasattr(comment.target, "owner_role"):
        return
    day = timezone.localdate(comment.at)
    for part in in_parts(to_owners([comment.target], day=day, about=lambda _: day, part_id=comment.pk)):
        tell("comment", part, by=comment.by)
