from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.models import Person


class Installation(models.Model):
    """A library of some version was installed. Written once."""

    library = models.SlugField(max_length=60)
    version = models.CharField(_("version"), max_length=20)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("installation av startbibliotek")

    def __str__(self):
        return f"{self.library} {self.version}"


class InstalledRow(models.Model):
    """What the library last wrote in a row. `number` is the version it made: a later one is the municipality's own."""

    library = models.SlugField(max_length=60)
    part = models.SlugField(max_length=60)
    key = models.SlugField(max_length=60)
    row_id = models.PositiveBigIntegerField()
    number = models.PositiveIntegerField()
    entry = models.JSONField()

    class Meta:
        ordering = ["library", "part", "pk"]
        constraints = [models.UniqueConstraint(fields=["library", "part", "key"], name="installed_row_once")]

    def __str__(self):
        return f"{self.library} {self.part} {self.key}"
