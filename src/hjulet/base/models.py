"""Shapes that rows of several apps share. Abstract only: base has no tables."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PeriodQuerySet(models.QuerySet):
    """Of rows that hold from one day on, and to another when they have an end."""

    def on(self, day: date) -> Self:
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class Revised(models.Model):
    """A row that two people may edit: the revision tells whether the one I read is still the one that stands."""

    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Step(models.Model):
    """One move of a workflow, written once: the history shown to people."""

    move = models.CharField(max_length=40)
    from_state = models.CharField(max_length=40)
    to_state = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.from_state} → {self.to_state}"


class FrozenFile(models.Model):
    """A document as it was decided, byte for byte; the table refuses change by trigger."""

    class Format(models.TextChoices):
        HTML = "html", _("Webbsida")
        DOCX = "docx", _("Word")
        PDF = "pdf", _("PDF")
        XLSX = "xlsx", _("Excel")

    format = models.CharField(max_length=4, choices=Format)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self):
        return self.name
