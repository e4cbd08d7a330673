"""One person's way through an introduction, signed off point by point."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import Revised, Step
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.organisation.roles.roles import role_choices
from hjulet.rulebook.documents.models import GoverningDocument
from hjulet.rulebook.introduction_templates.models import IntroductionTemplate, PointBase
from hjulet.rulebook.introduction_templates.states import SignedBy
from hjulet.rulebook.introductions.states import OPEN, IntroductionState


class IntroductionQuerySet(models.QuerySet):
    def visible_to(self, person: Person) -> Self:
        """Only the new employee, the supervisor, and whoever leads the staff there: nobody else in the nämnd."""
        led = Q(unit__in=units_within_reach(person, Permission.STAFF_LEAD))
        return self.filter(Q(person=person) | Q(supervisor=person) | led)

    def open(self) -> Self:
        return self.filter(state__in=OPEN)


class Introduction(Revised):
    """One person's introduction, with the points as they were worded when it was planned."""

    NAMED_BY = ("name", "start_date")

    unit = models.ForeignKey(Unit, verbose_name=_("enhet"), on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, verbose_name=_("ny medarbetare"), on_delete=models.PROTECT, related_name="introductions"
    )
    supervisor = models.ForeignKey(Person, verbose_name=_("handledare"), on_delete=models.PROTECT, related_name="+")
    template = models.ForeignKey(IntroductionTemplate, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("introduktion"), max_length=200)
    role = models.CharField(_("roll"), max_length=40, choices=role_choices)
    start_date = models.DateField(_("första dag"))
    state = models.CharField(_("läge"), max_length=20, choices=IntroductionState, default=IntroductionState.PLANNED)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        ordering = ["-start_date", "pk"]
        verbose_name = _("introduktion")
        constraints = [
            models.CheckConstraint(
                condition=~Q(person=F("supervisor")),
                name="introduction_by_another",
                violation_error_message=_("Ingen är handledare åt sig själv."),
            ),
            models.UniqueConstraint(
                fields=["person", "unit", "name"],
                condition=Q(state__in=OPEN),
                name="introduction_one_open",
                violation_error_message=_("Personen har redan den introduktionen."),
            ),
        ]
        indexes = [models.Index(fields=["state", "start_date"], name="introduction_by_state")]

    def __str__(self):
        """Says nothing of who it is: it stands in lists and titles."""
        return f"{self.name}, {self.start_date}"

    def get_absolute_url(self):
        return address_of("introductions:detail", self.pk)


class IntroductionStep(Step):
    introduction = models.ForeignKey(Introduction, on_delete=models.PROTECT, related_name="steps")


class Point(PointBase):
    """A point of one person's introduction. Who has signed it today; every signature is kept beside."""

    introduction = models.ForeignKey(Introduction, on_delete=models.PROTECT, related_name="points")
    text = models.CharField(_("punkt"), max_length=300)
    document = models.ForeignKey(GoverningDocument, null=True, on_delete=models.PROTECT, related_name="+")
    due_date = models.DateField(_("klar senast"))
    order = models.PositiveSmallIntegerField(_("ordning"))
    employee_signed_date = models.DateField(_("signerad av medarbetaren"), null=True)
    supervisor_signed_date = models.DateField(_("signerad av handledaren"), null=True)

    class Meta:
        ordering = ["due_date", "order", "pk"]
        verbose_name = _("punkt i introduktion")
        indexes = [models.Index(fields=["introduction", "due_date"], name="introduction_point_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(employee_signed_date=None) | ~Q(signed_by=SignedBy.SUPERVISOR),
                name="introduction_point_signed_by_employee",
            ),
            models.CheckConstraint(
                condition=Q(supervisor_signed_date=None) | ~Q(signed_by=SignedBy.EMPLOYEE),
                name="introduction_point_signed_by_supervisor",
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def unit_id(self) -> int:
        return self.introduction.unit_id


class SignOff(models.Model):
    """That a part of a point was signed, or that the signature was taken back and why. Written once."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="sign_offs")
    part = models.CharField(max_length=20, choices=[(one.value, one.label) for one in SignedBy if one != SignedBy.BOTH])
    is_undone = models.BooleanField(default=False)
    reason = models.TextField(blank=True, max_length=4000)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=400)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("signering")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_undone=False, reason="") | Q(is_undone=True) & ~Q(reason=""),
                name="sign_off_undone_with_reason",
                violation_error_message=_("Skriv en orsak."),
            )
        ]

    def __str__(self):
        return f"{self.point} ({self.part})"
