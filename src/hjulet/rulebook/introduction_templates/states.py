from django.db import models
from django.utils.translation import gettext_lazy as _


class PointKind(models.TextChoices):
    READ = "read", _("Läsa")
    MEET = "meet", _("Träffa")
    INFORMED = "informed", _("Få information")
    LEARN = "learn", _("Lära sig eller prova")


class SignedBy(models.TextChoices):
    EMPLOYEE = "employee", _("Den nya medarbetaren")
    SUPERVISOR = "supervisor", _("Handledaren")
    BOTH = "both", _("Båda")


class Work(models.TextChoices):
    """Whose introduction a point of the starter library belongs to."""

    ALL = "all", _("Alla")
    CARE = "care", _("Undersköterska, vårdbiträde eller stödassistent")
    CASEWORK = "casework", _("Handläggare")
