"""What a version is made of: its steps in order, and the ways between them that the order does not give."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import Revised
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.roles import ROLES, role_choices
from hjulet.rulebook.documents.models import GoverningDocument
from hjulet.rulebook.processes.elements import KINDS
from hjulet.rulebook.processes.models import Process, ProcessVersion
from hjulet.rulebook.processes.states import UNDECIDED, ProcessState, StepKind


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, person: Person) -> Self:
        return self.filter(version__in=ProcessVersion.objects.visible_to(person).order_by())

    def current(self) -> Self:
        """Of the version that applies; of the one being described where none does yet."""
        other = ProcessVersion.objects.filter(state=ProcessState.ADOPTED, process=OuterRef("version__process"))
        alone = Q(version__state__in=UNDECIDED) & ~Exists(other.order_by())
        return self.filter(Q(version__state=ProcessState.ADOPTED) | alone)


class Activity(Revised):
    """One step of a version: what is done by whom, or where the way parts.

    `key` and `element` are its name and word in BPMN, `kept` what an imported file said beyond our words. Steps inside
    a sub-process have it as `inside`.
    """

    NAMED_BY = ("title", "kind")
    PATH_TO_UNIT = "version__process__unit"

    version = models.ForeignKey(ProcessVersion, on_delete=models.PROTECT, related_name="activities")
    order = models.PositiveSmallIntegerField(_("ordning"), editable=False)
    kind = models.CharField(_("slag"), max_length=20, choices=StepKind, default=StepKind.TASK)
    title = models.CharField(_("vad görs"), max_length=300)
    description = models.TextField(_("beskrivning"), blank=True, max_length=4000)
    role = models.CharField(_("utförs av rollen"), max_length=40, blank=True, choices=role_choices)
    lane = models.CharField(_("eller av någon annan"), max_length=300, blank=True)
    pool = models.CharField(_("organisation"), max_length=300, blank=True, editable=False)
    routines = models.ManyToManyField(
        GoverningDocument, verbose_name=_("rutiner"), blank=True, related_name="activities"
    )
    is_collaboration = models.BooleanField(_("kräver samverkan"), default=False)
    units = models.ManyToManyField(Unit, verbose_name=_("samverkar med enheterna"), blank=True, related_name="+")
    parties = models.TextField(_("samverkar med utanför kommunen"), blank=True, max_length=1000)
    calls = models.ForeignKey(
        Process,
        verbose_name=_("beskrivs i processen"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    stops = models.BooleanField(_("processen slutar här"), default=False)
    inside = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="inner_activities"
    )
    attached_to = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="events")
    key = models.CharField(max_length=160, editable=False)
    element = models.CharField(max_length=40, blank=True, editable=False, choices=[(name, name) for name in KINDS])
    called_key = models.CharField(max_length=200, blank=True, editable=False)
    kept = models.JSONField(default=dict, blank=True, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["version", "order"]
        verbose_name = _("aktivitet")
        constraints = [
            models.UniqueConstraint(fields=["version", "order"], name="activity_place_once"),
            models.UniqueConstraint(fields=["version", "key"], name="activity_key_once"),
            models.CheckConstraint(
                condition=Q(role="") | Q(lane=""),
                name="activity_one_role",
                violation_error_message=_("Välj en roll eller skriv vem, inte båda."),
            ),
            models.CheckConstraint(
                condition=Q(calls=None) | Q(kind=StepKind.SUB_PROCESS),
                name="activity_calls_when_sub_process",
                violation_error_message=_("Bara en delprocess kan beskrivas i en annan process."),
            ),
        ]

    def __str__(self):
        return self.title or str(self.get_kind_display())

    def get_absolute_url(self):
        return address_of("processes:activity", self.pk)

    @property
    def unit(self) -> Unit:
        return self.version.process.unit

    @property
    def performed_by(self) -> str:
        return str(ROLES[self.role].name) if self.role else self.lane

    @property
    def party_names(self) -> list[str]:
        return list(dict.fromkeys(filter(None, (line.strip() for line in self.parties.splitlines()))))


class Flow(models.Model):
    """A way from one step to another where the order alone does not tell."""

    version = models.ForeignKey(ProcessVersion, on_delete=models.PROTECT, related_name="flows")
    source = models.ForeignKey(Activity, verbose_name=_("efter"), on_delete=models.PROTECT, related_name="outgoing")
    target = models.ForeignKey(
        Activity, verbose_name=_("går det till"), on_delete=models.PROTECT, related_name="incoming"
    )
    label = models.CharField(_("om"), max_length=300, blank=True)
    is_message = models.BooleanField(default=False, editable=False)
    is_default = models.BooleanField(default=False, editable=False)
    key = models.CharField(max_length=160, editable=False)
    kept = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        ordering = ["version", "source__order", "pk"]
        verbose_name = _("väg")
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="flow_key_once")]

    def __str__(self):
        return f"{self.source} → {self.target}"

    def get_absolute_url(self):
        return self.version.get_absolute_url()
