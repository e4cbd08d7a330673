from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.targets import OnTarget, OnTargetQuerySet
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.owners import paths_to_unit
from hjulet.rulebook.agreements.models import Agreement
from hjulet.rulebook.documents.models import GoverningDocument
from hjulet.rulebook.laws.models import Provision
from hjulet.rulebook.processes.models import Process

# What a row may be governed by, the nearest to the work first.
GOVERNING = ("document", "process", "agreement", "provision")


def one_of(names: tuple[str, ...]) -> Q:
    """Exactly one of them is there."""
    found = Q()
    for chosen in names:
        found |= Q(**{f"{name}__isnull": name != chosen for name in names})
    return found


class RuleLinkQuerySet(OnTargetQuerySet):
    def that_hold(self):
        return self.filter(withdrawn_at=None)

    def kinds(self) -> list[tuple[ContentType, type[models.Model]]]:
        """Of the rows that they hang on: one statement."""
        types = ContentType.objects.filter(pk__in=self.order_by().values("target_type")).order_by("pk")
        return [(kind, model) for kind in types if (model := kind.model_class())]

    def with_targets(self):
        """Each with the row it hangs on and the unit of that, a statement for each kind of row and one more."""
        rows = [model._default_manager.select_related(*paths_to_unit(model)) for _kind, model in self.kinds()]
        return self.prefetch_related(GenericPrefetch("target", rows))


class RuleLink(OnTarget):
    """That a risk, an action, a self-monitoring or whatever comes next is governed by something in the rulebook.

    It hangs on the row as a comment does, so that what lies above the rulebook needs no field of its own for it.
    """

    document = models.ForeignKey(
        GoverningDocument,
        verbose_name=_("styrande dokument"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="links",
    )
    process = models.ForeignKey(
        Process, verbose_name=_("process"), null=True, blank=True, on_delete=models.PROTECT, related_name="links"
    )
    agreement = models.ForeignKey(
        Agreement, verbose_name=_("avtal"), null=True, blank=True, on_delete=models.PROTECT, related_name="links"
    )
    provision = models.ForeignKey(
        Provision, verbose_name=_("lagrum"), null=True, blank=True, on_delete=models.PROTECT, related_name="links"
    )
    note = models.CharField(_("på vilket sätt"), blank=True, max_length=300)

    objects = RuleLinkQuerySet.as_manager()

    class Meta(OnTarget.Meta):
        abstract = False
        ordering = ["at", "pk"]
        verbose_name = _("koppling till regelverket")
        constraints = [
            *OnTarget.Meta.constraints,
            models.CheckConstraint(
                condition=one_of(GOVERNING),
                name="rule_link_to_one_thing",
                violation_error_message=_("Välj en sak i taget: ett dokument, en process, ett avtal eller ett lagrum."),
            ),
            *(
                models.UniqueConstraint(
                    fields=[name, "target_type", "target_id"],
                    condition=Q(withdrawn_at=None, **{f"{name}__isnull": False}),
                    name=f"rule_link_{name}_once",
                    violation_error_message=_("Den kopplingen finns redan."),
                )
                for name in GOVERNING
            ),
        ]

    def __str__(self):
        return str(self.target)

    def get_absolute_url(self):
        return self.target.get_absolute_url()

    @property
    def governing(self) -> models.Model:
        return next(row for row in (getattr(self, name) for name in GOVERNING) if row is not None)

    @property
    def unit(self) -> Unit:
        """Where the row lies and whose it is: a law that ceases asks for a review there."""
        return self.target.unit

    @property
    def owner_person(self) -> Person | None:
        return getattr(self.target, "owner_person", None)

    @property
    def owner_role(self) -> str:
        return getattr(self.target, "owner_role", "")
