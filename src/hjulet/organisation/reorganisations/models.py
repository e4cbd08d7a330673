from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import Revised, Step
from hjulet.organisation.decisions.models import Decision
from hjulet.organisation.people.models import Person
from hjulet.organisation.reorganisations.states import ReorganisationState
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.organisation.units.models import Unit


class Kind(models.TextChoices):
    RENAME = "rename", _("Byt namn")
    MOVE = "move", _("Flytta")
    MERGE = "merge", _("Slå ihop")
    SPLIT = "split", _("Dela")
    CLOSE = "close", _("Lägg ned")


class Side(models.TextChoices):
    FROM = "from", _("från")
    TO = "to", _("till")


class ReorganisationQuerySet(models.QuerySet):
    def visible_to(self, person: Person):
        """What is planned or done with a unit, for whoever sees the organisation there; drafts for who manages it."""
        read = units_within_reach(person, Permission.ORGANISATION_READ)
        manage = units_within_reach(person, Permission.ORGANISATION_MANAGE)
        return self.filter(Q(unit__in=manage) | Q(unit__in=read) & ~Q(state=ReorganisationState.DRAFT))

    def touching(self, unit: Unit):
        """Those that begin or end with the unit."""
        return self.filter(models.Exists(Part.objects.filter(reorganisation=models.OuterRef("pk"), unit=unit)))


class Reorganisation(Revised):
    """What is to become of one or several units on a day. `unit` is the first of them: it decides who sees this."""

    NAMED_BY = ("kind", "unit")

    kind = models.CharField(_("slag"), max_length=10, choices=Kind)
    unit = models.ForeignKey(Unit, verbose_name=_("enhet"), on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        Unit, verbose_name=_("under"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    effective_date = models.DateField(_("gäller från"))
    basis = models.TextField(_("vilar på beslut"), max_length=2000)
    decision = models.ForeignKey(
        Decision, verbose_name=_("nämndbeslut"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        _("läge"),
        max_length=20,
        choices=ReorganisationState,
        default=ReorganisationState.DRAFT,
        editable=False,
    )
    # What followed, as it was found on the day: [{"key": …, "to": name, "rows": [keys]}].
    outcome = models.JSONField(null=True, editable=False)
    created_by = models.ForeignKey(Person, editable=False, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReorganisationQuerySet.as_manager()

    class Meta:
        ordering = ["-effective_date", "-pk"]
        verbose_name = _("omorganisation")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ReorganisationState.CARRIED_OUT, outcome__isnull=False)
                | ~Q(state=ReorganisationState.CARRIED_OUT) & Q(outcome=None),
                name="reorganisation_carried_out_with_outcome",
            )
        ]
        indexes = [models.Index(fields=["state", "effective_date"], name="reorganisation_due")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.unit}"

    def get_absolute_url(self):
        return address_of("reorganisations:detail", self.pk)


class ReorganisationStep(Step):
    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.PROTECT, related_name="steps")


class Part(models.Model):
    """A unit that it begins or ends with. One that is to come has a name, and gets its unit on the day."""

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="parts")
    side = models.CharField(max_length=4, choices=Side)
    order = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("namn"), max_length=200, blank=True)
    code = models.CharField(_("beteckning"), max_length=40, blank=True)

    class Meta:
        ordering = ["side", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "side", "order"], name="reorganisation_part_once"),
            models.CheckConstraint(condition=Q(unit__isnull=False) | ~Q(name=""), name="reorganisation_part_is_said"),
        ]

    def __str__(self):
        return self.unit.name if self.unit_id else self.name


class Placement(models.Model):
    """Which way one open row goes when a unit is divided; without it, to the first part."""

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="placements")
    key = models.CharField(max_length=40)
    row_id = models.PositiveBigIntegerField()
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "key", "row_id"], name="reorganisation_row_placed_once")
        ]

    def __str__(self):
        return f"{self.key} {self.row_id} → {self.part}"


class Succession(models.Model):
    """What came of a unit. Written once, on the day."""

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.PROTECT, related_name="successions")
    earlier = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successors")
    later = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors")
    day = models.DateField()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="succession_once"),
            models.CheckConstraint(condition=~Q(earlier=F("later")), name="succession_to_another"),
        ]

    def __str__(self):
        return f"{self.earlier} → {self.later}"
