from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.models import Person


class RegisterVersion(models.Model):
    """A row of a register as it stood from a moment on: scales and texts can be read as they were. Written once."""

    register = models.CharField(max_length=80)
    row_id = models.PositiveBigIntegerField()
    number = models.PositiveIntegerField(_("version"))
    values = models.JSONField()
    reason = models.TextField(_("varför"), blank=True, max_length=1000)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["register", "row_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["register", "row_id", "number"], name="register_version_once")]

    def __str__(self):
        return f"{self.register} {self.row_id} v{self.number}"
