from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import In
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.expressions import Sifted
from hjulet.base.models import PeriodQuerySet, Revised


class UnitKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("Kommun")
    COMMITTEE = "committee", _("Nämnd")
    ADMINISTRATION = "administration", _("Förvaltning")
    UNIT = "unit", _("Enhet")
    GROUP = "group", _("Grupp")
    PROVIDER = "provider", _("Utförare")


ALLOWED_PARENTS = {
    UnitKind.MUNICIPALITY: frozenset(),
    UnitKind.COMMITTEE: frozenset({UnitKind.MUNICIPALITY}),
    UnitKind.ADMINISTRATION: frozenset({UnitKind.COMMITTEE}),
    UnitKind.UNIT: frozenset({UnitKind.COMMITTEE, UnitKind.ADMINISTRATION, UnitKind.UNIT}),
    UnitKind.GROUP: frozenset({UnitKind.UNIT}),
    UnitKind.PROVIDER: frozenset({UnitKind.MUNICIPALITY}),
}


class UnitQuerySet(PeriodQuerySet):
    def committees(self):
        return self.filter(kind=UnitKind.COMMITTEE)

    def below(self, unit):
        """The unit and everything under it."""
        return self.filter(path__startswith=unit.path)


def lies_below(unit: "Unit", column: str = "unit") -> In:
    """The condition that a row lies in the unit or under it; `column` leads to the row's unit.

    For a wide unit it is tested on the rows in their order: they are many, and only a page of them is asked for.
    """
    return In(Sifted(column) if unit.is_wide else F(column), Unit.objects.below(unit).order_by().values("pk"))


def at_or_above(rows: models.QuerySet, path: F) -> models.QuerySet:
    """Those of the unit with the path, as of the outer query, and of what lies above it."""
    here = models.ExpressionWrapper(path, output_field=models.CharField())
    return rows.annotate(path=here).filter(path__startswith=F("unit__path"))


class Unit(Revised):
    """A place in the organisation. `path` holds the keys from the root down, so that one comparison finds a subtree."""

    NAMED_BY = ("name", "earlier_names")

    kind = models.CharField(_("slag"), max_length=20, choices=UnitKind)
    parent = models.ForeignKey(
        "self", verbose_name=_("tillhör"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    name = models.CharField(_("namn"), max_length=200)
    code = models.CharField(_("beteckning"), max_length=40, blank=True)
    external_id = models.CharField(_("id i annat system"), max_length=100, blank=True)
    valid_from = models.DateField(_("gäller från"))
    valid_to = models.DateField(_("gäller till och med"), null=True, blank=True)
    path = models.CharField(max_length=200, unique=True, editable=False)
    committee = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    # Repeats its versions: [{"until": last day, "name": …}], oldest first, so that a row of last year names its unit as
    # it was called then without a statement more.
    earlier_names = models.JSONField(default=list, blank=True, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        verbose_name = _("enhet")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="unit_dates_in_order",
                violation_error_message=_("Slutdatum ska vara samma dag som startdatum eller senare."),
            ),
            models.CheckConstraint(
                condition=Q(kind=UnitKind.MUNICIPALITY, parent=None) | ~Q(kind=UnitKind.MUNICIPALITY) & ~Q(parent=None),
                name="unit_only_municipality_is_root",
                violation_error_message=_("Välj vad enheten tillhör. Bara kommunen står överst."),
            ),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~Q(external_id=""),
                name="unit_external_id_once",
                violation_error_message=_("Det id:t har redan en annan enhet."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("units:detail", self.pk)

    @property
    def is_wide(self) -> bool:
        """Whether it holds a large part of all that is written here."""
        return self.kind in {UnitKind.MUNICIPALITY, UnitKind.COMMITTEE, UnitKind.ADMINISTRATION}

    @property
    def lineage(self) -> list[int]:
        """The keys from the root down to its own."""
        return [int(key) for key in self.path.rstrip("/").split("/")]

    @property
    def depth(self) -> int:
        """0 for the municipality."""
        return self.path.count("/") - 1

    def name_on(self, day: date | None) -> str:
        """What it was called on the day; today's name without one."""
        if day is not None:
            for earlier in self.earlier_names:
                if day.isoformat() <= earlier["until"]:
                    return earlier["name"]
        return self.name


class UnitVersionQuerySet(models.QuerySet):
    def on(self, day: date):
        """The version of each unit that held on the day: of those begun by then the latest, and of one day the last."""
        later = self.model.objects.filter(
            Q(valid_from__gt=models.OuterRef("valid_from"))
            | Q(valid_from=models.OuterRef("valid_from"), pk__gt=models.OuterRef("pk")),
            unit=models.OuterRef("unit"),
            valid_from__lte=day,
        )
        return self.filter(~models.Exists(later.order_by()), valid_from__lte=day)


class UnitVersion(models.Model):
    """What a unit was called and where it stood from a day on. Written once; one of the same day puts another right."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="versions")
    valid_from = models.DateField(_("gäller från"))
    name = models.CharField(_("namn"), max_length=200)
    code = models.CharField(_("beteckning"), max_length=40, blank=True)
    parent = models.ForeignKey(
        Unit, verbose_name=_("tillhör"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    path = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    objects = UnitVersionQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from", "pk"]
        verbose_name = _("tidigare uppgifter om enheten")
        indexes = [models.Index(fields=["unit", "valid_from", "id"], name="unit_version_of_a_day")]

    def __str__(self):
        return f"{self.name} ({self.valid_from})"

    @classmethod
    def of(cls, unit: Unit, **said: Any) -> "UnitVersion":
        """The unit as it stands, to be kept."""
        return cls(unit=unit, name=unit.name, code=unit.code, parent_id=unit.parent_id, path=unit.path, **said)
