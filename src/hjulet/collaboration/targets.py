"""What comments and attachments hang on: any row whose own access rule can be asked."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from hjulet.organisation.models import Person


class OnTarget(models.Model):
    """Belongs to one row of any model; whoever may see that row may see this."""

    target_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    target_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("target_type", "target_id")

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["target_type", "target_id"])]


def target_visible_to(person: Person, target_type: ContentType, target_id: int) -> models.Model | None:
    """The row itself when the person may see it; None both when it is hidden and when it does not exist."""
    manager = target_type.model_class()._default_manager
    if not hasattr(manager, "visible_to"):
        return None
    return manager.visible_to(person).filter(pk=target_id).first()
