from datetime import date
from typing import Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import Revised, Step
from hjulet.organisation.models import Person
from hjulet.organisation.owners import Owned, OwnedQuerySet
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.roles import role_choices
from hjulet.rulebook.laws.holding import HeldBetweenDays, HeldBetweenDaysQuerySet
from hjulet.rulebook.laws.states import ReviewState


class LawKind(models.TextChoices):
    ACT = "act", _("Lag")
    ORDINANCE = "ordinance", _("Förordning")
    PROVISIONS = "provisions", _("Föreskrift")
    ADVICE = "advice", _("Allmänna råd")
    OTHER = "other", _("Annat")


class LawField(models.TextChoices):
    GENERAL = "general", _("Övergripande")
    SOCIAL = "social", _("Socialtjänst")
    HEALTH = "health", _("Hälso- och sjukvård")
    OTHER = "other", _("Annat")


class Series(models.TextChoices):
    SFS = "SFS", "SFS"
    SOSFS = "SOSFS", "SOSFS"
    HSLF_FS = "HSLF-FS", "HSLF-FS"
    OTHER = "other", _("Annan")


class Law(HeldBetweenDays):
    """An act or a set of provisions that the municipality must follow. The same for all its nämnder."""

    NAMED_BY = ("title", "short", "series", "number")

    key = models.SlugField(_("nyckel"), unique=True)
    title = models.CharField(_("titel"), max_length=300)
    short = models.CharField(_("kort namn"), max_length=40, blank=True)
    series = models.CharField(_("författningssamling"), max_length=20, choices=Series, default=Series.SFS)
    number = models.CharField(
        _("nummer"), max_length=20, blank=True, help_text=_("Till exempel 2025:400. Lämna tomt om du inte vet säkert.")
    )
    kind = models.CharField(_("slag"), max_length=20, choices=LawKind)
    field = models.CharField(_("område"), max_length=20, choices=LawField)
    demand = models.TextField(_("vad den kräver av oss"), blank=True, max_length=4000)
    link = models.URLField(
        _("länk till författningen"), blank=True, max_length=500, validators=[URLValidator(schemes=["https"])]
    )
    owner_role = models.CharField(_("bevakas av rollen"), max_length=40, blank=True, choices=role_choices)
    owner_person = models.ForeignKey(
        Person, verbose_name=_("bevakas av"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_date = models.DateField(_("senast genomgången"), null=True, editable=False)
    reviewed_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    next_review_date = models.DateField(_("gås igenom igen senast"), null=True, editable=False)

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("författning")
        constraints = [
            *HeldBetweenDays.Meta.constraints,
            models.UniqueConstraint(
                fields=["series", "number"],
                condition=~Q(number=""),
                name="law_number_once",
                violation_error_message=_("Författningen finns redan."),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_date=None, reviewed_by=None, next_review_date=None)
                | Q(reviewed_date__isnull=False, reviewed_by__isnull=False),
                name="law_reviewed_by_someone_some_day",
            ),
        ]

    def __str__(self):
        return f"{self.designation} {self.title}" if self.series != Series.SFS and self.number else self.cited

    def get_absolute_url(self):
        return address_of("laws:detail", self.pk)

    @property
    def designation(self) -> str:
        """The series and the number; empty while nobody has verified the number."""
        return f"{self.get_series_display()} {self.number}" if self.number else ""

    @property
    def cited(self) -> str:
        """As one refers to it: "SoL (2025:400)", "SOSFS 2011:9"."""
        if self.number and self.series != Series.SFS:
            return self.designation
        name = self.short or self.title
        return f"{name} ({self.number})" if self.number else name

    @property
    def follower(self) -> "Law | None":
        """What to turn to instead of it."""
        return self.successor


class ProvisionQuerySet(HeldBetweenDaysQuerySet):
    """A provision holds no longer than the law it stands in."""

    def on(self, day: date) -> Self:
        return super().on(day).filter(law__in=Law.objects.on(day))

    def ended(self, day: date) -> Self:
        itself = Q(valid_to__lt=day) | Q(ended_some_day=True)
        return self.filter(itself | Q(law__valid_to__lt=day) | Q(law__ended_some_day=True))


class Provision(HeldBetweenDays):
    """What one place in a law asks for, in our words. What is governed by it points here, never at a text."""

    NAMED_BY = ("reference", "law")

    key = models.SlugField(_("nyckel"), unique=True)
    law = models.ForeignKey(Law, verbose_name=_("författning"), on_delete=models.PROTECT, related_name="provisions")
    reference = models.CharField(_("bestämmelse"), max_length=60, help_text=_("Till exempel 5 kap. 2 §."))
    heading = models.CharField(_("rubrik"), max_length=200)
    demand = models.TextField(_("vad den kräver av oss"), blank=True, max_length=4000)
    is_advice = models.BooleanField(_("allmänt råd"), default=False)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)

    objects = ProvisionQuerySet.as_manager()

    class Meta:
        ordering = ["law", "order", "pk"]
        verbose_name = _("bestämmelse")
        constraints = HeldBetweenDays.Meta.constraints

    def __str__(self):
        return f"{self.reference} {self.law.cited}"

    def get_absolute_url(self):
        return address_of("laws:provision", self.pk)

    def has_ended_on(self, day: date) -> bool:
        return super().has_ended_on(day) or self.law.has_ended_on(day)

    @property
    def follower(self) -> "Law | Provision | None":
        """What to turn to instead of it: a provision, or the law that replaced the whole."""
        return self.successor or (self.law.successor if self.law.has_ended else None)


class LawCheck(models.Model):
    """That somebody went through a law on a day, and what came of it. Written once."""

    law = models.ForeignKey(Law, on_delete=models.PROTECT, related_name="checks")
    checked_date = models.DateField(_("genomgången"))
    comment = models.TextField(_("vad kom du fram till"), max_length=4000)
    next_review_date = models.DateField(_("gås igenom igen senast"), null=True, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["checked_date", "pk"]
        verbose_name = _("genomgång av författning")
        constraints = [
            models.CheckConstraint(
                condition=Q(next_review_date=None) | Q(next_review_date__gt=F("checked_date")),
                name="law_check_next_is_later",
                violation_error_message=_("Nästa genomgång ska vara senare än den här."),
            )
        ]

    def __str__(self):
        return f"{self.law}, {self.checked_date}"


class ReviewOutcome(models.TextChoices):
    STILL_RIGHT = "still_right", _("Stämmer fortfarande")
    CHANGED = "changed", _("Är ändrat")


class LawReviewQuerySet(OwnedQuerySet):
    def overdue(self, day: date) -> Self:
        return self.filter(state=ReviewState.OPEN, due_date__lt=day)


class LawReview(Owned, Revised):
    """Somebody must see whether a row still says what is right, since what it points to no longer holds."""

    READ = Permission.RULEBOOK_READ

    law = models.ForeignKey(Law, null=True, editable=False, on_delete=models.PROTECT, related_name="reviews")
    provision = models.ForeignKey(
        Provision, null=True, editable=False, on_delete=models.PROTECT, related_name="reviews"
    )
    target_type = models.ForeignKey(ContentType, editable=False, on_delete=models.PROTECT, related_name="+")
    target_id = models.PositiveBigIntegerField(editable=False)
    target = GenericForeignKey("target_type", "target_id")
    title = models.CharField(_("att gå igenom"), max_length=300, editable=False)
    reason = models.TextField(_("varför"), max_length=1000, editable=False)
    due_date = models.DateField(_("klar senast"))
    state = models.CharField(_("läge"), max_length=20, choices=ReviewState, default=ReviewState.OPEN, editable=False)
    outcome = models.CharField(_("vad blev det"), max_length=20, choices=ReviewOutcome, blank=True)
    comment = models.TextField(_("vad kom du fram till"), blank=True, max_length=4000)
    done_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    done_date = models.DateField(_("genomgången"), null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LawReviewQuerySet.as_manager()

    class Meta:
        ordering = ["due_date", "pk"]
        verbose_name = _("genomgång av vad som styrs")
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(law=None, provision__isnull=False) | Q(law__isnull=False, provision=None),
                name="law_review_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.DONE, done_by__isnull=False, done_date__isnull=False)
                & ~Q(outcome="")
                & ~Q(comment="")
                | Q(state=ReviewState.OPEN, done_by=None, done_date=None, outcome="", comment=""),
                name="law_review_done_by_someone_who_says_what",
                violation_error_message=_("Skriv vad du kom fram till."),
            ),
            *(
                models.UniqueConstraint(
                    fields=[what, "target_type", "target_id"],
                    condition=Q(state=ReviewState.OPEN),
                    name=f"law_review_open_once_for_a_{what}",
                )
                for what in ("law", "provision")
            ),
        ]
        indexes = [models.Index(fields=["unit", "state", "due_date"])]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("laws:review", self.pk)

    @property
    def ended_on(self) -> date | None:
        return self.done_date

    @property
    def of(self) -> Law | Provision:
        """What no longer holds."""
        return self.law or self.provision

    @property
    def is_overdue(self) -> bool:
        return self.state == ReviewState.OPEN and self.due_date < timezone.localdate()


class LawReviewStep(Step):
    review = models.ForeignKey(LawReview, on_delete=models.PROTECT, related_name="steps")
