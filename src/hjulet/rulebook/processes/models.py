"""What we do for people, step by step: one process, and each version of it that was adopted."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import Revised, Step
from hjulet.organisation.delegations.models import DecidedUnderDelegation
from hjulet.organisation.models import Decision, Person, Unit
from hjulet.organisation.owners import Owned, owned_by
from hjulet.organisation.roles.permissions import Permission
from hjulet.rulebook.laws.acts import validate_acts
from hjulet.rulebook.laws.models import Provision
from hjulet.rulebook.processes.states import DECIDED, UNDECIDED, ProcessState
from hjulet.rulebook.quality_areas.models import QualityArea
from hjulet.rulebook.reach import BindingQuerySet, units_that_bind, worked_with_by


class ProcessQuerySet(BindingQuerySet):
    def visible_to(self, person: Person) -> Self:
        """What has been adopted for all whom it binds; what is only being described for those who work with it."""
        decided = ProcessVersion.objects.filter(state__in=DECIDED, process=OuterRef("pk")).order_by()
        return self.filter(Q(units_that_bind(person)) & Exists(decided) | worked_with_by(person))

    def worked_with_by(self, person: Person) -> Self:
        return self.filter(worked_with_by(person))

    def owned_by(self, person: Person) -> Self:
        return self.filter(owned_by(person))

    def adopted(self) -> Self:
        return self.filter(is_adopted())

    def over(self) -> Self:
        """Withdrawn, and nobody is writing it anew."""
        versions = ProcessVersion.objects.filter(process=OuterRef("pk")).order_by()
        going_on = versions.filter(state__in=[*UNDECIDED, ProcessState.ADOPTED])
        return self.filter(Exists(versions.filter(state=ProcessState.WITHDRAWN)), ~Exists(going_on))

    def to_review(self, day: date) -> Self:
        """Adopted, and the day on which somebody should have asked whether it is still right has passed."""
        return self.adopted().filter(next_review_date__lt=day)


def is_adopted() -> Exists:
    return Exists(ProcessVersion.objects.filter(state=ProcessState.ADOPTED, process=OuterRef("pk")).order_by())


class Process(Owned, Revised):
    """A process under its standing address, whatever version of it applies."""

    READ = Permission.RULEBOOK_READ

    title = models.CharField(_("process"), max_length=200)
    quality_area = models.ForeignKey(
        QualityArea,
        verbose_name=_("kvalitetsområde"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="processes",
    )
    acts = models.JSONField(_("enligt"), default=list, blank=True, validators=[validate_acts])
    next_review_date = models.DateField(_("ses över senast"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProcessQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("process")
        constraints = Owned.Meta.constraints
        indexes = [models.Index(fields=["title", "id"], name="process_in_order")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("processes:detail", self.pk)


class ProcessVersionQuerySet(models.QuerySet):
    def visible_to(self, person: Person) -> Self:
        decided = Q(units_that_bind(person, "process__unit"), state__in=DECIDED)
        return self.filter(decided | Q(process__in=Process.objects.worked_with_by(person).order_by()))

    def in_review(self) -> Self:
        return self.filter(state=ProcessState.IN_REVIEW)

    def undecided(self) -> Self:
        return self.filter(state__in=UNDECIDED)

    def adopted(self) -> Self:
        return self.filter(state=ProcessState.ADOPTED)


class ProcessVersion(Revised, DecidedUnderDelegation):
    """What a process is, once. Free to change until it goes to review, and never after it is adopted.

    `kept` is what an imported file said that we have no word for, by its place in the file.
    """

    NAMED_BY = ("process", "number")
    PATH_TO_UNIT = "process__unit"

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    state = models.CharField(_("läge"), max_length=20, choices=ProcessState, default=ProcessState.DRAFT, editable=False)
    purpose = models.TextField(_("syfte"), blank=True, max_length=4000)
    inputs = models.TextField(_("vad som startar processen"), blank=True, max_length=2000)
    results = models.TextField(_("vad processen ger"), blank=True, max_length=2000)
    measures = models.TextField(_("hur vi mäter att den fungerar"), blank=True, max_length=2000)
    provisions = models.ManyToManyField(Provision, verbose_name=_("lagrum"), blank=True, related_name="processes")
    changes = models.TextField(_("vad som har ändrats"), blank=True, max_length=600)
    decision = models.ForeignKey(
        Decision,
        verbose_name=_("nämndens beslut"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="process_versions",
    )
    adopted_date = models.DateField(_("fastställd"), null=True, editable=False)
    ended_date = models.DateField(_("gäller till och med"), null=True, editable=False)
    bpmn_key = models.CharField(max_length=200, blank=True, editable=False)
    kept = models.JSONField(default=list, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProcessVersionQuerySet.as_manager()

    class Meta:
        ordering = ["process", "-number"]
        verbose_name = _("version av process")
        constraints = [
            *DecidedUnderDelegation.Meta.constraints,
            models.UniqueConstraint(fields=["process", "number"], name="process_version_once"),
            models.UniqueConstraint(
                fields=["process"],
                condition=Q(state__in=UNDECIDED),
                name="process_one_undecided",
                violation_error_message=_("Det finns redan ett utkast till en ny version."),
            ),
            models.UniqueConstraint(
                fields=["process"], condition=Q(state=ProcessState.ADOPTED), name="process_one_adopted"
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNDECIDED, adopted_date=None, decision=None, decided_by=None)
                | Q(state__in=DECIDED, adopted_date__isnull=False)
                & (Q(decision__isnull=False, decided_by=None) | Q(decision=None, decided_by__isnull=False)),
                name="process_version_adopted_by_someone_some_day",
            ),
            models.CheckConstraint(
                condition=Q(ended_date=None) ^ Q(state__in=[ProcessState.SUPERSEDED, ProcessState.WITHDRAWN]),
                name="process_version_ended_some_day",
            ),
        ]

    def __str__(self):
        return str(_("%(process)s, version %(number)s") % {"process": self.process, "number": self.number})

    def get_absolute_url(self):
        return address_of("processes:version", self.process_id, self.number)

    @property
    def unit(self) -> Unit:
        return self.process.unit

    @property
    def is_undecided(self) -> bool:
        return self.state in UNDECIDED


class ProcessStep(Step):
    version = models.ForeignKey(ProcessVersion, on_delete=models.PROTECT, related_name="steps")


class ImportedFile(models.Model):
    """The BPMN file that a version was read from, byte for byte. Written once."""

    version = models.ForeignKey(ProcessVersion, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(_("fil"), max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("inläst BPMN-fil")

    def __str__(self):
        return self.name
