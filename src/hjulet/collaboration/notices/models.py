from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.notices.kinds import KINDS, Kind, Mail, kind_choices
from hjulet.collaboration.targets import OnTargetQuerySet
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.roles import role_choices


class NoticeQuerySet(OnTargetQuerySet):
    def unread(self):
        return self.filter(read_at=None)


class Notice(models.Model):
    """That a person has been told something about a row. Says of it only its kind and its unit.

    The same thing about the same day is told once: the unique constraint, and not the clock, sees to that.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(_("notis"), max_length=40, choices=kind_choices)
    target_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    target_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    part_id = models.PositiveBigIntegerField(default=0)  # which comment on the target; 0 for the target itself
    unit = models.ForeignKey(Unit, verbose_name=_("enhet"), on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("roll"), max_length=40, blank=True, choices=role_choices)
    # Whom the person was told in the place of.
    in_place_of = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    due_date = models.DateField(_("gäller dagen"))
    created_at = models.DateTimeField(_("tidpunkt"))
    read_at = models.DateTimeField(_("läst"), null=True)
    mail_due_at = models.DateTimeField(null=True)  # empty when there is nothing to mail, or no longer
    mail_failures = models.PositiveSmallIntegerField(default=0)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("notis")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "target_type", "target_id", "part_id", "due_date"], name="notice_told_once"
            )
        ]
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], name="notice_list"),
            models.Index(fields=["person"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["mail_due_at"], condition=Q(mail_due_at__isnull=False), name="notice_to_mail"),
            models.Index(fields=["target_type", "target_id"], name="notice_target"),
        ]

    def __str__(self):
        return str(self.definition.name)

    @property
    def definition(self) -> Kind:
        return KINDS[self.kind]


class Sending(models.Model):
    """One attempt to get a notice to its person. Written once."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("mejl")

    class Outcome(models.TextChoices):
        SENT = "sent", _("skickat")
        REFUSED = "refused", _("avvisat av mejlservern")
        UNREACHABLE = "unreachable", _("mejlservern svarade inte")

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="sendings")
    channel = models.CharField(_("väg"), max_length=10, choices=Channel, default=Channel.MAIL)
    at = models.DateTimeField(_("tidpunkt"))
    outcome = models.CharField(_("utfall"), max_length=20, choices=Outcome)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("utskick")

    def __str__(self):
        return f"{self.get_channel_display()} {self.get_outcome_display()}"


class Preference(models.Model):
    """How a person wants to get one kind of notice by mail; without a row it comes at once."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("notis"), max_length=40, choices=kind_choices)
    mail = models.CharField(_("mejl"), max_length=10, choices=Mail)

    class Meta:
        verbose_name = _("val av mejl")
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="preference_once_a_kind")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.get_mail_display()}"
