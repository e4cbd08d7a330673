from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import PeriodQuerySet, Revised
from hjulet.organisation.owners import UnitScoped, UnitScopedQuerySet
from hjulet.organisation.roles.models import RoleAssignment
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.roles import ROLES, Responsibility, role_choices
from hjulet.organisation.units.models import UnitKind

# Where a role is held anywhere inside, it is held there.
WIDE = (UnitKind.MUNICIPALITY, UnitKind.COMMITTEE, UnitKind.ADMINISTRATION)
# Which field of a row says yes to which responsibility.
MARKS = {
    "plans": Responsibility.PLAN,
    "leads": Responsibility.LEAD,
    "controls": Responsibility.CONTROL,
    "follows_up": Responsibility.FOLLOW_UP,
    "evaluates": Responsibility.EVALUATE,
    "improves": Responsibility.IMPROVE,
}


class ResponsibilityArea(models.Model):
    """A part of the quality work that somebody answers for: its routines and ways of working."""

    NAMED_BY = ("name",)

    key = models.SlugField(_("nyckel"), unique=True)
    name = models.CharField(_("namn"), max_length=100, unique=True)
    explanation = models.TextField(_("vad ingår"), max_length=2000)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)
    valid_from = models.DateField(_("gäller från"))
    valid_to = models.DateField(_("gäller till och med"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("ansvarsområde")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="responsibility_area_dates_in_order",
                violation_error_message=_("Slutdatum ska vara samma dag som startdatum eller senare."),
            )
        ]

    def __str__(self):
        return self.name


class ExpectedRole(models.Model):
    """A role that somebody is to hold in every unit of a kind; where nobody does, it is missing."""

    role = models.CharField(_("roll"), max_length=40, unique=True, choices=role_choices)
    unit_kind = models.CharField(_("i varje"), max_length=20, choices=UnitKind)

    class Meta:
        ordering = ["role"]
        verbose_name = _("roll som ska finnas")

    def __str__(self):
        return str(ROLES[self.role].name)


class OrganisationText(models.Model):
    """A chapter of how the quality work is organised, in Markdown."""

    key = models.SlugField(_("nyckel"), unique=True)
    title = models.CharField(_("rubrik"), max_length=200)
    body = models.TextField(_("text"), max_length=20000)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("text om organisationen")

    def __str__(self):
        return self.title


class AreaResponsibilityQuerySet(PeriodQuerySet, UnitScopedQuerySet):
    pass


class AreaResponsibility(UnitScoped, Revised):
    """A role answers for an area in a unit and what lies under it, from one day to another."""

    READ = Permission.ORGANISATION_READ
    NAMED_BY = ("area", "role")

    area = models.ForeignKey(
        ResponsibilityArea, verbose_name=_("område"), on_delete=models.PROTECT, related_name="responsibilities"
    )
    role = models.CharField(_("ansvarig roll"), max_length=40, choices=role_choices)
    plans = models.BooleanField(_("planerar"), default=False)
    leads = models.BooleanField(_("leder"), default=False)
    controls = models.BooleanField(_("kontrollerar"), default=False)
    follows_up = models.BooleanField(_("följer upp"), default=False)
    evaluates = models.BooleanField(_("utvärderar"), default=False)
    improves = models.BooleanField(_("förbättrar"), default=False)
    comment = models.TextField(_("kommentar"), blank=True, max_length=1000)
    valid_from = models.DateField(_("gäller från"))
    valid_to = models.DateField(_("gäller till och med"), null=True, blank=True, editable=False)

    objects = AreaResponsibilityQuerySet.as_manager()

    class Meta:
        ordering = ["area__order", "area__name", "unit__path", "role", "pk"]
        verbose_name = _("ansvar för ett område")
        constraints = [
            models.CheckConstraint(
                condition=Q(plans=True)
                | Q(leads=True)
                | Q(controls=True)
                | Q(follows_up=True)
                | Q(evaluates=True)
                | Q(improves=True),
                name="area_responsibility_answers_for_something",
                violation_error_message=_("Välj minst en sak som rollen ansvarar för."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="area_responsibility_dates_in_order",
                violation_error_message=_("Slutdatum ska vara samma dag som startdatum eller senare."),
            ),
            models.UniqueConstraint(
                fields=["area", "unit", "role"],
                condition=Q(valid_to=None),
                name="area_responsibility_open_once",
                violation_error_message=_("Rollen ansvarar redan för området där. Ändra det ansvaret."),
            ),
        ]

    def __str__(self):
        return f"{self.area}: {self.role_name}"

    def get_absolute_url(self):
        return address_of("responsibilities:responsibility", self.pk)

    @property
    def ended_on(self) -> date | None:
        return self.valid_to

    @property
    def role_name(self) -> str:
        return str(ROLES[self.role].name)

    @property
    def marks(self) -> list[bool]:
        """In the order of `Responsibility`."""
        return [getattr(self, name) for name in MARKS]

    @property
    def in_words(self) -> str:
        """As in "Planera, följa upp"."""
        said = [str(mark.label) for mark, is_so in zip(MARKS.values(), self.marks, strict=True) if is_so]
        return ", ".join([said[0], *(word.lower() for word in said[1:])]) if said else ""


def is_held(day: date) -> Exists:
    """Whether somebody holds the role of a responsibility on the day, in its unit or under it."""
    held = RoleAssignment.objects.on(day).filter(
        role=OuterRef("role"), unit__path__startswith=OuterRef("unit__path"), person__is_active=True
    )
    return Exists(held.order_by())


def lacks_a_role(day: date) -> Q:
    """Units of a kind in which somebody is to hold a role that nobody holds there on the day."""
    inside = Q(unit__path__startswith=OuterRef(OuterRef("path")))
    return Q(kind__in=WIDE) & misses(day, inside) | ~Q(kind__in=WIDE) & misses(day, Q(unit=OuterRef(OuterRef("pk"))))


def misses(day: date, there: Q) -> Exists:
    held = RoleAssignment.objects.on(day).filter(there, role=OuterRef("role"), person__is_active=True)
    return Exists(ExpectedRole.objects.filter(~Exists(held.order_by()), unit_kind=OuterRef("kind")).order_by())


def lacks_an_area(day: date) -> Exists:
    """Nämnder in which nobody answers for some area on the day."""
    there = Q(unit__path__startswith=OuterRef(OuterRef("path"))) | Q(unit=OuterRef(OuterRef("parent")))
    answered = AreaResponsibility.objects.on(day).filter(there, area=OuterRef("pk"))
    return Exists(ResponsibilityArea.objects.on(day).filter(~Exists(answered.order_by())).order_by())
