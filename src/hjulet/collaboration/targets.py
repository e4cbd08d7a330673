"""What comments and attachments hang on: any row whose own access rule can be asked."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.operations import require, require_no
from hjulet.organisation.models import Person
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import holds


class OnTargetQuerySet(models.QuerySet):
    def about(self, target: models.Model):
        """What hangs on the row. Names the type by its words, which spares a look-up of its key."""
        meta = target._meta
        return self.filter(
            target_type__app_label=meta.app_label, target_type__model=meta.model_name, target_id=target.pk
        )


class OnTarget(models.Model):
    """Belongs to one row of any model that has `visible_to`, `unit` and `get_absolute_url`.

    Whoever may see that row may see this. Withdrawn with a reason, never removed.
    """

    target_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    target_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_reason = models.TextField(blank=True, editable=False)

    objects = OnTargetQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["target_type", "target_id"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_reason="")
                | models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_reason=""),
                name="%(class)s_withdrawn_with_reason",
            )
        ]


def kind_of(target: models.Model) -> str:
    """How an address names the type of a row: "actions.action"."""
    return target._meta.label_lower


def type_of_kind(kind: str) -> ContentType | None:
    """The other way round; None for words that name no type."""
    try:
        return ContentType.objects.get_by_natural_key(*kind.split("."))
    except (ContentType.DoesNotExist, TypeError):
        return None


def target_visible_to(person: Person, target_type: ContentType | None, target_id: int) -> models.Model | None:
    """The row itself when the person may see it; None both when it is hidden and when it does not exist."""
    model = target_type and target_type.model_class()
    manager = model and model._default_manager
    if not hasattr(manager, "visible_to") or not hasattr(model, "get_absolute_url"):
        return None
    return manager.visible_to(person).filter(pk=target_id).first()


def may_contribute(person: Person, target: models.Model) -> bool:
    """Whether the person may add to the row. Seeing it has been asked before: nobody is handed what is hidden."""
    is_owner = hasattr(target, "is_owned_by") and target.is_owned_by(person)
    return is_owner or holds(person, Permission.COMMENTS_WRITE, target.unit)


def may_withdraw(person: Person, said: OnTarget, target: models.Model) -> bool:
    """One's own always; that of others when leading the work in the unit."""
    return said.by_id == person.pk or holds(person, Permission.COMMENTS_WITHDRAW, target.unit)


def obstacle_to_withdrawing(said: OnTarget) -> str | None:
    """A row may hold on to what hangs on it: what was decided keeps its files."""
    if said.withdrawn_at:
        return _("Det är redan tillbakadraget.")
    holds_on = getattr(said.target, "obstacle_to_withdrawing", None)
    return holds_on(said) if holds_on else None


def withdraw(said: OnTarget, *, by: Person, reason: str) -> None:
    """What every operation that withdraws does: it is no longer shown, but that it was there, and why it is gone."""
    require(may_withdraw(by, said, said.target))
    require_no(obstacle_to_withdrawing(said))
    said.withdrawn_at, said.withdrawn_reason = timezone.now(), reason.strip()
    said.full_clean()
    said.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    verb = f"{said._meta.model_name}.withdrawn"
    audit.record(
        verb,
        by=by,
        target=said,
        unit=said.target.unit,
        after={"about": kind_of(said.target), "about_id": said.target.pk, "reason": reason},
    )
