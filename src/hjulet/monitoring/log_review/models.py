from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.actions.models import Action
from hjulet.audit.models import Reading
from hjulet.base.addresses import address_of
from hjulet.base.models import Revised, Step
from hjulet.monitoring.log_review import sampling
from hjulet.monitoring.log_review.states import ReviewState
from hjulet.monitoring.self_monitoring.periods import period_in_words
from hjulet.organisation.models import Person
from hjulet.organisation.owners import Owned, OwnedQuerySet, OwnedThrough, OwnedThroughQuerySet
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach


class ReviewRule(models.Model):
    """How often the log of readings is reviewed and how much of it. What a municipality decides for itself."""

    key = models.SlugField(_("nyckel"), unique=True)
    name = models.CharField(_("namn"), max_length=100, unique=True)
    months = models.PositiveSmallIntegerField(_("månader mellan gångerna"))
    sample_size = models.PositiveSmallIntegerField(_("minst så många läsningar"), validators=[MinValueValidator(1)])
    much = models.PositiveSmallIntegerField(
        _("många läsningar är"),
        validators=[MinValueValidator(2)],
        help_text=_("Den som har läst så många gånger under perioden är alltid med i stickprovet."),
    )
    finish_days = models.PositiveSmallIntegerField(
        _("dagar på sig att granska"), validators=[MinValueValidator(1), MaxValueValidator(180)]
    )
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("granskningsregel")
        constraints = [
            models.CheckConstraint(
                condition=Q(months__in=[1, 2, 3, 4, 6, 12]),
                name="review_rule_divides_the_year",
                violation_error_message=_("Antalet månader ska dela året jämnt: 1, 2, 3, 4, 6 eller 12."),
            )
        ]

    def __str__(self):
        return self.name


class ReviewPlanQuerySet(OwnedQuerySet):
    def visible_to(self, person: Person):
        """Unlike other tasks: to be named as the reviewer opens no log of readings."""
        return self.filter(unit__in=units_within_reach(person, ReviewPlan.READ))


class ReviewPlan(Owned, Revised):
    """That the readings in a nämnd are reviewed: by which rule, by whom, and since when."""

    READ = Permission.READ_LOG_REVIEW
    NAMED_BY = ("unit",)

    rule = models.ForeignKey(ReviewRule, verbose_name=_("regel"), on_delete=models.PROTECT, related_name="+")
    starts_date = models.DateField(_("granskas från och med"))

    objects = ReviewPlanQuerySet.as_manager()

    class Meta:
        ordering = ["unit__path"]
        verbose_name = _("plan för logggranskning")
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit"],
                name="review_plan_once_per_committee",
                violation_error_message=_("Nämnden har redan en plan för logggranskning."),
            ),
            models.CheckConstraint(
                condition=Q(owner_person__isnull=False) | ~Q(owner_role=""),
                name="review_plan_has_reviewer",
                violation_error_message=_("Välj vem som granskar."),
            ),
        ]

    def __str__(self):
        return f"{_('Logggranskning')}, {self.unit}"

    def get_absolute_url(self):
        return reverse("log_review:list")


class ReviewQuerySet(OwnedThroughQuerySet):
    def unsigned(self):
        return self.exclude(state=ReviewState.SIGNED)

    def overdue(self, day: date):
        return self.unsigned().filter(due_date__lt=day)


class Review(OwnedThrough, models.Model):
    """The readings of one period: a sample, a judgement of each, a conclusion and a signature.

    The numbers of the rule are copied when the sample is drawn, with the seed: the draw can be made again.
    """

    OWNED_THROUGH = "plan"
    NAMED_BY = ("plan", "period_start", "period_end")

    plan = models.ForeignKey(ReviewPlan, on_delete=models.PROTECT, related_name="reviews")
    period_start = models.DateField(_("period från"))
    period_end = models.DateField(_("period till och med"))
    due_date = models.DateField(_("klar senast"))
    state = models.CharField(_("läge"), max_length=20, choices=ReviewState, default=ReviewState.WAITING, editable=False)
    seed = models.CharField(_("frö"), max_length=64, blank=True, editable=False)
    sample_size = models.PositiveSmallIntegerField(_("minst så många läsningar"), null=True, editable=False)
    much = models.PositiveSmallIntegerField(_("många läsningar är"), null=True, editable=False)
    population = models.PositiveIntegerField(_("läsningar under perioden"), null=True, editable=False)
    conclusion = models.TextField(_("vad visade granskningen"), blank=True, editable=False, max_length=4000)
    signed_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    signed_name = models.CharField(_("undertecknad av"), max_length=200, blank=True, editable=False)
    signed_title = models.CharField(_("titel"), max_length=200, blank=True, editable=False)
    signed_at = models.DateTimeField(_("undertecknad"), null=True, editable=False)
    actions = models.ManyToManyField(Action, related_name="+", editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-period_start", "pk"]
        verbose_name = _("logggranskning")
        constraints = [
            models.UniqueConstraint(fields=["plan", "period_start"], name="review_once_per_period"),
            models.CheckConstraint(condition=Q(period_end__gte=F("period_start")), name="review_period_in_order"),
            models.CheckConstraint(
                condition=Q(state=ReviewState.WAITING, seed="", population=None)
                | ~Q(state=ReviewState.WAITING) & ~Q(seed="") & Q(population__isnull=False),
                name="review_drawn_with_seed",
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.SIGNED, signed_by__isnull=False, signed_at__isnull=False)
                & ~Q(conclusion="")
                | ~Q(state=ReviewState.SIGNED) & Q(signed_by=None, signed_at=None),
                name="review_signed_by_someone",
                violation_error_message=_("Skriv vad granskningen visade."),
            ),
        ]
        indexes = [models.Index(fields=["state", "due_date"])]

    def __str__(self):
        return f"{_('Logggranskning')} {self.period}, {self.unit}"

    def get_absolute_url(self):
        return address_of("log_review:detail", self.pk)

    @property
    def period(self) -> str:
        return period_in_words(self.period_start, self.period_end)

    @property
    def is_overdue(self) -> bool:
        return self.state != ReviewState.SIGNED and self.due_date < timezone.localdate()

    def is_owned_by(self, person: Person) -> bool:
        """Nobody's: to be named as the reviewer gives no right that the role does not."""
        return False


class ReviewStep(Step):
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="steps")


class Why(models.TextChoices):
    """Why a reading is in the sample."""

    OUTSIDE = sampling.OUTSIDE, _("Utanför uppdraget")
    MUCH = sampling.MUCH, _("Många läsningar")
    RANDOM = sampling.RANDOM, _("Slumpvis vald")


class Verdict(models.TextChoices):
    JUSTIFIED = "justified", _("Motiverad")
    UNCLEAR = "unclear", _("Oklar")
    UNAUTHORISED = "unauthorised", _("Obehörig")


VERDICT_COLORS: dict[str, str] = {
    "": "neutral",
    Verdict.JUSTIFIED: "success",
    Verdict.UNCLEAR: "warning",
    Verdict.UNAUTHORISED: "danger",
}


class SampledReading(models.Model):
    """A reading in a sample and what the reviewer thinks of it. Frozen when the review is signed."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="sampled")
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(_("varför den är med"), max_length=20, choices=Why)
    verdict = models.CharField(_("bedömning"), max_length=20, choices=Verdict, blank=True)
    note = models.TextField(_("anteckning"), blank=True, max_length=2000)
    judged_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["reading_id"]
        verbose_name = _("granskad läsning")
        constraints = [
            models.UniqueConstraint(fields=["review", "reading"], name="sampled_reading_once"),
            models.CheckConstraint(
                condition=Q(verdict="", judged_by=None, judged_at=None)
                | ~Q(verdict="") & Q(judged_by__isnull=False, judged_at__isnull=False),
                name="sampled_reading_judged_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["", Verdict.JUSTIFIED]) | ~Q(note=""),
                name="sampled_reading_doubt_has_note",
                violation_error_message=_("Skriv vad som är oklart eller obehörigt."),
            ),
        ]

    def __str__(self):
        return f"{self.reading} {self.verdict}"
