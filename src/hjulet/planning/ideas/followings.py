from django.utils.translation import gettext_lazy as _

from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.roles.permissions import Permission
from hjulet.planning.ideas.models import Idea
from hjulet.planning.ideas.operations import relocate_idea
from hjulet.planning.ideas.states import IdeaState

ENDED = (IdeaState.DECLINED, IdeaState.DONE)

FOLLOWINGS = (
    Following(
        key="ideas",
        model=Idea,
        name=_("Idéer som inte är avslutade"),
        open_in=lambda units, day: Idea.objects.filter(unit__in=units).exclude(state__in=ENDED),
        follow=relocate_idea,
        visible_to=Idea.objects.visible_to,
        sorted_by=Permission.IDEAS_ANSWER,
        kept_name=_("Avslutade idéer"),
        kept_in=lambda units, day: Idea.objects.filter(unit__in=units, state__in=ENDED),
    ),
)
