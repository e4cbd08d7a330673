from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.actions.states import ENDED, OPEN, ActionState
from hjulet.base.addresses import address_of
from hjulet.base.models import Revised, Step
from hjulet.organisation.models import Person
from hjulet.organisation.owners import Owned, OwnedQuerySet
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.secrecy.marked import Markable, MarkableQuerySet


class Strength(models.TextChoices):
    """How far an action changes the system rather than asks people to remember (RCA2, 2015)."""

    STRONG = "strong", _("Stark")
    INTERMEDIATE = "intermediate", _("Medelstark")
    WEAK = "weak", _("Svag")


class ActionType(models.Model):
    """What kind of action, and how strong that kind is."""

    key = models.SlugField(_("nyckel"), unique=True)
    name = models.CharField(_("namn"), max_length=100)
    strength = models.CharField(_("styrka"), max_length=20, choices=Strength)
    explanation = models.TextField(_("förklaring"), blank=True, max_length=1000)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("åtgärdstyp")

    def __str__(self):
        return self.name


class ActionQuerySet(MarkableQuerySet, OwnedQuerySet):
    def open(self):
        return self.filter(state__in=OPEN)

    def overdue(self, day: date):
        """Not yet carried out although the day has passed."""
        return self.open().filter(due_date__lt=day)


class Action(Owned, Revised, Markable):
    """Something we will do to get better. Knows nothing of the risk or finding it answers: those point here."""

    READ = Permission.ACTIONS_READ
    NAMED_BY = ("title", "is_secret")

    title = models.CharField(_("rubrik"), max_length=200)
    description = models.TextField(_("vad ska göras"), max_length=4000)
    type = models.ForeignKey(
        ActionType, verbose_name=_("typ av åtgärd"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_date = models.DateField(_("klart senast"), null=True, blank=True)
    effect_due_date = models.DateField(_("effekten bedöms senast"), null=True, blank=True)
    state = models.CharField(_("läge"), max_length=20, choices=ActionState, default=ActionState.PLANNED, editable=False)
    result = models.TextField(_("resultat"), blank=True, editable=False, max_length=4000)
    completed_date = models.DateField(_("genomförd"), null=True, editable=False)
    ended_date = models.DateField(_("slut"), null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_date", "pk"]
        verbose_name = _("åtgärd")
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state__in=[ActionState.DONE, ActionState.CLOSED])
                | (Q(completed_date__isnull=False) & ~Q(result="")),
                name="action_done_has_result",
                violation_error_message=_("En genomförd åtgärd ska ha datum och resultat."),
            ),
            models.CheckConstraint(
                condition=Q(effect_due_date=None) | Q(due_date=None) | Q(effect_due_date__gte=models.F("due_date")),
                name="action_effect_after_due",
                violation_error_message=_("Effekten bedöms tidigast den dag åtgärden ska vara klar."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_date__isnull=False) | ~Q(state__in=ENDED) & Q(ended_date=None),
                name="action_ended_on_a_day",
            ),
        ]
        indexes = [
            # All that a year of a nämnd is counted from, so that it is counted from the index alone.
            models.Index(
                fields=["unit", "due_date", "state", "owner_person", "owner_role", "is_secret", "id"],
                name="action_in_year",
            ),
            models.Index(fields=["owner_person", "state", "due_date"]),
            models.Index(fields=["due_date", "id"]),  # the order of the list
        ]

    def __str__(self):
        """What a marked one is about is read on its own page only."""
        return str(_("Sekretessmarkerad åtgärd %(number)s") % {"number": self.pk}) if self.is_secret else self.title

    def get_absolute_url(self):
        return address_of("actions:detail", self.pk)

    @property
    def ended_on(self) -> date | None:
        return self.ended_date

    @property
    def is_overdue(self) -> bool:
        return self.state in OPEN and self.due_date is not None and self.due_date < timezone.localdate()


class ActionStep(Step):
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="steps")


class ProgressNote(models.Model):
    """How it goes, in the words of whoever works with it. Written once."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="progress_notes")
    text = models.TextField(_("hur går det"), max_length=4000)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("lägesanteckning")

    def __str__(self):
        return self.text[:60]


class Effect(models.TextChoices):
    YES = "yes", _("Ja")
    PARTLY = "partly", _("Delvis")
    NO = "no", _("Nej")
    CANNOT_TELL = "cannot_tell", _("Går inte att säga")


class EffectCheck(models.Model):
    """The answer to "did it help?". Written once; a later check is a new row."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="effect_checks")
    effect = models.CharField(_("fick åtgärden effekt"), max_length=20, choices=Effect)
    evidence = models.TextField(_("vad visar det"), max_length=4000)
    checked_date = models.DateField(_("bedömd"))
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["checked_date", "pk"]
        verbose_name = _("effektkontroll")

    def __str__(self):
        return f"{self.get_effect_display()} ({self.checked_date})"
