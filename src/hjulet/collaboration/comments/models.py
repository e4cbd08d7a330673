from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.targets import OnTarget


class Comment(OnTarget):
    """Something said about a row. Written once."""

    text = models.TextField(_("kommentar"), max_length=4000)

    class Meta(OnTarget.Meta):
        abstract = False
        ordering = ["at", "pk"]
        verbose_name = _("kommentar")

    def __str__(self):
        return self.text[:60]
