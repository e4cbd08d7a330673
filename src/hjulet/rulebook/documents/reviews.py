"""When a document is to be gone through again: the rule of its kind, and never later than the next plan's year."""

from calendar import monthrange
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.models import Person
from hjulet.rulebook.documents.models import DocumentVersion, GoverningDocument


class DocumentReview(models.Model):
    """Somebody has asked whether what applies is still right, and said yes. Written once."""

    document = models.ForeignKey(GoverningDocument, on_delete=models.PROTECT, related_name="reviews")
    version = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="reviews")
    reviewed_date = models.DateField(_("översedd"))
    comment = models.TextField(_("vad översynen visade"), blank=True, max_length=4000)
    next_review_date = models.DateField(_("ses över igen senast"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=400)
    at = models.DateTimeField()

    class Meta:
        ordering = ["reviewed_date", "pk"]
        verbose_name = _("översyn av dokument")
        constraints = [
            models.CheckConstraint(
                condition=Q(next_review_date__gt=F("reviewed_date")),
                name="document_review_before_the_next",
                violation_error_message=_("Nästa översyn ska vara efter den här."),
            )
        ]

    def __str__(self):
        return f"{self.document} ({self.reviewed_date})"


def next_review(document: GoverningDocument, day: date) -> date:
    """As many months on as the kind says, but no later than the end of next year: every plan is a new look at all."""
    return min(months_after(day, document.kind.review_months), date(day.year + 1, 12, 31))


def months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
