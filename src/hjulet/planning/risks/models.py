from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hjulet.actions.models import Action
from hjulet.base.models import Revised, Step
from hjulet.monitoring.models import Control, Occurrence
from hjulet.organisation.models import Person
from hjulet.organisation.owners import UnitScoped
from hjulet.organisation.roles.permissions import Permission
from hjulet.planning.goals.models import Goal
from hjulet.planning.risks.states import AnalysisState, MatrixState
from hjulet.rulebook.models import QualityArea

SCALE = (1, 2, 3, 4)


class Tone(models.TextChoices):
    """How a band is drawn. The word stands beside it everywhere."""

    GREEN = "green", _("grön")
    YELLOW = "yellow", _("gul")
    RED = "red", _("röd")


class RiskMatrix(models.Model):
    """One version of the 4 × 4 matrix. In force it is never changed: what was scored in 2023 keeps the matrix of 2023."""

    number = models.PositiveSmallIntegerField(_("version"), unique=True)
    note = models.TextField(_("anmärkning"), blank=True, max_length=2000)
    severe_never_low = models.BooleanField(
        _("allvarlighetsgrad 4 är aldrig lägsta nivån"),
        default=False,
        help_text=_("En risk med högsta allvarlighetsgrad blir minst gul, hur osannolik den än är."),
    )
    state = models.CharField(max_length=20, choices=MatrixState, default=MatrixState.DRAFT, editable=False)
    in_force_from = models.DateField(_("gäller från"), null=True, editable=False)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("riskmatris")
        constraints = [
            models.UniqueConstraint(
                "state", condition=Q(state=MatrixState.IN_FORCE), name="risk_matrix_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(state=MatrixState.DRAFT) | Q(in_force_from__isnull=False),
                name="risk_matrix_in_force_since_some_day",
            ),
        ]

    def __str__(self):
        return f"{_('Riskmatris')} {self.number}"

    def get_absolute_url(self):
        return reverse("risks:matrix_version", args=[self.pk])


class MatrixBand(models.Model):
    """A level of risk: its word, its tone, what it asks of us. `order` 1 is the lowest."""

    matrix = models.ForeignKey(RiskMatrix, on_delete=models.CASCADE, related_name="bands")
    order = models.PositiveSmallIntegerField(_("ordning"))
    tone = models.CharField(_("färg"), max_length=10, choices=Tone)
    name = models.CharField(_("namn"), max_length=60)
    meaning = models.CharField(_("vad innebär nivån"), max_length=300)

    class Meta:
        ordering = ["matrix", "order"]
        constraints = [
            models.UniqueConstraint(fields=["matrix", "order"], name="matrix_band_once"),
            models.UniqueConstraint(fields=["matrix", "tone"], name="matrix_band_tone_once"),
        ]

    def __str__(self):
        return self.name


class Axis(models.TextChoices):
    PROBABILITY = "probability", _("Sannolikhet")
    SEVERITY = "severity", _("Allvarlighetsgrad")


class MatrixAxisLabel(models.Model):
    """What a step on an axis is called and means."""

    matrix = models.ForeignKey(RiskMatrix, on_delete=models.CASCADE, related_name="axis_labels")
    axis = models.CharField(max_length=20, choices=Axis)
    value = models.PositiveSmallIntegerField()
    name = models.CharField(_("namn"), max_length=60)
    meaning = models.CharField(_("betyder"), max_length=300, blank=True)

    class Meta:
        ordering = ["matrix", "axis", "value"]
        constraints = [
            models.UniqueConstraint(fields=["matrix", "axis", "value"], name="matrix_axis_label_once"),
            models.CheckConstraint(condition=Q(value__in=SCALE), name="matrix_axis_label_on_scale"),
        ]

    def __str__(self):
        return f"{self.value} {self.name}"


class MatrixCell(models.Model):
    """One of the sixteen pairs, each with its own band: nothing is worked out from the product. No band: a draft."""

    matrix = models.ForeignKey(RiskMatrix, on_delete=models.CASCADE, related_name="cells")
    probability = models.PositiveSmallIntegerField()
    severity = models.PositiveSmallIntegerField()
    band = models.ForeignKey(MatrixBand, null=True, on_delete=models.CASCADE, related_name="cells")

    class Meta:
        ordering = ["matrix", "-probability", "severity"]
        constraints = [
            models.UniqueConstraint(fields=["matrix", "probability", "severity"], name="matrix_cell_once"),
            models.CheckConstraint(
                condition=Q(probability__in=SCALE) & Q(severity__in=SCALE), name="matrix_cell_on_scale"
            ),
        ]

    def __str__(self):
        return f"{self.probability} × {self.severity}"

    @property
    def score(self) -> int:
        return self.probability * self.severity


class RiskSource(models.Model):
    """Where a risk was seen: last year's report, a deviation, a new law …"""

    key = models.SlugField(_("nyckel"), unique=True)
    name = models.CharField(_("namn"), max_length=100, unique=True)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("källa till risk")

    def __str__(self):
        return self.name


class OperationalArea(models.Model):
    """The kind of service: elderly care, disability, individual and family …"""

    key = models.SlugField(_("nyckel"), unique=True)
    name = models.CharField(_("namn"), max_length=100, unique=True)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("verksamhetsområde")

    def __str__(self):
        return self.name


class RiskAnalysis(UnitScoped):
    """The risks of a nämnd or a unit for one year, scored on one version of the matrix."""

    READ = Permission.RISKS_READ

    year = models.PositiveSmallIntegerField(_("år"))
    matrix = models.ForeignKey(RiskMatrix, on_delete=models.PROTECT, related_name="+")
    previous = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="next", editable=False
    )
    state = models.CharField(
        _("läge"), max_length=20, choices=AnalysisState, default=AnalysisState.ONGOING, editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-year", "unit__path"]
        verbose_name = _("riskanalys")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                name="risk_analysis_once_a_year",
                violation_error_message=_("Det finns redan en riskanalys för enheten och året."),
            )
        ]

    def __str__(self):
        return f"{_('Riskanalys')} {self.year}, {self.unit}"

    def get_absolute_url(self):
        return reverse("risks:analysis", args=[self.pk])


class AnalysisStep(Step):
    analysis = models.ForeignKey(RiskAnalysis, on_delete=models.PROTECT, related_name="steps")


class Change(models.TextChoices):
    """What became of a risk since last year's analysis."""

    NEW = "new", _("Ny")
    CHANGED = "changed", _("Ändrad")
    UNCHANGED = "unchanged", _("Oförändrad")
    GONE = "gone", _("Borta")


class RiskQuerySet(models.QuerySet):
    def visible_to(self, person: Person):
        return self.filter(analysis__in=RiskAnalysis.objects.visible_to(person))

    def present(self):
        """All but those marked as gone."""
        return self.exclude(change=Change.GONE)

    def in_bands(self, *tones: str):
        return self.filter(band__tone__in=tones)

    def lacking_action(self):
        """Red now, and no action that has both somebody responsible and a last day."""
        answered = Action.objects.filter(risks=models.OuterRef("pk"), due_date__isnull=False).exclude(
            owner_person=None, owner_role=""
        )
        return self.present().filter(~models.Exists(answered.exclude(state="cancelled").order_by()), band__tone=Tone.RED)


class Law(models.TextChoices):
    SOL = "SoL", _("SoL")
    LSS = "LSS", _("LSS")
    HSL = "HSL", _("HSL")


class Risk(Revised):
    """Something that could go wrong, and why. `band`, `probability`, `severity` repeat the latest assessment for lists."""

    analysis = models.ForeignKey(RiskAnalysis, on_delete=models.PROTECT, related_name="risks")
    area_number = models.PositiveSmallIntegerField(editable=False)
    ordinal = models.PositiveSmallIntegerField(editable=False)
    title = models.CharField(_("risk"), max_length=600)
    deficiency = models.TextField(_("brist"), max_length=2000, help_text=_("Vad är det som brister och gör att risken finns?"))
    consequence = models.TextField(_("konsekvens"), blank=True, max_length=2000)
    quality_area = models.ForeignKey(
        QualityArea, verbose_name=_("kvalitetsområde"), on_delete=models.PROTECT, related_name="+"
    )
    goal = models.ForeignKey(
        Goal,
        verbose_name=_("mål eller fokusområde"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="risks",
    )
    laws = models.JSONField(_("lagrum"), default=list, blank=True)
    operational_area = models.ForeignKey(
        OperationalArea,
        verbose_name=_("verksamhetsområde"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    source = models.ForeignKey(
        RiskSource, verbose_name=_("källa"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source_note = models.TextField(_("om källan"), blank=True, max_length=2000)
    occurrence = models.ForeignKey(
        Occurrence, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="risks"
    )
    responsible_role = models.CharField(_("ansvarig roll"), max_length=40, blank=True)
    deeper_analysis = models.TextField(
        _("fördjupad analys"), blank=True, editable=False, help_text=_("Varför finns risken och vad skulle hjälpa?")
    )
    previous = models.OneToOneField(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="next"
    )
    change = models.CharField(
        _("sedan förra året"), max_length=20, choices=Change, default=Change.NEW, editable=False
    )
    change_reason = models.TextField(_("orsak"), blank=True, editable=False)
    probability = models.PositiveSmallIntegerField(_("sannolikhet"), null=True, editable=False)
    severity = models.PositiveSmallIntegerField(_("allvarlighetsgrad"), null=True, editable=False)
    band = models.ForeignKey(MatrixBand, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    assessed_date = models.DateField(_("bedömd"), null=True, editable=False)
    accepted_reason = models.TextField(_("varför risken accepteras"), blank=True, editable=False)
    accepted_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    accepted_until = models.DateField(_("accepteras till och med"), null=True, editable=False)
    actions = models.ManyToManyField(Action, related_name="risks", editable=False)
    controls = models.ManyToManyField(Control, related_name="risks", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RiskQuerySet.as_manager()

    class Meta:
        ordering = ["analysis", "area_number", "ordinal"]
        verbose_name = _("risk")
        constraints = [
            models.UniqueConstraint(fields=["analysis", "area_number", "ordinal"], name="risk_number_once"),
            models.CheckConstraint(
                condition=Q(probability=None, severity=None, band=None, assessed_date=None)
                | Q(probability__isnull=False, severity__isnull=False, band__isnull=False, assessed_date__isnull=False),
                name="risk_assessed_wholly_or_not_at_all",
            ),
            models.CheckConstraint(
                condition=Q(accepted_reason="", accepted_by=None, accepted_until=None)
                | Q(accepted_by__isnull=False, accepted_until__isnull=False) & ~Q(accepted_reason=""),
                name="risk_accepted_by_someone_until_some_day",
            ),
            models.CheckConstraint(
                condition=Q(change__in=[Change.NEW, Change.UNCHANGED]) | ~Q(change_reason=""),
                name="risk_change_has_reason",
                violation_error_message=_("Skriv varför risken är ändrad eller borta."),
            ),
        ]
        indexes = [
            models.Index(fields=["analysis", "band"]),
            models.Index(fields=["analysis", "probability", "severity"]),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    def get_absolute_url(self):
        return reverse("risks:detail", args=[self.pk])

    @property
    def number(self) -> str:
        return f"{self.area_number}.{self.ordinal}"

    @property
    def score(self) -> int | None:
        """1–16; None when nobody has assessed the risk."""
        return None if self.probability is None else self.probability * self.severity

    def is_accepted_on(self, day: date) -> bool:
        return self.accepted_until is not None and self.accepted_until >= day


class Occasion(models.TextChoices):
    INITIAL = "initial", _("Första bedömningen")
    FOLLOW_UP = "follow_up", _("Uppföljning")
    TARGET = "target", _("Målet för risken")


class Assessment(models.Model):
    """A dated judgement of a risk. Written once: the level in January can be read for ever."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="assessments")
    occasion = models.CharField(_("tillfälle"), max_length=20, choices=Occasion)
    assessed_date = models.DateField(_("bedömd"))
    probability = models.PositiveSmallIntegerField(_("sannolikhet"))
    severity = models.PositiveSmallIntegerField(_("allvarlighetsgrad"))
    band = models.ForeignKey(MatrixBand, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("motivering"), blank=True, max_length=2000)
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    participants = models.TextField(_("vilka deltog"), blank=True, max_length=1000)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["assessed_date", "pk"]
        verbose_name = _("riskbedömning")
        constraints = [
            models.CheckConstraint(
                condition=Q(probability__in=SCALE) & Q(severity__in=SCALE), name="assessment_on_scale"
            )
        ]

    def __str__(self):
        return f"{self.score} {self.band} ({self.assessed_date})"

    @property
    def score(self) -> int:
        return self.probability * self.severity
