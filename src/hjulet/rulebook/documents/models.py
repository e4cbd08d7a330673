"""What the municipality has written for itself to follow: one document, and each version of it that was decided."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.expressions import not_ended_on
from hjulet.base.models import Revised
from hjulet.collaboration.models import Attachment
from hjulet.organisation.delegations.models import DecidedUnderDelegation
from hjulet.organisation.models import Decision, Person, Unit
from hjulet.organisation.owners import Owned, OwnedThrough, owned_by
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.roles import ROLES
from hjulet.rulebook.documents.kinds import DocumentKind, decider_choices
from hjulet.rulebook.documents.states import EVER_DECIDED, NEVER_DECIDED, UNDECIDED, VersionState
from hjulet.rulebook.laws.models import Provision
from hjulet.rulebook.quality_areas.models import QualityArea
from hjulet.rulebook.reach import BindingQuerySet, providers_of, units_that_bind, worked_with_by

# What a document points to, several of each.
MANY = ("applies_to", "provisions", "quality_areas")


class GoverningDocumentQuerySet(BindingQuerySet):
    def visible_to(self, person: Person) -> Self:
        """What is decided for all whom it binds; what is only being written for those who work with it."""
        mine = Q(reviewer=person) | worked_with_by(person)
        return self.filter(Q(documents_that_bind(person), was_decided=True) | mine)

    def worked_with_by(self, person: Person) -> Self:
        return self.filter(Q(reviewer=person) | worked_with_by(person))

    def owned_by(self, person: Person) -> Self:
        return self.filter(owned_by(person))

    def in_force_on(self, day: date) -> Self:
        return self.filter(Exists(DocumentVersion.objects.on(day).filter(document=OuterRef("pk")).order_by()))

    def with_version_of(self, day: date) -> Self:
        """Each with the number and the first day of the version that applies on the day."""
        applies = DocumentVersion.objects.on(day).filter(document=OuterRef("pk")).order_by()
        return self.annotate(
            current_number=Subquery(applies.values("number")[:1]),
            current_from=Subquery(applies.values("valid_from")[:1]),
        )

    def not_discarded(self) -> Self:
        """Without those that came to nothing before anything was decided."""
        return self.filter(Q(withdrawn_date=None) | Q(was_decided=True))

    def to_review(self, day: date) -> Self:
        """In force, and the day on which somebody should have asked whether it is still right has come."""
        return self.in_force_on(day).filter(Q(next_review_date=None) | Q(next_review_date__lte=day))


def documents_that_bind(person: Person, document: str = "") -> Q:
    """That the document at this path holds where the person works: below its unit, or at a provider that it is for."""
    binds = units_that_bind(person, f"{document}unit")
    if providers := providers_of(person):
        named = GoverningDocument.applies_to.through.objects.filter(unit__in=providers).values("governingdocument")
        binds |= Q(**{f"{document}pk__in": named})
    return binds


class GoverningDocument(Owned, Revised):
    """A routine, a guideline, a policy: its standing address, whatever version of it applies today."""

    READ = Permission.RULEBOOK_READ

    kind = models.ForeignKey(DocumentKind, verbose_name=_("slag"), on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("titel"), max_length=200)
    summary = models.CharField(_("i en mening"), max_length=300, blank=True)
    reviewer = models.ForeignKey(
        Person, verbose_name=_("granskas av"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decider_role = models.CharField(_("beslutas av"), max_length=40, blank=True, choices=decider_choices)
    applies_to = models.ManyToManyField(Unit, verbose_name=_("gäller för enheterna"), blank=True, related_name="+")
    roles = models.JSONField(_("gäller för rollerna"), default=list, blank=True)
    provisions = models.ManyToManyField(Provision, verbose_name=_("lagrum"), blank=True, related_name="documents")
    quality_areas = models.ManyToManyField(
        QualityArea, verbose_name=_("kvalitetsområden"), blank=True, related_name="documents"
    )
    next_review_date = models.DateField(_("ses över senast"), null=True, blank=True)
    search_words = models.CharField(_("andra ord att söka på"), max_length=500, blank=True)
    external_id = models.CharField(_("id i annat system"), max_length=100, blank=True)
    # Repeats that a version of it has been decided, since every list asks that of every document.
    was_decided = models.BooleanField(default=False, editable=False)
    withdrawn_date = models.DateField(_("upphävt från och med"), null=True, editable=False)
    withdrawn_reason = models.TextField(_("varför det upphävdes"), blank=True, editable=False, max_length=4000)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = GoverningDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("styrande dokument")
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(withdrawn_date=None, withdrawn_reason="")
                | Q(withdrawn_date__isnull=False) & ~Q(withdrawn_reason=""),
                name="document_withdrawn_with_reason",
            ),
            models.UniqueConstraint(
                fields=["unit", "external_id"],
                condition=~Q(external_id=""),
                name="document_external_id_once",
                violation_error_message=_("Det id:t har redan ett annat dokument."),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "next_review_date"], name="document_to_review"),
            models.Index(fields=["title", "id"], name="document_in_order"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("documents:detail", self.pk)

    @property
    def ended_on(self) -> date | None:
        return self.withdrawn_date

    @property
    def decider(self) -> str:
        """The role that decides it, or the nämnd."""
        return str(ROLES[self.decider_role].name) if self.decider_role else str(_("Nämnden"))

    @property
    def role_names(self) -> list[str]:
        return [str(ROLES[key].name) for key in self.roles if key in ROLES]


class DocumentVersionQuerySet(models.QuerySet):
    def visible_to(self, person: Person) -> Self:
        """Decided ones for all whom the document binds; a draft for those who work with it."""
        decided = Q(documents_that_bind(person, "document__"), state__in=EVER_DECIDED)
        return self.filter(decided | Q(document__in=GoverningDocument.objects.worked_with_by(person).order_by()))

    def ever_decided(self) -> Self:
        return self.filter(state__in=EVER_DECIDED)

    def undecided(self) -> Self:
        return self.filter(state__in=UNDECIDED)

    def on(self, day: date) -> Self:
        """Those that apply on the day, by their dates: at most one of each document."""
        return self.ever_decided().filter(not_ended_on(day), valid_from__lte=day)


class DocumentVersion(OwnedThrough, Revised, DecidedUnderDelegation):
    """What a document says, once. Free to change until it is decided, and never after.

    It is decided by the nämnd, by somebody in the organisation, or was before it was read in. The period from
    `valid_from` to `valid_to` is empty when it was withdrawn before it began to apply.
    """

    OWNED_THROUGH = "document"
    NAMED_BY = ("document", "title", "number")

    document = models.ForeignKey(GoverningDocument, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    state = models.CharField(_("läge"), max_length=20, choices=VersionState, default=VersionState.DRAFT, editable=False)
    title = models.CharField(_("titel"), max_length=200)
    body = models.TextField(_("text"), blank=True, max_length=200_000)
    upload = models.ForeignKey(
        Attachment, verbose_name=_("fil"), null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    upload_text = models.TextField(blank=True, editable=False)
    changes = models.TextField(_("vad som har ändrats"), blank=True, max_length=600)
    valid_from = models.DateField(_("gäller från och med"), null=True, editable=False)
    valid_to = models.DateField(_("gäller till och med"), null=True, editable=False)
    decision = models.ForeignKey(
        Decision,
        verbose_name=_("nämndens beslut"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="document_versions",
    )
    decided_before = models.CharField(_("beslutat innan det lästes in"), max_length=300, blank=True, editable=False)
    decided_before_date = models.DateField(_("beslutsdag"), null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DocumentVersionQuerySet.as_manager()

    class Meta:
        ordering = ["document", "-number"]
        verbose_name = _("version av dokument")
        constraints = [
            *DecidedUnderDelegation.Meta.constraints,
            models.UniqueConstraint(fields=["document", "number"], name="document_version_once"),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state__in=UNDECIDED),
                name="document_one_undecided",
                violation_error_message=_("Det finns redan ett utkast till en ny version."),
            ),
            models.UniqueConstraint(
                fields=["document"], condition=Q(state=VersionState.IN_FORCE), name="document_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(decided_before="", decided_before_date=None)
                | Q(decided_before_date__isnull=False) & ~Q(decided_before=""),
                name="document_version_decided_before_whole",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=NEVER_DECIDED,
                    decision=None,
                    decided_by=None,
                    decided_before="",
                    valid_from=None,
                    valid_to=None,
                )
                | Q(state__in=EVER_DECIDED, valid_from__isnull=False)
                & (
                    Q(decision__isnull=False, decided_by=None, decided_before="")
                    | Q(decision=None, decided_by__isnull=False, decided_before="")
                    | Q(decision=None, decided_by=None) & ~Q(decided_before="")
                ),
                name="document_version_decided_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")) | Q(state=VersionState.WITHDRAWN),
                name="document_version_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(upload=None, upload_text="") | Q(upload__isnull=False, body=""),
                name="document_version_text_or_file",
                violation_error_message=_("En version är antingen en text eller en fil."),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "document"], name="document_version_in_state"),
            models.Index(fields=["valid_from", "document"], name="document_version_from_a_day"),
            # Which version applies is read of every document that an answer may come from.
            models.Index(fields=["document", "valid_to", "valid_from", "state"], name="document_version_on_a_day"),
        ]

    def __str__(self):
        return f"{self.title}, {_('version')} {self.number}"

    def get_absolute_url(self):
        """The search knows a row by its key alone, and is led on from there."""
        if self.document_id is None:
            return address_of("documents:version_by_key", self.pk)
        return address_of("documents:version", self.document_id, self.number)

    @property
    def is_decided(self) -> bool:
        return self.state in EVER_DECIDED

    @property
    def plain(self) -> str:
        """The text as it is compared and searched: what was written, or what could be read in the file."""
        return self.upload_text if self.upload_id else self.body

    @property
    def decided_date(self) -> date | None:
        """The day of the meeting or of the delegate's decision, or what was said of it when it was read in."""
        return self.decision.meeting_date if self.decision else self.decided_on or self.decided_before_date

    @property
    def taken_until(self) -> date | None:
        """The day after which a later version may begin; None for one that applied on no day."""
        if self.valid_from is None or (self.valid_to is not None and self.valid_to < self.valid_from):
            return None
        return self.valid_to or self.valid_from

    @property
    def standing(self) -> VersionState:
        return self.standing_on(timezone.localdate())

    def applies_on(self, day: date) -> bool:
        return (
            self.is_decided
            and self.valid_from is not None
            and self.valid_from <= day
            and (self.valid_to is None or day <= self.valid_to)
        )

    def standing_on(self, day: date) -> VersionState:
        """The state as the dates have it: the clock moves it later the same day, or when it is started again."""
        if self.applies_on(day):
            return VersionState.IN_FORCE
        return VersionState.SUPERSEDED if self.state == VersionState.IN_FORCE else VersionState(self.state)

    def obstacle_to_withdrawing(self, said: Any) -> str | None:
        """What was decided keeps its file."""
        return str(_("Filen hör till en beslutad version och tas inte bort.")) if self.is_decided else None
