from datetime import date, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import PeriodQuerySet, Revised, Step
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.owners import Owned, OwnedQuerySet, owned_by
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import assignments_of, units_within_reach
from hjulet.organisation.units.models import UnitKind
from hjulet.rulebook.agreements.states import OVER, AgreementState
from hjulet.rulebook.laws.models import Provision

# From when it awaits whoever is responsible.
BEFORE_A_FOLLOW_UP = timedelta(days=30)
BEFORE_THE_NOTICE = timedelta(days=90)


class AgreementKind(models.Model):
    key = models.SlugField(_("nyckel"), unique=True)
    name = models.CharField(_("namn"), max_length=100, unique=True)
    explanation = models.TextField(_("förklaring"), blank=True, max_length=1000)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("slag av avtal")

    def __str__(self):
        return self.name


class MandatoryBasis(models.Model):
    """A group of people for whom the law demands an agreement with the region."""

    key = models.SlugField(_("nyckel"), unique=True)
    name = models.CharField(_("namn"), max_length=100, unique=True)
    legal_basis = models.CharField(_("lagrum"), max_length=300)
    explanation = models.TextField(_("vad betyder det"), blank=True, max_length=1000)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)
    valid_from = models.DateField(_("gäller från"))
    valid_to = models.DateField(_("gäller till och med"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("lagkrav på överenskommelse")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="mandatory_basis_dates_in_order",
                violation_error_message=_("Slutdatum ska vara samma dag som startdatum eller senare."),
            )
        ]

    def __str__(self):
        return self.name


class AgreementQuerySet(OwnedQuerySet):
    def visible_to(self, person: Person):
        """What binds where the person works or is the person's own; a provider sees what it is itself a party to."""
        return self.filter(that_concern(person) | owned_by(person))

    def in_force(self):
        return self.filter(state=AgreementState.IN_FORCE)

    def holding(self, day: date):
        """In force on the day, or given notice of with days left."""
        return self.filter(
            Q(state=AgreementState.IN_FORCE) | Q(state=AgreementState.TERMINATED, valid_to__gte=day),
            valid_from__lte=day,
        )

    def past_end(self, day: date):
        return self.in_force().filter(valid_to__lt=day)

    def unfollowed(self, day: date):
        """Whose follow-up should have been done."""
        return self.in_force().filter(next_follow_up_date__lt=day)


def that_concern(person: Person) -> Q:
    held = [held for held in assignments_of(person) if held.definition.grants(Permission.RULEBOOK_READ)]
    above = {key for role in held if role.unit.kind != UnitKind.PROVIDER for key in role.unit.lineage}
    providers = [role.unit_id for role in held if role.unit.kind == UnitKind.PROVIDER]
    concerned = Q(unit__in=units_within_reach(person, Permission.RULEBOOK_READ)) | Q(unit__in=above)
    if providers:
        parts = Party.objects.filter(unit__in=providers).order_by().values("agreement")
        concerned |= Q(pk__in=parts) & ~Q(state=AgreementState.DRAFT)
    return concerned


class Agreement(Owned, Revised):
    """What we have agreed with somebody else: who does what, for whom, until when and how it is followed up."""

    READ = Permission.RULEBOOK_READ

    title = models.CharField(_("rubrik"), max_length=200)
    kind = models.ForeignKey(AgreementKind, verbose_name=_("slag"), on_delete=models.PROTECT, related_name="+")
    mandatory_basis = models.ForeignKey(
        MandatoryBasis,
        verbose_name=_("krävs enligt lag för"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agreements",
    )
    provisions = models.ManyToManyField(Provision, verbose_name=_("lagrum"), blank=True, related_name="agreements")
    purpose = models.TextField(_("syfte"), max_length=4000)
    target_group = models.TextField(_("målgrupp"), blank=True, max_length=2000)
    valid_from = models.DateField(_("gäller från"), null=True, blank=True)
    valid_to = models.DateField(_("gäller till och med"), null=True, blank=True)
    notice_date = models.DateField(_("säg upp eller förläng senast"), null=True, blank=True)
    renewal = models.TextField(_("så förlängs det"), blank=True, max_length=2000)
    follow_up_months = models.PositiveSmallIntegerField(
        _("månader mellan uppföljningarna"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    next_follow_up_date = models.DateField(_("följs upp senast"), null=True, blank=True)
    contact_function = models.CharField(_("kontakt hos motparten"), max_length=200, blank=True)
    contact_phone = models.CharField(_("kontaktens telefon"), max_length=40, blank=True)
    contact_email = models.EmailField(_("kontaktens mejl"), blank=True)
    registry_number = models.CharField(_("diarienummer"), max_length=40, blank=True)
    state = models.CharField(
        _("läge"), max_length=20, choices=AgreementState, default=AgreementState.DRAFT, editable=False
    )
    ended_date = models.DateField(_("sista dag"), null=True, editable=False)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("ersätts av"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("avtal")
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="agreement_dates_in_order",
                violation_error_message=_("Slutdatum ska vara samma dag som startdatum eller senare."),
            ),
            models.CheckConstraint(
                condition=Q(notice_date=None) | Q(valid_to=None) | Q(notice_date__lte=F("valid_to")),
                name="agreement_notice_before_end",
                violation_error_message=_("Sista dagen att säga upp eller förlänga ligger före slutdatum."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[AgreementState.DRAFT, AgreementState.ENDED]) | Q(valid_from__isnull=False),
                name="agreement_in_force_from_a_day",
                violation_error_message=_("Ett avtal som gäller ska ha ett startdatum."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=OVER, ended_date__isnull=False) | ~Q(state__in=OVER) & Q(ended_date=None),
                name="agreement_over_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=AgreementState.REPLACED) | Q(successor__isnull=False),
                name="agreement_replaced_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_follow_up_date"]),
            models.Index(fields=["state", "valid_to"]),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("agreements:detail", self.pk)

    @property
    def ended_on(self) -> date | None:
        return self.ended_date

    @property
    def is_in_force(self) -> bool:
        return self.state == AgreementState.IN_FORCE

    @property
    def is_past_end(self) -> bool:
        return self.is_in_force and self.valid_to is not None and self.valid_to < timezone.localdate()


class AgreementStep(Step):
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="steps")


class PartyKind(models.TextChoices):
    REGION = "region", _("Region")
    MUNICIPALITY = "municipality", _("Kommun")
    PRIVATE_PROVIDER = "private_provider", _("Privat utförare")
    OWN_PROVIDER = "own_provider", _("Egen regi")
    ASSOCIATION = "association", _("Ideell förening")
    AUTHORITY = "authority", _("Myndighet")
    OTHER = "other", _("Annan")


class OfAgreementQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(ended_date=None)


class OfAgreement(Revised):
    """A part of an agreement, seen by whoever sees that. Taken out with a reason and never removed."""

    ended_date = models.DateField(_("togs bort"), null=True, editable=False)
    ended_reason = models.TextField(_("varför den togs bort"), blank=True, editable=False, max_length=4000)

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_date=None, ended_reason="") | Q(ended_date__isnull=False) & ~Q(ended_reason=""),
                name="%(class)s_taken_out_with_reason",
                violation_error_message=_("Skriv en orsak."),
            )
        ]


class Party(OfAgreement):
    """The other side of an agreement; `unit` when it is a provider that has a place in the organisation."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parties")
    name = models.CharField(_("part"), max_length=200)
    kind = models.CharField(_("slag av part"), max_length=20, choices=PartyKind)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("utförare i organisationen"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    role = models.TextField(_("partens ansvar"), blank=True, max_length=1000)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("part")
        constraints = [*OfAgreement.Meta.constraints]

    def __str__(self):
        return self.name


class Requirement(OfAgreement):
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="requirements")
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)
    text = models.TextField(_("krav"), max_length=2000)
    is_critical = models.BooleanField(_("kritiskt krav"), default=False)
    legal_basis = models.CharField(_("lagrum eller villkor"), max_length=300, blank=True)
    method = models.CharField(_("så följs det upp"), max_length=300, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("krav")
        constraints = [*OfAgreement.Meta.constraints]

    def __str__(self):
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"
