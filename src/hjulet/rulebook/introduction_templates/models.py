"""What somebody new to a kind of work is to read, whom to meet and what to be informed of: one template per unit and work."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import Revised
from hjulet.organisation.owners import UnitScoped
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.roles import ROLES, role_choices
from hjulet.rulebook.documents.models import GoverningDocument
from hjulet.rulebook.introduction_templates.states import PointKind, SignedBy, Work
from hjulet.rulebook.reach import BindingQuerySet

LONGEST = 730


class PointBase(models.Model):
    """What a point says wherever it stands."""

    kind = models.CharField(_("slag"), max_length=20, choices=PointKind)
    legal_basis = models.CharField(_("lagrum"), max_length=300, blank=True)
    signed_by = models.CharField(_("signeras av"), max_length=20, choices=SignedBy, default=SignedBy.BOTH)

    class Meta:
        abstract = True

    @property
    def said(self) -> dict[str, Any]:
        """What a point takes with it to where it goes on."""
        return {"kind": self.kind, "legal_basis": self.legal_basis, "signed_by": self.signed_by}


class StandardPoint(PointBase):
    """A point that many introductions have, ready to be taken into the template of a unit."""

    key = models.SlugField(_("nyckel"), unique=True)
    name = models.CharField(_("punkt"), max_length=300, unique=True)
    work = models.CharField(_("för vem"), max_length=20, choices=Work)
    days = models.PositiveSmallIntegerField(_("klar inom så många dagar"), default=7)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("introduktionspunkt")

    def __str__(self):
        return self.name


class IntroductionTemplate(Revised, UnitScoped):
    """The introduction to one kind of work in a unit and what lies below it."""

    READ = Permission.RULEBOOK_READ
    NAMED_BY = ("name",)

    name = models.CharField(_("namn"), max_length=200)
    role = models.CharField(_("roll"), max_length=40, choices=role_choices)
    closed_date = models.DateField(_("används inte från och med"), null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BindingQuerySet.as_manager()

    class Meta:
        ordering = ["unit__path", "name", "pk"]
        verbose_name = _("mall för introduktion")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(closed_date=None),
                name="introduction_template_name_once",
                violation_error_message=_("Enheten har redan en mall med det namnet."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("introduction_templates:detail", self.pk)

    @property
    def ended_on(self) -> date | None:
        return self.closed_date

    @property
    def role_name(self) -> str:
        return str(ROLES[self.role].name)


class TemplatePoint(Revised, PointBase):
    template = models.ForeignKey(IntroductionTemplate, on_delete=models.PROTECT, related_name="points")
    text = models.CharField(_("punkt"), max_length=300)
    document = models.ForeignKey(
        GoverningDocument,
        verbose_name=_("dokument att läsa"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    days = models.PositiveSmallIntegerField(_("klar inom så många dagar"), default=7)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)
    removed_date = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["days", "order", "pk"]
        verbose_name = _("punkt i mall")
        constraints = [
            models.CheckConstraint(
                condition=Q(document=None) | Q(kind=PointKind.READ),
                name="template_point_document_is_read",
                violation_error_message=_("Ett dokument hör till en punkt där man ska läsa."),
            ),
            models.CheckConstraint(
                condition=Q(days__lte=LONGEST),
                name="template_point_within_two_years",
                violation_error_message=_("Välj högst 730 dagar."),
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def unit_id(self) -> int:
        return self.template.unit_id
