from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import Revised
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.owners import Owned, OwnedQuerySet
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import within_reach
from hjulet.organisation.units.models import lies_below
from hjulet.planning.leads.models import LeadsOn
from hjulet.statistics.disclosure import Gate

GATE = Gate()
MOST = 10_000


class Competence(models.Model):
    """Something that those who do a certain work must know or be."""

    NAMED_BY = ("name",)

    key = models.SlugField(_("nyckel"), unique=True)
    name = models.CharField(_("namn"), max_length=100, unique=True)
    area = models.CharField(_("område"), max_length=100, blank=True)
    legal_basis = models.CharField(_("lagrum eller beslut"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("kompetens")

    def __str__(self):
        return self.name


class NeedQuerySet(OwnedQuerySet):
    def shown_to(self, person: Person):
        """With the figures the person may see as `shown_have`, `shown_headcount` and `shown_gap`; None where none.

        Whoever runs the unit sees what was typed there. All others see a figure only of a group that the one gate
        lets through. Whatever sorts, filters or counts goes by these, never by the figures themselves: an order tells
        what it hides.
        """
        runs_the_unit = Q(within_reach(person, Permission.COMPETENCE_EDIT))
        may_see = runs_the_unit | Q(headcount__gte=GATE.threshold)

        def if_shown(figure):
            return models.Case(models.When(may_see, then=figure), output_field=models.IntegerField())

        return self.annotate(
            is_shown=models.Case(
                models.When(may_see & Q(counted_date__isnull=False), then=True),
                default=False,
                output_field=models.BooleanField(),
            ),
            shown_have=if_shown(F("have")),
            shown_headcount=if_shown(F("headcount")),
            shown_gap=if_shown(
                models.Case(
                    models.When(have__lt=F("needed"), then=F("needed") - F("have")),
                    models.When(have__isnull=False, then=0),
                    output_field=models.IntegerField(),
                )
            ),
        )

    def in_unit(self, unit: Unit):
        return self.filter(lies_below(unit))

    def standing(self):
        return self.filter(ended_date=None)


class CompetenceNeed(Owned, Revised, LeadsOn):
    """How many of a role in a unit need a competence, how many have it, and what is planned.

    `needed`, `have`, `headcount` and `counted_date` repeat the latest count. Nobody has counted: `have` is None, not 0.
    """

    READ = Permission.COMPETENCE_READ
    NAMED_BY = ("role_title", "competence")

    role_title = models.CharField(_("roll i enheten"), max_length=100)
    competence = models.ForeignKey(Competence, verbose_name=_("kompetens"), on_delete=models.PROTECT, related_name="+")
    needed = models.PositiveIntegerField(_("behövs"), editable=False)
    have = models.PositiveIntegerField(_("har"), null=True, editable=False)
    headcount = models.PositiveIntegerField(_("anställda i rollen"), null=True, editable=False)
    counted_date = models.DateField(_("räknat"), null=True, editable=False)
    plan = models.TextField(_("plan"), blank=True, max_length=2000)
    plan_due_date = models.DateField(_("planen klar senast"), null=True, blank=True)
    ended_date = models.DateField(_("behövs inte längre från"), null=True, editable=False)
    ended_reason = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["unit__path", "role_title", "competence__order", "pk"]
        verbose_name = _("kompetensbehov")
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(have=None, headcount=None, counted_date=None)
                | Q(have__isnull=False, headcount__isnull=False, counted_date__isnull=False),
                name="need_counted_wholly_or_not_at_all",
            ),
            models.CheckConstraint(
                condition=Q(have=None) | Q(have__lte=F("headcount")),
                name="need_not_more_have_than_work_there",
                violation_error_message=_("Fler kan inte ha kompetensen än som är anställda i rollen."),
            ),
            models.CheckConstraint(
                condition=~Q(plan="") | Q(plan_due_date=None),
                name="need_day_belongs_to_a_plan",
                violation_error_message=_("Skriv planen som ska vara klar den dagen."),
            ),
            models.CheckConstraint(
                condition=Q(ended_date=None, ended_reason="") | Q(ended_date__isnull=False) & ~Q(ended_reason=""),
                name="need_ended_with_reason",
                violation_error_message=_("Skriv en orsak."),
            ),
        ]
        indexes = [models.Index(fields=["unit", "ended_date", "role_title"], name="need_of_unit")]

    def __str__(self):
        return f"{self.role_title}: {self.competence}"

    def get_absolute_url(self):
        return address_of("competence:detail", self.pk)

    @property
    def ended_on(self):
        return self.ended_date


class CompetenceCount(models.Model):
    """How it was on a day. Written once: the development is read from the row of counts."""

    need = models.ForeignKey(CompetenceNeed, on_delete=models.PROTECT, related_name="counts")
    counted_date = models.DateField(_("räknat"))
    needed = models.PositiveIntegerField(_("behövs"))
    have = models.PositiveIntegerField(_("har"))
    headcount = models.PositiveIntegerField(_("anställda i rollen"))
    note = models.TextField(_("anteckning"), blank=True, max_length=1000)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["counted_date", "pk"]
        verbose_name = _("räkning av kompetens")
        constraints = [
            models.CheckConstraint(
                condition=Q(have__lte=F("headcount")),
                name="count_not_more_have_than_work_there",
                violation_error_message=_("Fler kan inte ha kompetensen än som är anställda i rollen."),
            )
        ]
        indexes = [models.Index(fields=["need", "counted_date"])]

    def __str__(self):
        return f"{self.need} ({self.counted_date})"
