from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.models import AreaResponsibility
from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.responsibilities.operations import relocate_responsibility
from hjulet.organisation.roles.permissions import Permission

FOLLOWINGS = (
    Following(
        key="responsibilities",
        model=AreaResponsibility,
        name=_("Ansvar för områden"),
        open_in=lambda units, day: AreaResponsibility.objects.filter(
            Q(valid_to=None) | Q(valid_to__gte=day), unit__in=units
        ),
        follow=relocate_responsibility,
        visible_to=AreaResponsibility.objects.visible_to,
        sorted_by=Permission.ORGANISATION_MANAGE,
        words="area__name",
        kept_name=_("Tidigare ansvar för områden"),
        kept_in=lambda units, day: AreaResponsibility.objects.filter(unit__in=units, valid_to__lt=day),
        ends=True,
    ),
)
