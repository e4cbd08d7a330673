from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import Revised, Step
from hjulet.organisation.models import Person
from hjulet.organisation.owners import UnitScoped, UnitScopedQuerySet
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import within_reach
from hjulet.planning.ideas.states import UNANSWERED, IdeaState
from hjulet.planning.leads.models import LeadsOn

ANSWERED = (IdeaState.ACCEPTED, IdeaState.DECLINED, IdeaState.DONE)


class IdeaQuerySet(UnitScopedQuerySet):
    def visible_to(self, person: Person):
        """Those of the units within reach, and one's own wherever one works now."""
        return self.filter(Q(within_reach(person, Permission.IDEAS_READ)) | Q(proposed_by=person))

    def unanswered(self):
        return self.filter(state__in=UNANSWERED)


class Idea(UnitScoped, Revised, LeadsOn):
    """What somebody who works here thinks could be better. Who it was is told only to those who answer."""

    READ = Permission.IDEAS_READ

    title = models.CharField(_("vad vill du förbättra"), max_length=200)
    why = models.TextField(_("varför"), max_length=2000)
    place = models.CharField(_("var"), max_length=200)
    proposed_by = models.ForeignKey(Person, editable=False, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(_("läge"), max_length=20, choices=IdeaState, default=IdeaState.PROPOSED, editable=False)
    answer_by_date = models.DateField(_("besvaras senast"), editable=False)
    answer = models.TextField(_("svar"), blank=True, editable=False, max_length=4000)
    answered_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    answered_date = models.DateField(_("besvarad"), null=True, editable=False)
    result = models.TextField(_("vad blev det av idén"), blank=True, editable=False, max_length=4000)
    ended_date = models.DateField(_("avslutad"), null=True, editable=False)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        verbose_name = _("idé")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ANSWERED, answered_by__isnull=False, answered_date__isnull=False) & ~Q(answer="")
                | ~Q(state__in=ANSWERED) & Q(answer="", answered_by=None, answered_date=None),
                name="idea_answered_by_someone_some_day",
                violation_error_message=_("Skriv ett svar."),
            ),
            models.CheckConstraint(
                condition=Q(state=IdeaState.DONE) & ~Q(result="") | ~Q(state=IdeaState.DONE) & Q(result=""),
                name="idea_done_has_result",
                violation_error_message=_("Skriv vad det blev av idén."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[IdeaState.DECLINED, IdeaState.DONE], ended_date__isnull=False)
                | ~Q(state__in=[IdeaState.DECLINED, IdeaState.DONE]) & Q(ended_date=None),
                name="idea_ended_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "answer_by_date"], name="idea_waiting"),
            models.Index(fields=["-proposed_at", "-id"], name="idea_latest_first"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("ideas:detail", self.pk)

    @property
    def ended_on(self) -> date | None:
        return self.ended_date

    @property
    def is_waiting(self) -> bool:
        return self.state in UNANSWERED


class IdeaStep(Step):
    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="steps")
