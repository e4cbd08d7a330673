from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import In
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.actions.models import Action
from hjulet.actions.states import ActionState
from hjulet.base.addresses import address_of
from hjulet.base.expressions import Sifted
from hjulet.base.models import Revised, Step
from hjulet.monitoring.models import Control, Occurrence
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.owners import UnitScoped
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds, within_reach
from hjulet.organisation.roles.roles import ROLES, role_choices
from hjulet.organisation.secrecy.marked import Markable, MarkableQuerySet
from hjulet.organisation.units.models import lies_below
from hjulet.planning.goals.models import Goal
from hjulet.planning.risk_matrix.models import SCALE, MatrixBand, RiskMatrix
from hjulet.planning.risk_matrix.states import Tone
from hjulet.planning.risks.states import AnalysisState
from hjulet.rulebook.laws.acts import validate_acts
from hjulet.rulebook.models import QualityArea


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
    NAMED_BY = ("year", "unit")

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
        # The order in which lists of risks come to them.
        indexes = [models.Index(fields=["-year", "unit"], name="analysis_latest_year_first")]

    def __str__(self):
        return f"{_('Riskanalys')} {self.year}, {self.unit_name}"

    def get_absolute_url(self):
        return address_of("risk_analyses:detail", self.pk)

    @property
    def ended_on(self) -> date | None:
        return date(self.year, 12, 31)


class AnalysisStep(Step):
    analysis = models.ForeignKey(RiskAnalysis, on_delete=models.PROTECT, related_name="steps")


class Change(models.TextChoices):
    """What became of a risk since last year's analysis."""

    NEW = "new", _("Ny")
    CHANGED = "changed", _("Ändrad")
    UNCHANGED = "unchanged", _("Oförändrad")
    GONE = "gone", _("Borta")


class Lack(models.TextChoices):
    """What a risk asks for and may be without."""

    ASSESSMENT = "assessment", _("Bedömning")
    ACTION = "action", _("Åtgärd med ansvarig och sista dag")
    ANALYSIS = "analysis", _("Fördjupad analys")
    ACCEPTANCE = "acceptance", _("Acceptans som fortfarande gäller")


class RiskQuerySet(MarkableQuerySet):
    def visible_to(self, person: Person):
        return self.filter(within_reach(person, RiskAnalysis.READ, "analysis__unit")).within_secrecy(person)

    def visible_in(self, person: Person, unit: Unit):
        there = self.filter(analysis__unit__path__startswith=unit.path)
        return there.within_secrecy(person) if holds(person, RiskAnalysis.READ, unit) else there.visible_to(person)

    def in_units(self, units: models.QuerySet) -> Q:
        """By the unit of the analysis, joined: a list of analyses PostgreSQL would think too dear to make."""
        return Q(analysis__unit__in=units)

    def in_unit(self, unit: Unit):
        """Those of the unit and of what lies under it."""
        return self.filter(lies_below(unit, "analysis__unit"))

    def of_year(self, year: int, unit: Unit):
        """Those of the year's analyses of the unit and of what lies under it, found from the analyses: they are few."""
        below = Unit.objects.below(unit).order_by().values("pk")
        return self.filter(analysis__in=RiskAnalysis.objects.filter(year=year, unit__in=below).order_by().values("pk"))

    def present(self):
        """All but those marked as gone."""
        return self.exclude(change=Change.GONE)

    def in_bands(self, *tones: str):
        return self.filter(has_tone(*tones))

    def lacking(self, what: str):
        return self.filter(is_lacking(what))

    def with_answers(self):
        """Each with whether it is answered, for a list that says what its risks lack."""
        return self.annotate(is_answered=Exists(answering_actions().filter(risks=OuterRef("pk"))))


def is_lacking(what: str) -> Q:
    """The condition on a row of risks; nothing is asked of what is gone."""
    return ~Q(change=Change.GONE) & is_without(what)


def is_without(what: str) -> Q:
    """The same of a risk that is present."""
    asked = {
        Lack.ASSESSMENT: Q(band=None),
        Lack.ACTION: has_tone(Tone.RED) & ~Exists(answering_actions().filter(risks=OuterRef("pk"))),
        Lack.ANALYSIS: has_tone(Tone.YELLOW) & Q(has_deeper_analysis=False),
        Lack.ACCEPTANCE: Q(accepted_until__lt=timezone.localdate()),
    }
    return asked[Lack(what)]


def has_tone(*tones: str) -> Q:
    """By the few bands of the tone, which are read once, and on the rows in their order: every level has many."""
    return Q(In(Sifted("band"), MatrixBand.objects.filter(tone__in=tones).order_by().values("pk")))


def answering_actions() -> models.QuerySet[Action]:
    """The actions that count as an answer to red: they have both somebody responsible and a last day."""
    with_owner_and_date = Action.objects.exclude(owner_person=None, owner_role="").filter(due_date__isnull=False)
    return with_owner_and_date.exclude(state=ActionState.CANCELLED).order_by()


class Risk(Revised, Markable):
    """Something that could go wrong, and why.

    `band`, `probability`, `severity` repeat the latest assessment, `earlier_…` the one before it, so that twenty
    thousand risks are listed and drawn without reading their assessments. `year` repeats that of the analysis, which
    never changes, so that the list in its usual order is read from an index.
    """

    PATH_TO_UNIT = "analysis__unit"
    NAMED_BY = ("area_number", "ordinal", "title", "is_secret")

    # Two indexes below begin with it; one of its own would only lead SQLite past them.
    analysis = models.ForeignKey(RiskAnalysis, on_delete=models.PROTECT, related_name="risks", db_index=False)
    year = models.PositiveSmallIntegerField(_("år"), editable=False)
    area_number = models.PositiveSmallIntegerField(editable=False)
    ordinal = models.PositiveSmallIntegerField(editable=False)
    title = models.CharField(_("risk"), max_length=600)
    deficiency = models.TextField(
        _("brist"), max_length=2000, help_text=_("Vad är det som brister och gör att risken finns?")
    )
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
    laws = models.JSONField(_("lagrum"), default=list, blank=True, validators=[validate_acts])
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
    responsible_role = models.CharField(_("ansvarig roll"), max_length=40, blank=True, choices=role_choices)
    deeper_analysis = models.TextField(
        _("fördjupad analys"), blank=True, editable=False, help_text=_("Varför finns risken och vad skulle hjälpa?")
    )
    # Repeats that there is a text, for an index: PostgreSQL counts from none with an expression, SQLite from none with a
    # column that it writes itself.
    has_deeper_analysis = models.BooleanField(default=False, editable=False)
    previous = models.OneToOneField(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="next"
    )
    change = models.CharField(_("sedan förra året"), max_length=20, choices=Change, default=Change.NEW, editable=False)
    change_reason = models.TextField(_("orsak"), blank=True, editable=False)
    probability = models.PositiveSmallIntegerField(_("sannolikhet"), null=True, editable=False)
    severity = models.PositiveSmallIntegerField(_("allvarlighetsgrad"), null=True, editable=False)
    band = models.ForeignKey(MatrixBand, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    assessed_date = models.DateField(_("bedömd"), null=True, editable=False)
    earlier_probability = models.PositiveSmallIntegerField(null=True, editable=False)
    earlier_severity = models.PositiveSmallIntegerField(null=True, editable=False)
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
                condition=Q(earlier_probability=None, earlier_severity=None)
                | Q(earlier_probability__isnull=False, earlier_severity__isnull=False, band__isnull=False),
                name="risk_assessed_earlier_wholly_or_not_at_all",
            ),
            models.CheckConstraint(
                condition=Q(has_deeper_analysis=True) & ~Q(deeper_analysis="")
                | Q(has_deeper_analysis=False, deeper_analysis=""),
                name="risk_knows_whether_it_has_deeper_analysis",
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
            # All that a year of a nämnd is counted from, so that it is counted from the index alone. PostgreSQL reads the
            # key of a row too from an index only where it says so.
            models.Index(
                fields=["analysis", "change", "band", "accepted_until", "has_deeper_analysis", "is_secret", "id"],
                name="risk_in_year",
            ),
            # The order of the list, and what is left out of it.
            models.Index(
                fields=["-year", "-analysis", "area_number", "ordinal", "id", "change", "is_secret"],
                name="risk_latest_first",
            ),
            # All that the picture of the matrix counts, so that it is drawn from the index alone.
            models.Index(
                "analysis",
                "change",
                "probability",
                "severity",
                "earlier_probability",
                "earlier_severity",
                "is_secret",
                name="risk_moves",
            ),
        ]

    def __str__(self):
        """What a marked one is about is read on its own page only."""
        if self.is_secret:
            return str(_("%(number)s Sekretessmarkerad risk") % {"number": self.number})
        return f"{self.number} {self.title}"

    def clean(self):
        self.has_deeper_analysis = bool(self.deeper_analysis)

    def get_absolute_url(self):
        return address_of("risks:detail", self.pk)

    def twins(self) -> list["Risk"]:
        """The same risk of the years before and after: most of its words are the same."""
        before, after, twins = self.previous, getattr(self, "next", None), []
        while before:
            twins.append(before)
            before = before.previous
        while after:
            twins.append(after)
            after = getattr(after, "next", None)
        return twins

    @property
    def unit(self) -> Unit:
        """Where comments and attachments ask who may write."""
        return self.analysis.unit

    @property
    def unit_id(self) -> int:
        return self.analysis.unit_id

    @property
    def number(self) -> str:
        return f"{self.area_number}.{self.ordinal}"

    @property
    def score(self) -> int | None:
        """1–16; None when nobody has assessed the risk."""
        return None if self.probability is None else self.probability * self.severity

    @property
    def earlier_score(self) -> int | None:
        """The score before the latest assessment; None when there was none."""
        return None if self.earlier_probability is None else self.earlier_probability * self.earlier_severity

    @property
    def is_gone(self) -> bool:
        return self.change == Change.GONE

    @property
    def responsible(self) -> str:
        return str(ROLES[self.responsible_role].name) if self.responsible_role else ""

    def is_in_band(self, tone: str) -> bool:
        """False also when nobody has assessed the risk."""
        return self.band is not None and self.band.tone == tone

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
        indexes = [models.Index(fields=["risk", "assessed_date"])]

    def __str__(self):
        return f"{self.level} ({self.assessed_date})"

    @property
    def score(self) -> int:
        return self.probability * self.severity

    @property
    def level(self) -> str:
        """Number and word."""
        return f"{self.score} {self.band}"
