"""What somebody did not understand in a document, and what its owner answered."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.organisation.models import Person
from hjulet.organisation.owners import OwnedThrough, owned_by
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.rulebook.documents.models import DocumentVersion, GoverningDocument, documents_that_bind

ANSWERED_WITHIN = timedelta(days=14)


class DocumentQuestionQuerySet(models.QuerySet):
    def visible_to(self, person: Person) -> Self:
        """One's own, those of documents that one answers for, and what was answered to all that the document binds."""
        to_answer = Q(document__in=GoverningDocument.objects.owned_by(person).order_by()) | Q(
            document__unit__in=units_within_reach(person, Permission.RULEBOOK_EDIT)
        )
        return self.filter(Q(documents_that_bind(person, "document__"), shown_to_all=True) | Q(by=person) | to_answer)

    def owned_by(self, person: Person) -> Self:
        owned = GoverningDocument.objects.filter(owned_by(person)).order_by()
        return self.filter(document__in=owned)

    def unanswered(self) -> Self:
        return self.filter(answered_date=None)

    def overdue(self, day: date) -> Self:
        return self.unanswered().filter(due_date__lt=day)


class DocumentQuestion(OwnedThrough, models.Model):
    """Asked once, answered once: both stay as they were written."""

    OWNED_THROUGH = "document"
    NAMED_BY = ("document",)

    document = models.ForeignKey(GoverningDocument, on_delete=models.PROTECT, related_name="questions")
    version = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField(_("fråga"), max_length=2000)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    asked_date = models.DateField(_("ställd"), editable=False)
    due_date = models.DateField(_("svar senast"), editable=False)
    answer = models.TextField(_("svar"), blank=True, max_length=4000)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    answered_by_name = models.CharField(max_length=400, blank=True, editable=False)
    answered_date = models.DateField(_("besvarad"), null=True, editable=False)
    shown_to_all = models.BooleanField(
        _("visa frågan och svaret för alla som läser dokumentet"),
        default=False,
        help_text=_("Vem som frågade visas inte."),
    )
    changes_text = models.BooleanField(
        _("texten ska ändras"), default=False, help_text=_("Dokumentet ska då ses över i dag.")
    )

    objects = DocumentQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_date", "-pk"]
        verbose_name = _("fråga om dokument")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    answer="",
                    answered_by=None,
                    answered_by_name="",
                    answered_date=None,
                    shown_to_all=False,
                    changes_text=False,
                )
                | Q(answered_by__isnull=False, answered_date__isnull=False) & ~Q(answer="") & ~Q(answered_by_name=""),
                name="document_question_answered_by_someone_some_day",
                violation_error_message=_("Skriv ett svar."),
            ),
            models.CheckConstraint(condition=~Q(text=""), name="document_question_says_something"),
        ]
        indexes = [
            models.Index(fields=["due_date"], condition=Q(answered_date=None), name="document_question_to_answer")
        ]

    def __str__(self):
        return f"{_('Fråga om')} {self.document.title}"

    def get_absolute_url(self):
        return address_of("questions:detail", self.pk)

    @property
    def is_answered(self) -> bool:
        return self.answered_date is not None
