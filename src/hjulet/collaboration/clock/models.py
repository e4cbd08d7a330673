from django.db import models
from django.utils.translation import gettext_lazy as _


class ClockHold(models.Model):
    """Which clock is at work. One row; a clock that died lets go by itself when the time is out."""

    holder = models.CharField(max_length=40, blank=True)
    held_until = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="clock_hold_one_row")]

    def __str__(self):
        return f"{self.holder} {self.held_until}"


class ClockRun(models.Model):
    """How a duty went the last time, and when it last went well. One row a duty."""

    duty = models.CharField(_("syssla"), max_length=60, unique=True)
    tried_at = models.DateTimeField(_("senast försökt"))
    finished_at = models.DateTimeField(_("senast klar"), null=True)
    count = models.PositiveIntegerField(_("antal"), null=True)
    fault = models.CharField(_("vad som gick fel"), max_length=200, blank=True)

    class Meta:
        ordering = ["duty"]
        verbose_name = _("körning av klockan")

    def __str__(self):
        return f"{self.duty} {self.tried_at}"
