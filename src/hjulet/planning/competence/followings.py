from django.utils.translation import gettext_lazy as _

from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.roles.permissions import Permission
from hjulet.planning.competence.models import CompetenceNeed
from hjulet.planning.competence.operations import relocate_need

FOLLOWINGS = (
    Following(
        key="competence",
        model=CompetenceNeed,
        name=_("Kompetensbehov"),
        open_in=lambda units, day: CompetenceNeed.objects.filter(unit__in=units, ended_date=None),
        follow=relocate_need,
        visible_to=CompetenceNeed.objects.visible_to,
        sorted_by=Permission.COMPETENCE_EDIT,
        words="role_title",
        kept_name=_("Kompetensbehov som inte finns längre"),
        kept_in=lambda units, day: CompetenceNeed.objects.filter(unit__in=units, ended_date__isnull=False),
    ),
)
