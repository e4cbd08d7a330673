from django.db import models

from hjulet.collaboration.attachments.models import Attachment
from hjulet.collaboration.targets import target_visible_to
from hjulet.organisation.models import Person


def attachments_of(target: models.Model) -> models.QuerySet[Attachment]:
    """In the order they came, those withdrawn too."""
    return Attachment.objects.about(target).select_related("by")


def attachment_visible_to(person: Person, pk: int) -> Attachment | None:
    """None when it is withdrawn or the row it hangs on is hidden."""
    attachment = Attachment.objects.select_related("by", "target_type").filter(pk=pk, withdrawn_at=None).first()
    if attachment is None or target_visible_to(person, attachment.target_type, attachment.target_id) is None:
        return None
    return attachment
