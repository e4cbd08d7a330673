from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import Revised, Step
from hjulet.organisation.models import Person
from hjulet.organisation.owners import Owned, OwnedQuerySet, OwnedThrough, OwnedThroughQuerySet
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.units.models import Unit, lies_below
from hjulet.planning.leads.models import LeadsOn
from hjulet.planning.participation.states import COLORS, NO_ANSWER_NEEDED, OutcomeState


class Voice(models.TextChoices):
    USERS = "users", _("Brukare")
    RELATIVES = "relatives", _("Anhöriga")
    STAFF = "staff", _("Medarbetare")
    PARTNERS = "partners", _("Samverkanspartner")


class MeetingKind(models.Model):
    """A form for participation: a council, a reference group, a workplace meeting …"""

    NAMED_BY = ("name",)

    key = models.SlugField(_("nyckel"), unique=True)
    name = models.CharField(_("namn"), max_length=100, unique=True)
    voice = models.CharField(_("vems röst"), max_length=20, choices=Voice)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("mötesform")

    def __str__(self):
        return self.name


class Meeting(Owned, Revised):
    """Where people were heard. Whoever owns it held it, and answers what came out. Nobody who took part is named."""

    READ = Permission.PARTICIPATION_READ
    NAMED_BY = ("kind", "meeting_date", "subject")

    kind = models.ForeignKey(MeetingKind, verbose_name=_("mötesform"), on_delete=models.PROTECT, related_name="+")
    meeting_date = models.DateField(_("dag"))
    subject = models.CharField(_("vad det handlade om"), max_length=200)
    summary = models.TextField(_("sammanfattning"), blank=True, max_length=4000)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-meeting_date", "-pk"]
        verbose_name = _("möte")
        constraints = [*Owned.Meta.constraints]
        indexes = [models.Index(fields=["-meeting_date", "-id"], name="meeting_latest_first")]

    def __str__(self):
        return f"{self.kind} {self.meeting_date}, {self.subject}"

    def get_absolute_url(self):
        return address_of("participation:detail", self.pk)

    @property
    def ended_on(self) -> date | None:
        return self.meeting_date


class Participant(models.TextChoices):
    USERS = "users", _("Brukare")
    RELATIVES = "relatives", _("Anhöriga")
    ASSOCIATIONS = "associations", _("Föreningar och intresseorganisationer")
    STAFF = "staff", _("Medarbetare")
    UNIONS = "unions", _("Fackliga företrädare")
    MANAGERS = "managers", _("Chefer")
    POLITICIANS = "politicians", _("Förtroendevalda")
    PARTNERS = "partners", _("Samverkanspartner")


class Attendance(models.Model):
    """How many of a kind took part; None when nobody counted."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    kind = models.CharField(_("vilka"), max_length=20, choices=Participant)
    number = models.PositiveIntegerField(_("antal"), null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("antal deltagare")
        constraints = [models.UniqueConstraint(fields=["meeting", "kind"], name="attendance_once_a_kind")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.number}"


class OutcomeKind(models.TextChoices):
    VIEW = "view", _("Synpunkt")
    IDEA = "idea", _("Idé")
    DEFICIENCY = "deficiency", _("Brist")
    WORKS = "works", _("Det som fungerar")


class OutcomeQuerySet(OwnedThroughQuerySet):
    def in_unit(self, unit: Unit):
        return self.filter(lies_below(unit, "meeting__unit"))

    def unanswered(self):
        """What works asks for nothing."""
        return self.filter(state=OutcomeState.NEW).exclude(kind=OutcomeKind.WORKS)


class Outcome(OwnedThrough, Revised, LeadsOn):
    """One thing that was said at a meeting, and what became of it."""

    OWNED_THROUGH = "meeting"
    NAMED_BY = ("text",)

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="outcomes")
    kind = models.CharField(_("slag"), max_length=20, choices=OutcomeKind)
    text = models.TextField(_("vad kom fram"), max_length=2000)
    state = models.CharField(_("läge"), max_length=20, choices=OutcomeState, default=OutcomeState.NEW, editable=False)
    answer_by_date = models.DateField(_("besvaras senast"), editable=False)
    no_measure_reason = models.TextField(_("varför ingen åtgärd"), blank=True, editable=False, max_length=4000)
    answered_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    answered_date = models.DateField(_("besvarad"), null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "pk"]
        verbose_name = _("det som kom fram")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=OutcomeState.NO_MEASURE, answered_by__isnull=False, answered_date__isnull=False)
                & ~Q(no_measure_reason="")
                | ~Q(state=OutcomeState.NO_MEASURE) & Q(answered_by=None, answered_date=None, no_measure_reason=""),
                name="outcome_without_measure_has_reason",
                violation_error_message=_("Skriv varför det inte blir någon åtgärd."),
            )
        ]
        indexes = [
            models.Index(fields=["meeting", "state", "answer_by_date"], name="outcome_of_meeting"),
            models.Index(fields=["state", "answer_by_date"], name="outcome_waiting"),
        ]

    def __str__(self):
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"

    def get_absolute_url(self):
        return address_of("participation:outcome", self.pk)

    @property
    def is_waiting(self) -> bool:
        return self.state == OutcomeState.NEW and self.kind != OutcomeKind.WORKS

    @property
    def needs_no_answer(self) -> bool:
        return self.state == OutcomeState.NEW and self.kind == OutcomeKind.WORKS

    @property
    def state_said(self) -> str:
        return NO_ANSWER_NEEDED if self.needs_no_answer else self.get_state_display()

    @property
    def color(self) -> str:
        return "neutral" if self.needs_no_answer else COLORS[self.state]


class OutcomeStep(Step):
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="steps")
