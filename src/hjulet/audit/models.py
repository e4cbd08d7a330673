import hashlib
import json

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
