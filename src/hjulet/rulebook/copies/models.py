from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.organisation.models import Person
from hjulet.rulebook.documents.models import DocumentVersion, GoverningDocument


class Sketch(models.Model):
    """That the text of a version has been compared with the others, and what it is found by."""

    version = models.OneToOneField(DocumentVersion, on_delete=models.PROTECT, related_name="sketch")
    made_at = models.DateTimeField()

    def __str__(self):
        return str(self.version)


class Piece(models.Model):
    sketch = models.ForeignKey(Sketch, on_delete=models.CASCADE, related_name="pieces")
    value = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sketch", "value"], name="piece_once_in_a_sketch")]

    def __str__(self):
        return str(self.value)


class CopyQuerySet(models.QuerySet):
    def visible_to(self, person: Person) -> Self:
        """Where the person may read both."""
        seen = GoverningDocument.objects.visible_to(person).order_by()
        return self.filter(first__document__in=seen, second__document__in=seen)

    def that_apply(self) -> Self:
        """Both texts apply today: what has been replaced can drift no further."""
        applying = DocumentVersion.objects.on(timezone.localdate()).order_by()
        return self.filter(first__in=applying, second__in=applying)


class Copy(models.Model):
    """Two texts of different documents that say nearly the same: one of them is a copy, and copies drift."""

    NAMED_BY = ("first", "second")
    PATH_TO_UNIT = "second__document__unit"

    first = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="+")
    likeness = models.DecimalField(_("lika"), max_digits=4, decimal_places=3)
    found_at = models.DateTimeField()
    kept_reason = models.TextField(_("varför båda behövs"), blank=True, editable=False, max_length=4000)
    kept_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(null=True, editable=False)

    objects = CopyQuerySet.as_manager()

    class Meta:
        ordering = ["-likeness", "pk"]
        verbose_name = _("liknande texter")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="copy_found_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="copy_of_another"),
            models.CheckConstraint(condition=Q(likeness__gt=0, likeness__lte=1), name="copy_likeness_is_a_share"),
            models.CheckConstraint(
                condition=Q(kept_reason="", kept_by=None, kept_at=None)
                | Q(kept_by__isnull=False, kept_at__isnull=False) & ~Q(kept_reason=""),
                name="copy_kept_by_someone_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.first} – {self.second}"

    def get_absolute_url(self):
        return address_of("copies:detail", self.pk)

    @property
    def unit(self):
        return self.second.unit
