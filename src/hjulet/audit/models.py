import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

GENESIS = "0" * 64


class Chain(models.Model):
    """The end of the chain. One row: whoever appends holds it, so that two events never share a predecessor."""

    last_hash = models.CharField(max_length=64)
    length = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="audit_chain_one_row")]

    def __str__(self):
        return f"{self.length}: {self.last_hash}"


class Event(models.Model):
    """One act. Plain values, no foreign keys: the record never blocks live data and never dies with it."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(_("tidpunkt"))
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(_("vem"), max_length=200)
    verb = models.CharField(_("händelse"), max_length=80)
    target_type = models.CharField(max_length=80)
    target_id = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True)
    before = models.JSONField(_("före"), default=dict)
    after = models.JSONField(_("efter"), default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["target_type", "target_id"]),
            models.Index(fields=["unit_id", "-number"]),
            models.Index(fields=["actor_id", "-number"]),
        ]

    def __str__(self):
        return f"{self.number} {self.verb}"


def digest(event: Event) -> str:
    """SHA-256 over everything the event says and the hash before it."""
    said = [
        event.number,
        event.at.isoformat(),
        event.actor_id,
        event.actor_name,
        event.verb,
        event.target_type,
        event.target_id,
        event.unit_id,
        event.before,
        event.after,
        event.previous_hash,
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class How(models.TextChoices):
    """In what way something secret was read."""

    PAGE = "page", _("Sida")
    FILE = "file", _("Fil")
    LIST = "list", _("Rad i en lista")
    EXPORT = "export", _("Uttag till Excel")
    OPENED = "opened", _("Öppnad med angivet skäl")
    LOG = "log", _("Sökning i läsloggen")
    EXTRACT = "extract", _("Utdrag ur läsloggen")


@dataclass(frozen=True)
class Read:
    """Something secret that was shown: which row, in which unit, how, and with what right."""

    target: models.Model
    unit_id: int | None
    committee_id: int | None
    how: How | str
    acting_as: str = ""
    is_outside: bool = False
    reason: str = ""
    details: str = ""


class ReadChain(models.Model):
    """The end of one person's chain of readings: nobody waits for anyone else, or for a writer, to read."""

    person_id = models.BigIntegerField(primary_key=True)
    last_hash = models.CharField(max_length=64)
    length = models.PositiveBigIntegerField(default=0)

    def __str__(self):
        return f"{self.person_id}: {self.length}"


class Reading(models.Model):
    """That a person read something secret. Plain values, as an event; `number` counts the person's own readings.

    The nämnd is that of the day: a unit that moves takes no readings with it, and a sample can be drawn again.
    """

    person_id = models.BigIntegerField()
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField(_("tidpunkt"))
    person_name = models.CharField(_("vem"), max_length=200)
    acting_as = models.CharField(_("i vilken roll"), max_length=300, blank=True)
    target_type = models.CharField(_("vad"), max_length=80)
    target_id = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True)
    committee_id = models.BigIntegerField(null=True)
    how = models.CharField(_("hur"), max_length=20, choices=How)
    is_outside = models.BooleanField(_("utanför det egna uppdraget"), default=False)
    reason = models.TextField(_("skäl"), blank=True)
    details = models.TextField(_("mer"), blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("läsning")
        constraints = [models.UniqueConstraint(fields=["person_id", "number"], name="reading_once_in_chain")]
        indexes = [
            models.Index(fields=["at", "id"]),
            models.Index(fields=["unit_id", "at"]),
            models.Index(fields=["committee_id", "at"]),
            models.Index(fields=["target_type", "target_id"]),
        ]

    def __str__(self):
        return f"{self.person_id}.{self.number}"


class ReadSeal(models.Model):
    """What the readings of one day that has passed add up to. The event that tells of it binds it to the other chain."""

    day = models.DateField(unique=True)
    rows = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["day"]
        verbose_name = _("sigill för en dags läsningar")

    def __str__(self):
        return f"{self.day}: {self.rows}"


def digest_of_reading(reading: Reading) -> str:
    said = [
        reading.person_id,
        reading.number,
        reading.at.isoformat(),
        reading.person_name,
        reading.acting_as,
        reading.target_type,
        reading.target_id,
        reading.unit_id,
        reading.committee_id,
        reading.how,
        reading.is_outside,
        reading.reason,
        reading.details,
        reading.previous_hash,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def digest_of_day(hashes: Iterable[str]) -> tuple[int, str]:
    """How many readings there are and one checksum over theirs, in the order they are given."""
    sha256, rows = hashlib.sha256(), 0
    for one in hashes:
        sha256.update(one.encode())
        rows += 1
    return rows, sha256.hexdigest()
