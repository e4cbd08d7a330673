"""What has been asked to be read, and who has read it. Whom it concerns is asked of the roles of the day, never stored."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import Revised
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.owners import UnitScoped
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.roles import ROLES, role_choices
from hjulet.rulebook.documents.models import DocumentVersion
from hjulet.rulebook.documents.states import EVER_DECIDED
from hjulet.rulebook.reach import BindingQuerySet

# Whoever is meant when all are: those who work there, not those who are elected or look after the system.
STAFF = tuple(role.key for role in ROLES.values() if role.grants(Permission.RULEBOOK_READ) and not role.stands_alone)


def not_over(day: date, version: str = "") -> Q:
    """The condition that a version has been decided and applies on the day, or is yet to."""
    ends = f"{version}valid_to"
    goes_on = Q(**{ends: None}) | Q(Q(**{f"{ends}__gte": day}), Q(**{f"{ends}__gte": F(f"{version}valid_from")}))
    return Q(goes_on, **{f"{version}state__in": EVER_DECIDED})


class ReadingRequestQuerySet(BindingQuerySet):
    def open_on(self, day: date) -> Self:
        """Those that still ask: not taken back, and the version has not been followed by another."""
        return self.filter(not_over(day, "version__"), withdrawn_date=None)

    def overdue(self, day: date) -> Self:
        return self.open_on(day).filter(due_date__lt=day)


class ReadingRequest(Revised, UnitScoped):
    """All who hold one of the roles in the unit or below it are to have read the version by a day. No roles: all staff."""

    READ = Permission.RULEBOOK_READ
    NAMED_BY = ("version__title",)

    version = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="reading_requests")
    roles = models.JSONField(_("roller"), default=list, blank=True)
    due_date = models.DateField(_("läst senast"))
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    asked_by_name = models.CharField(max_length=400, editable=False)
    asked_date = models.DateField(_("begärt"), editable=False)
    withdrawn_date = models.DateField(_("taget tillbaka"), null=True, editable=False)
    withdrawn_reason = models.TextField(blank=True, editable=False, max_length=4000)

    objects = ReadingRequestQuerySet.as_manager()

    class Meta:
        ordering = ["due_date", "pk"]
        verbose_name = _("begäran om läsning")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_date__gte=F("asked_date")),
                name="reading_request_due_after_it_is_asked",
                violation_error_message=_("Välj en dag som inte har varit."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_date=None, withdrawn_reason="")
                | Q(withdrawn_date__isnull=False) & ~Q(withdrawn_reason=""),
                name="reading_request_withdrawn_with_reason",
                violation_error_message=_("Skriv en orsak."),
            ),
        ]
        indexes = [
            models.Index(fields=["due_date", "id"], name="reading_request_by_day"),
            models.Index(
                fields=["unit", "due_date"], condition=Q(withdrawn_date=None), name="reading_request_in_a_unit"
            ),
        ]

    def __str__(self):
        return self.version.title

    def get_absolute_url(self):
        return address_of("receipts:detail", self.pk)

    @property
    def ended_on(self) -> date | None:
        return self.withdrawn_date

    @property
    def role_names(self) -> list[str]:
        return [str(ROLES[key].name) for key in self.roles if key in ROLES]


class ReadReceipt(models.Model):
    """A person says to have read and understood a version. Written once; the unit and the role are those of that day."""

    version = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="receipts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="read_receipts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("roll"), max_length=40, choices=role_choices)
    read_date = models.DateField(_("läst"))
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("läskvittens")
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="read_receipt_once")]
        indexes = [models.Index(fields=["person", "-at", "-id"], name="read_receipts_of_a_person")]

    def __str__(self):
        return f"{self.version} ({self.read_date})"
