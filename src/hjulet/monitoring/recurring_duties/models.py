from datetime import date, timedelta

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import Revised, Step
from hjulet.monitoring.frequencies.models import Frequency
from hjulet.monitoring.recurring_duties.states import DutyState
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.owners import DoneSomewhere, DoneSomewhereQuerySet, Owned, OwnedQuerySet
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.roles import role_choices

LONGEST_LEAD = 366


class DutyKind(models.TextChoices):
    ANALYSIS = "analysis", _("Analys")
    SURVEY = "survey", _("Enkät eller mätning")
    REVIEW = "review", _("Granskning")
    FOLLOW_UP = "follow_up", _("Uppföljning")
    REVISION = "revision", _("Revidering")
    REPORT = "report", _("Rapport")


class DutyBase(models.Model):
    """What a duty and its template say alike."""

    kind = models.CharField(_("slag"), max_length=20, choices=DutyKind)
    description = models.TextField(_("vad ska göras"), blank=True, max_length=2000)
    legal_basis = models.CharField(_("lagrum eller beslut"), max_length=300, blank=True)
    frequency = models.ForeignKey(Frequency, verbose_name=_("hur ofta"), on_delete=models.PROTECT, related_name="+")
    lead_days = models.PositiveSmallIntegerField(
        _("dagar i förväg"),
        default=30,
        help_text=_("Så många dagar före den sista dagen börjar den stå bland den ansvariges uppgifter."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(lead_days__lte=LONGEST_LEAD),
                name="%(class)s_lead_within_a_year",
                violation_error_message=_("En uppgift kan börja högst ett år i förväg."),
            )
        ]


class DutyTemplate(DutyBase):
    """A duty that many nämnder have, ready to be laid in the year of one: it asks for nothing until then."""

    key = models.SlugField(_("nyckel"), unique=True)
    name = models.CharField(_("namn"), max_length=200, unique=True)
    month = models.PositiveSmallIntegerField(_("månad"))
    day = models.PositiveSmallIntegerField(_("dag"), help_text=_("Den 31 blir den sista dagen i en kortare månad."))
    owner_role = models.CharField(_("ansvarig roll"), max_length=40, blank=True, choices=role_choices)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("mall för årshjulet")
        constraints = [
            *DutyBase.Meta.constraints,
            models.CheckConstraint(
                condition=Q(month__range=(1, 12), day__range=(1, 31)),
                name="duty_template_day_of_a_year",
                violation_error_message=_("Månad är ett tal från 1 till 12 och dag ett tal från 1 till 31."),
            ),
        ]

    def __str__(self):
        return self.name


class RecurringDuty(Owned, Revised, DutyBase):
    """Something a unit does every year and that no other part of the product owns: a review, a report, a survey."""

    READ = Permission.CONTROLS_READ

    template = models.ForeignKey(DutyTemplate, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("uppgift"), max_length=200)
    first_due_date = models.DateField(_("första gången klar senast"))
    last_date = models.DateField(_("sista dag"), null=True, editable=False)
    stopped_reason = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("årsuppgift")
        constraints = [
            *Owned.Meta.constraints,
            *DutyBase.Meta.constraints,
            models.CheckConstraint(
                condition=Q(last_date=None, stopped_reason="") | Q(last_date__isnull=False) & ~Q(stopped_reason=""),
                name="duty_stopped_with_reason",
                violation_error_message=_("Skriv en orsak."),
            ),
            models.UniqueConstraint(
                fields=["unit", "template"],
                condition=Q(last_date=None),
                name="duty_template_once_in_a_unit",
                violation_error_message=_("Uppgiften finns redan i enhetens årshjul."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("recurring_duties:detail", self.pk)

    @property
    def ended_on(self) -> date | None:
        return self.last_date


class DutyOccurrenceQuerySet(DoneSomewhereQuerySet):
    def overdue(self, day: date):
        return self.filter(state=DutyState.PLANNED, due_date__lt=day)


class DutyOccurrence(DoneSomewhere, Revised):
    """One time the duty is to be done: a last day, and what came of it or the reason why it is not applicable."""

    OWNED_THROUGH = "duty"
    NAMED_BY = ("duty", "due_date")

    duty = models.ForeignKey(RecurringDuty, on_delete=models.PROTECT, related_name="occurrences")
    begins_date = models.DateField(_("börjar"))
    due_date = models.DateField(_("klar senast"))
    state = models.CharField(_("läge"), max_length=20, choices=DutyState, default=DutyState.PLANNED, editable=False)
    done_date = models.DateField(_("vilken dag blev den gjord"), null=True, blank=True)
    done_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    # Where it was done, when the duty has gone on in another unit since.
    done_in = models.ForeignKey(
        Unit, null=True, editable=False, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    result = models.TextField(
        _("vad blev resultatet"), blank=True, max_length=4000, help_text=_("Skriv inga namn på enskilda.")
    )
    link = models.URLField(
        _("länk till dokumentet"), blank=True, max_length=500, validators=[URLValidator(schemes=["https", "http"])]
    )

    objects = DutyOccurrenceQuerySet.as_manager()

    class Meta:
        ordering = ["due_date", "pk"]
        verbose_name = _("årsuppgift att göra")
        constraints = [
            models.UniqueConstraint(fields=["duty", "due_date"], name="duty_occurrence_once_a_day"),
            models.CheckConstraint(condition=Q(begins_date__lte=F("due_date")), name="duty_occurrence_in_order"),
            models.CheckConstraint(
                condition=Q(state=DutyState.DONE, done_date__isnull=False, done_by__isnull=False)
                | ~Q(state=DutyState.DONE) & Q(done_date=None, done_by=None, result="", link=""),
                name="duty_occurrence_done_by_someone_some_day",
                violation_error_message=_("Ange vilken dag uppgiften blev gjord."),
            ),
            models.CheckConstraint(
                condition=Q(done_in=None) | Q(state=DutyState.DONE), name="duty_occurrence_done_in_only_when_done"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_date"]),
            models.Index(fields=["due_date", "id"]),
            models.Index(fields=["done_in"], condition=Q(done_in__isnull=False), name="duty_occurrence_done_elsewhere"),
        ]

    def __str__(self):
        return f"{self.duty}, {self.due_date}"

    def get_absolute_url(self):
        return address_of("recurring_duties:occurrence", self.pk)

    @property
    def is_overdue(self) -> bool:
        return self.state == DutyState.PLANNED and self.due_date < timezone.localdate()


class DutyStep(Step):
    occurrence = models.ForeignKey(DutyOccurrence, on_delete=models.PROTECT, related_name="steps")


def begins(due: date, lead_days: int) -> date:
    return due - timedelta(days=lead_days)
