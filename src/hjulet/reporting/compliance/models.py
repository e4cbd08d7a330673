from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.organisation.models import Person
from hjulet.organisation.owners import UnitScoped
from hjulet.organisation.roles.permissions import Permission
from hjulet.reporting.compliance.states import Verdict
from hjulet.rulebook.models import Provision


class ComplianceJudgement(UnitScoped):
    """What somebody held of one requirement in a nämnd on a day. Written once; a later judgement is a new row."""

    READ = Permission.RULEBOOK_READ
    NAMED_BY = ("provision", "unit")

    provision = models.ForeignKey(Provision, verbose_name=_("krav"), on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(_("bedömning"), max_length=20, choices=Verdict)
    comment = models.TextField(
        _("vad bygger du det på"), max_length=4000, help_text=_("Skriv inga uppgifter om enskilda.")
    )
    link = models.URLField(
        _("länk till underlag"), blank=True, max_length=500, validators=[URLValidator(schemes=["https", "http"])]
    )
    judged_date = models.DateField(_("bedömd"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("bedömning av ett krav")
        indexes = [models.Index(fields=["unit", "provision"])]

    def __str__(self):
        return f"{_('Bedömning')}: {self.provision}"

    def get_absolute_url(self):
        return address_of("compliance:requirement", self.unit_id, self.provision_id)

    @property
    def owner_person(self) -> Person:
        """Whoever judged is asked again when the requirement changes."""
        return self.by

    @property
    def owner_role(self) -> str:
        return ""
