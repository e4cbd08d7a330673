from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.people.models import Person
from hjulet.organisation.units.models import Unit


class Decision(models.Model):
    """What a nämnd decided at a meeting. Written once: who recorded it is not who decided it (KL 6 kap. 38 §)."""

    committee = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="decisions")
    meeting_date = models.DateField(_("sammanträdesdag"))
    paragraph = models.CharField(_("paragraf"), max_length=40)
    registry_number = models.CharField(_("diarienummer"), max_length=60)
    subject = models.CharField(_("ärende"), max_length=300)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-meeting_date", "-pk"]
        verbose_name = _("nämndbeslut")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(paragraph="") & ~models.Q(registry_number=""),
                name="decision_has_paragraph_and_registry_number",
                violation_error_message=_("Skriv både paragraf och diarienummer."),
            )
        ]

    def __str__(self):
        return f"{self.committee} {self.meeting_date} {self.paragraph}"
