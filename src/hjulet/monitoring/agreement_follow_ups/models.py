from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.actions.models import Action
from hjulet.base.addresses import address_of
from hjulet.organisation.models import Person
from hjulet.organisation.owners import OwnedThrough, OwnedThroughQuerySet
from hjulet.rulebook.models import Agreement, Requirement


class Verdict(models.TextChoices):
    FULFILLED = "fulfilled", _("Uppfyller")
    PARTLY = "partly", _("Delvis")
    NOT = "not", _("Uppfyller ej")


VERDICT_COLORS: dict[str, str] = {
    Verdict.FULFILLED: "success",
    Verdict.PARTLY: "warning",
    Verdict.NOT: "danger",
}


class AgreementFollowUp(OwnedThrough, models.Model):
    """How an agreement was kept, looked at on a day. Written once; a later look is a new row."""

    OWNED_THROUGH = "agreement"
    NAMED_BY = ("agreement", "done_date")

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("avtal"), on_delete=models.PROTECT, related_name="follow_ups"
    )
    done_date = models.DateField(_("uppföljd"))
    summary = models.TextField(_("vad visade uppföljningen"), max_length=4000)
    measures = models.TextField(_("vad ska göras"), blank=True, max_length=4000)
    by = models.ForeignKey(Person, verbose_name=_("av"), on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("införd"))

    objects = OwnedThroughQuerySet.as_manager()

    class Meta:
        ordering = ["-done_date", "-pk"]
        verbose_name = _("uppföljning av avtal")

    def __str__(self):
        return f"{self.agreement}, {self.done_date}"

    def get_absolute_url(self):
        return address_of("agreement_follow_ups:detail", self.pk)


class RequirementVerdict(models.Model):
    """What was thought of one requirement, with the words it had that day. What was not looked at has no row."""

    follow_up = models.ForeignKey(AgreementFollowUp, on_delete=models.PROTECT, related_name="verdicts")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(_("ordning"))
    text = models.TextField(_("krav"), max_length=2000)
    is_critical = models.BooleanField(_("kritiskt krav"))
    verdict = models.CharField(_("bedömning"), max_length=20, choices=Verdict)
    note = models.TextField(_("vad bedömningen bygger på"), blank=True, max_length=2000)
    actions = models.ManyToManyField(Action, verbose_name=_("åtgärder"), related_name="+", editable=False)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("bedömt krav")
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "requirement"], name="requirement_judged_once"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.FULFILLED) | ~Q(note=""),
                name="requirement_lack_has_note",
                violation_error_message=_("Skriv vad som brister."),
            ),
        ]

    def __str__(self):
        return f"{self.text[:60]}: {self.get_verdict_display()}"

    @property
    def color(self) -> str:
        return VERDICT_COLORS[self.verdict]

    @property
    def is_lacking(self) -> bool:
        return self.verdict != Verdict.FULFILLED
