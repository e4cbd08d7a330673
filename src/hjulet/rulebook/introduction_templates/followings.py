from django.utils.translation import gettext_lazy as _

from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.roles.permissions import Permission
from hjulet.rulebook.introduction_templates.models import IntroductionTemplate
from hjulet.rulebook.introduction_templates.operations import relocate_template

FOLLOWINGS = (
    Following(
        key="introduction_templates",
        model=IntroductionTemplate,
        name=_("Mallar för introduktion"),
        words="name",
        open_in=lambda units, day: IntroductionTemplate.objects.filter(unit__in=units, closed_date=None),
        follow=relocate_template,
        visible_to=IntroductionTemplate.objects.visible_to,
        sorted_by=Permission.STAFF_LEAD,
        kept_name=_("Mallar för introduktion som inte används"),
        kept_in=lambda units, day: IntroductionTemplate.objects.filter(unit__in=units, closed_date__isnull=False),
    ),
)
