from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from hjulet.actions.models import Action
from hjulet.base.addresses import address_of
from hjulet.base.models import Revised, Step
from hjulet.monitoring.frequencies.models import Frequency
from hjulet.monitoring.self_monitoring.periods import period_in_words
from hjulet.monitoring.self_monitoring.states import OccurrenceState
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.owners import DoneSomewhere, DoneSomewhereQuerySet, Owned, OwnedQuerySet
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds, lies_at, reach_of, reaches_widely
from hjulet.rulebook.models import QualityArea


class ResultKind(models.TextChoices):
    SHARE = "share", _("Antal granskade och antal som uppfyller")
    VALUE = "value", _("Ett mätvärde")
    JUDGEMENT = "judgement", _("En bedömning")


class Judgement(models.TextChoices):
    FULFILLED = "fulfilled", _("Uppfyllt")
    PARTLY = "partly", _("Delvis uppfyllt")
    NOT_FULFILLED = "not_fulfilled", _("Inte uppfyllt")


class Comparator(models.TextChoices):
    AT_LEAST = ">=", _("minst")
    AT_MOST = "<=", _("högst")
    EXACTLY = "=", _("lika med")


class Phase(models.TextChoices):
    """Where a control stands in its own time; a reading of its dates, not a state that anyone sets."""

    COMING = "coming", _("Kommande")
    RUNNING = "running", _("Pågår")
    ENDED = "ended", _("Avslutad")


PHASE_COLORS: dict[str, str] = {Phase.COMING: "neutral", Phase.RUNNING: "info", Phase.ENDED: "neutral"}


class ControlQuerySet(OwnedQuerySet):
    def in_phase(self, phase: Phase, day: date):
        conditions = {
            Phase.COMING: Q(starts_date__gt=day),
            Phase.RUNNING: Q(starts_date__lte=day, ends_date__gte=day),
            Phase.ENDED: Q(ends_date__lt=day),
        }
        return self.filter(conditions[Phase(phase)])


class Control(Owned, Revised):
    """One egenkontroll: which requirement is checked, why, how, how often, by whom, and what is good enough."""

    READ = Permission.CONTROLS_READ

    title = models.CharField(_("vad kontrolleras"), max_length=300)
    requirement = models.TextField(_("vilket krav gäller det"), blank=True, max_length=2000)
    purpose = models.TextField(_("varför"), blank=True, max_length=2000)
    method = models.CharField(_("metod"), max_length=200)
    quality_area = models.ForeignKey(
        QualityArea,
        verbose_name=_("kvalitetsområde"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    frequency = models.ForeignKey(Frequency, verbose_name=_("hur ofta"), on_delete=models.PROTECT, related_name="+")
    starts_date = models.DateField(_("börjar"))
    ends_date = models.DateField(_("slutar"))
    result_kind = models.CharField(_("resultatet anges som"), max_length=20, choices=ResultKind)
    comparator = models.CharField(_("målet är"), max_length=2, choices=Comparator, blank=True)
    target = models.DecimalField(_("målvärde"), max_digits=12, decimal_places=3, null=True, blank=True)
    measure = models.CharField(
        _("måttenhet"),
        max_length=40,
        blank=True,
        help_text=_("Till exempel %, antal, dagar eller ”på 5-gradig skala”."),
    )
    stopped_reason = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ControlQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("egenkontroll")
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_date__gte=F("starts_date")),
                name="control_dates_in_order",
                violation_error_message=_("Slutdatum ska vara samma dag som startdatum eller senare."),
            ),
            models.CheckConstraint(
                condition=Q(target=None, comparator="") | Q(target__isnull=False) & ~Q(comparator=""),
                name="control_target_with_comparator",
                violation_error_message=_("Ange både minst/högst/lika med och målvärde, eller inget av dem."),
            ),
            models.CheckConstraint(
                condition=~Q(result_kind=ResultKind.SHARE) | Q(target=None) | Q(target__gte=0, target__lte=100),
                name="control_share_target_in_percent",
                violation_error_message=_("Målet för en andel är ett tal från 0 till 100 procent."),
            ),
            models.CheckConstraint(
                condition=~Q(result_kind=ResultKind.JUDGEMENT) | Q(target=None),
                name="control_judgement_without_target",
                violation_error_message=_("En bedömning har inget målvärde i siffror."),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "owner_person", "owner_role"], name="control_seen_by"),
            models.Index(fields=["title", "id"], name="control_in_order"),  # the order of the list
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("self_monitoring:detail", self.pk)

    @property
    def ended_on(self) -> date | None:
        return self.ends_date

    @property
    def phase(self) -> Phase:
        today = timezone.localdate()
        if self.starts_date > today:
            return Phase.COMING
        return Phase.ENDED if self.ends_date < today else Phase.RUNNING

    @property
    def target_in_words(self) -> str:
        """As in "minst 90 %"; empty when no target is set."""
        if self.target is None:
            return ""
        return f"{self.get_comparator_display()} {number_format(self.target.normalize())} {self.measure}".strip()


class OccurrenceQuerySet(DoneSomewhereQuerySet):
    def visible_to(self, person: Person):
        """As the control. Where most are seen no control is asked: each row repeats the unit, and few are one's own."""
        if person.is_machine or not reaches_widely(person, Control.READ):
            return super().visible_to(person)
        there = lies_at(*reach_of(person, (Control.READ,)), "control_unit__")
        own = Control.objects.owned_by(person).order_by().values("pk")
        return self.filter(there | Q(control__in=own))

    def visible_in(self, person: Person, unit: Unit):
        """As of every unit's rows, by the unit of the control: also what was done elsewhere before it moved there."""
        if holds(person, Control.READ, unit):
            return self.filter(control_unit__in=Unit.objects.below(unit).order_by().values("pk"))
        return self.filter(control__in=Control.objects.visible_in(person, unit).order_by().values("pk"))

    def overdue(self, day: date):
        return self.filter(state=OccurrenceState.PLANNED, due_date__lt=day)


class Occurrence(DoneSomewhere, Revised):
    """One time the control is to be done: a period, a last day, and a result or the reason why there is none."""

    OWNED_THROUGH = "control"
    NAMED_BY = ("control", "period_start", "period_end")

    control = models.ForeignKey(Control, on_delete=models.PROTECT, related_name="occurrences")
    # Repeats that of the control, so that the year of a nämnd is counted without asking for its controls one by one.
    control_unit = models.ForeignKey(Unit, editable=False, on_delete=models.PROTECT, related_name="+", db_index=False)
    period_start = models.DateField(_("period från"))
    period_end = models.DateField(_("period till och med"))
    due_date = models.DateField(_("klar senast"))
    state = models.CharField(
        _("läge"), max_length=20, choices=OccurrenceState, default=OccurrenceState.PLANNED, editable=False
    )
    checked_count = models.PositiveIntegerField(_("antal granskade"), null=True, blank=True)
    fulfilled_count = models.PositiveIntegerField(_("antal som uppfyller kravet"), null=True, blank=True)
    is_census = models.BooleanField(
        _("alla ärenden under perioden granskades"),
        default=False,
        help_text=_("Lämna tomt om ni valde ut några. Då räknas en felmarginal."),
    )
    value = models.DecimalField(_("mätvärde"), max_digits=14, decimal_places=4, null=True, blank=True)
    judgement = models.CharField(_("bedömning"), max_length=20, choices=Judgement, blank=True)
    # Of the day the result was recorded: a target that is changed later rewrites no old verdict.
    comparator = models.CharField(max_length=2, choices=Comparator, blank=True, editable=False)
    target = models.DecimalField(max_digits=12, decimal_places=3, null=True, editable=False)
    evidence = models.TextField(
        _("underlag"),
        blank=True,
        max_length=4000,
        help_text=_("Vad resultatet bygger på, till exempel vilka ärenden som valdes ut och hur. Skriv inga namn."),
    )
    finding = models.TextField(_("vad visade kontrollen"), blank=True, max_length=4000)
    done_date = models.DateField(_("genomförd"), null=True, blank=True)
    done_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    # Where it was done, when the control has gone on in another unit since.
    done_in = models.ForeignKey(
        Unit, null=True, editable=False, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    actions = models.ManyToManyField(Action, related_name="+", editable=False)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        ordering = ["due_date", "pk"]
        verbose_name = _("kontrolltillfälle")
        constraints = [
            models.UniqueConstraint(
                fields=["control", "period_start", "period_end"], name="occurrence_once_per_period"
            ),
            models.CheckConstraint(condition=Q(period_end__gte=F("period_start")), name="occurrence_period_in_order"),
            models.CheckConstraint(
                condition=Q(fulfilled_count=None) | Q(fulfilled_count__lte=F("checked_count")),
                name="occurrence_not_more_fulfilled_than_checked",
                violation_error_message=_("Antalet som uppfyller kan inte vara större än antalet granskade."),
            ),
            models.CheckConstraint(
                condition=~Q(state=OccurrenceState.DONE) | Q(done_date__isnull=False, done_by__isnull=False),
                name="occurrence_done_by_someone_some_day",
                violation_error_message=_("Ange vilken dag kontrollen gjordes."),
            ),
            models.CheckConstraint(
                condition=Q(done_in=None) | Q(state=OccurrenceState.DONE), name="occurrence_done_in_only_when_done"
            ),
            models.CheckConstraint(
                condition=Q(state=OccurrenceState.DONE)
                | Q(checked_count=None, fulfilled_count=None, value=None, judgement="", done_date=None),
                name="occurrence_result_only_when_done",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_date", "id"], name="occurrence_waiting_first"),
            models.Index(fields=["control", "due_date", "state"], name="occurrence_of_control"),
            models.Index(fields=["control_unit", "due_date", "state"], name="occurrence_in_year"),
            models.Index(fields=["due_date", "id"]),  # the order of the list
            # Few are: an index of them all would say that every row is done in the same unit, none.
            models.Index(fields=["done_in"], condition=Q(done_in__isnull=False), name="occurrence_done_elsewhere"),
        ]

    def __str__(self):
        return f"{self.control}, {self.period}"

    def get_absolute_url(self):
        return address_of("self_monitoring:occurrence", self.pk)

    @property
    def period(self) -> str:
        return period_in_words(self.period_start, self.period_end)

    @property
    def share(self) -> Decimal | None:
        """Share fulfilled in percent, unrounded; None when nothing was checked (missing is not zero)."""
        if not self.checked_count or self.fulfilled_count is None:
            return None
        return Decimal(self.fulfilled_count) * 100 / self.checked_count

    @property
    def is_overdue(self) -> bool:
        return self.state == OccurrenceState.PLANNED and self.due_date < timezone.localdate()


class OccurrenceStep(Step):
    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, related_name="steps")
