from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.targets import OnTarget
from hjulet.organisation.models import Person


class Comment(OnTarget):
    """Something said about a row. Written once."""

    text = models.TextField(_("kommentar"), max_length=4000)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_reason = models.TextField(blank=True, editable=False)

    class Meta(OnTarget.Meta):
        abstract = False
        ordering = ["at", "pk"]
        verbose_name = _("kommentar")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_reason="")
                | models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_reason=""),
                name="comment_withdrawn_with_reason",
            )
        ]

    def __str__(self):
        return self.text[:60]
