"""Sekretessmarkering (OSL 5 kap. 5 §): a reminder that a record may be secret. It is no decision on secrecy."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.organisation.people.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import units_within_reach
from hjulet.organisation.units.models import Unit


class Provision(models.TextChoices):
    """What the marking points at, as the law names it."""

    SOCIAL_SERVICES = "osl_26_1", _("OSL 26 kap. 1 § (socialtjänst)")
    REPORTER = "osl_26_5", _("OSL 26 kap. 5 § (den som har anmält)")
    HEALTH_CARE = "osl_25_1", _("OSL 25 kap. 1 § (hälso- och sjukvård)")
    STAFF = "osl_39_1", _("OSL 39 kap. 1–3 §§ (personal)")
    SECURITY = "osl_18_8", _("OSL 18 kap. 8 § (säkerhetsåtgärder)")
    BUSINESS = "osl_19_3", _("OSL 19 kap. 3 § (upphandling)")


class MarkingQuerySet(models.QuerySet):
    def visible_to(self, person: Person):
        """The register: that something is marked, where and why, for those who may read or open it. Not what it says."""
        read = units_within_reach(person, Permission.SECRETS_READ)
        return self.filter(Q(unit__in=read) | Q(unit__in=units_within_reach(person, Permission.SECRETS_OPEN)))

    def in_force(self):
        return self.filter(lifted_at=None)


class Marking(models.Model):
    """A record is marked from one moment to another; lifted with a reason, never removed.

    Names its record by plain values: the record lies in an app above.
    """

    NAMED_BY = ("provision", "target_id")

    target_type = models.CharField(_("slag"), max_length=80)
    target_id = models.PositiveBigIntegerField(_("nummer"))
    unit = models.ForeignKey(Unit, verbose_name=_("enhet"), on_delete=models.PROTECT, related_name="+")
    provision = models.CharField(_("bestämmelse"), max_length=20, choices=Provision)
    reason = models.TextField(
        _("varför markeras det"),
        max_length=1000,
        help_text=_("Skriv inget som i sig är hemligt. Skälet syns i registret."),
    )
    authority = models.CharField(_("myndighet"), max_length=200)
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("markerad"))
    lifted_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(_("hävd"), null=True, editable=False)
    lifted_reason = models.TextField(_("varför markeringen hävdes"), blank=True, editable=False, max_length=1000)

    objects = MarkingQuerySet.as_manager()

    class Meta:
        ordering = ["-set_at", "-pk"]
        verbose_name = _("sekretessmarkering")
        constraints = [
            models.UniqueConstraint(
                fields=["target_type", "target_id"],
                condition=Q(lifted_at=None),
                name="marking_in_force_once",
                violation_error_message=_("Den är redan sekretessmarkerad."),
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lifted_reason="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_reason=""),
                name="marking_lifted_by_someone_with_reason",
                violation_error_message=_("Skriv varför markeringen hävs."),
            ),
        ]
        indexes = [models.Index(fields=["target_type", "target_id"])]

    def __str__(self):
        return f"{self.get_provision_display()} ({self.target_id})"

    def get_absolute_url(self):
        return address_of("secrecy:detail", self.pk)


class OpeningQuerySet(models.QuerySet):
    def visible_to(self, person: Person):
        return self.filter(marking__in=Marking.objects.visible_to(person))


class Opening(models.Model):
    """Somebody whose daily work it is not has opened what is marked, and said why. Written once."""

    marking = models.ForeignKey(Marking, on_delete=models.PROTECT, related_name="openings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("skäl"), max_length=1000)
    at = models.DateTimeField(_("öppnad"))

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("öppning med angivet skäl")
        indexes = [models.Index(fields=["person", "at"])]

    def __str__(self):
        return f"{self.marking} {self.at:%Y-%m-%d %H:%M}"
