from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.models import Unit


class Kind(models.TextChoices):
    """What a person looks for, in the order of the page; the value stands in the address."""

    GOALS = "mal", _("Mål")
    RISKS = "risker", _("Risker")
    ANALYSES = "riskanalyser", _("Riskanalyser")
    DOCUMENTS = "dokument", _("Styrande dokument")
    PROCESSES = "processer", _("Processer")
    PLANS = "kvalitetsplaner", _("Kvalitetsplaner")
    ACTIONS = "atgarder", _("Åtgärder")
    CONTROLS = "egenkontroller", _("Egenkontroller")
    OCCURRENCES = "kontrolltillfallen", _("Kontrolltillfällen")
    INDICATORS = "nyckeltal", _("Nyckeltal")
    DUTIES = "arsuppgifter", _("Årsuppgifter")
    AGREEMENTS = "avtal", _("Avtal")
    MEETINGS = "moten", _("Möten")
    IDEAS = "ideer", _("Idéer")
    COMPETENCE = "kompetens", _("Kompetens")
    FOLLOW_UPS = "uppfoljningar", _("Uppföljningar")
    COMMENTS = "kommentarer", _("Kommentarer")
    ATTACHMENTS = "bilagor", _("Bilagor")
    AREAS = "kvalitetsomraden", _("Kvalitetsområden")
    LAWS = "lagar", _("Lagar och föreskrifter")
    UNITS = "enheter", _("Enheter")
    PEOPLE = "personer", _("Personer")
    DECISIONS = "beslut", _("Nämndbeslut")
    DELEGATIONS = "delegationer", _("Delegationer och delegationsbeslut")


class Entry(models.Model):
    """What one row says, as it is searched and shown. Holds nothing of its own: it can always be written anew.

    `source` and `object_id` are the row. `bearer` and `bearer_id` are the row whose page shows it and whose own access
    rule decides, at every search, who finds it: a comment is borne by what it is about.
    """

    source = models.CharField(max_length=60)
    object_id = models.PositiveBigIntegerField()
    bearer = models.CharField(max_length=60)
    bearer_id = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    title = models.TextField()
    body = models.TextField()
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "object_id"], name="search_entry_once_a_row")]
        indexes = [models.Index(fields=["bearer", "bearer_id"])]

    def __str__(self):
        return self.title


class Stem(models.Model):
    """Every stem that any entry has, so that a part of a compound finds the whole."""

    text = models.CharField(max_length=60, primary_key=True)

    def __str__(self):
        return self.text


class Progress(models.Model):
    """One row: the number of the last event in the audit log whose row is in the index."""

    event_number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="search_progress_one_row")]

    def __str__(self):
        return str(self.event_number)
