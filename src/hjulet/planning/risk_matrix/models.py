from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import Revised
from hjulet.planning.risk_matrix.states import COLORS, MatrixState, Tone

SCALE = (1, 2, 3, 4)


class RiskMatrix(Revised):
    """One version of the 4 × 4 matrix. In force it is never changed: what was scored in 2023 keeps the matrix of 2023."""

    number = models.PositiveSmallIntegerField(_("version"), unique=True)
    note = models.TextField(_("anmärkning"), blank=True, max_length=2000)
    severe_never_low = models.BooleanField(
        _("allvarlighetsgrad 4 är aldrig lägsta nivån"),
        default=False,
        help_text=_("Versionen kan inte börja gälla så länge en ruta med allvarlighetsgrad 4 har lägsta nivån."),
    )
    state = models.CharField(max_length=20, choices=MatrixState, default=MatrixState.DRAFT, editable=False)
    in_force_from = models.DateField(_("gäller från"), null=True, editable=False)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("riskmatris")
        constraints = [
            models.UniqueConstraint("state", condition=Q(state=MatrixState.IN_FORCE), name="risk_matrix_one_in_force"),
            models.CheckConstraint(
                condition=Q(state=MatrixState.DRAFT) | Q(in_force_from__isnull=False),
                name="risk_matrix_in_force_since_some_day",
            ),
        ]

    def __str__(self):
        return f"{_('Riskmatris')} {self.number}"

    def get_absolute_url(self):
        return address_of("risk_matrix:detail", self.pk)

    @property
    def color(self) -> str:
        return COLORS[self.state]


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

    @property
    def color(self) -> str:
        """The colour of its tag."""
        return COLORS[self.tone]


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
    band = models.ForeignKey(MatrixBand, null=True, blank=True, on_delete=models.CASCADE, related_name="cells")

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
