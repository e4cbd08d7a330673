from django.utils.translation import gettext_lazy as _

from hjulet.monitoring.self_monitoring.models import Control
from hjulet.monitoring.self_monitoring.operations import relocate_control
from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.roles.permissions import Permission

FOLLOWINGS = (
    Following(
        key="controls",
        model=Control,
        name=_("Egenkontroller som pågår, med sina kommande tillfällen"),
        open_in=lambda units, day: Control.objects.filter(unit__in=units, ends_date__gte=day),
        follow=relocate_control,
        visible_to=Control.objects.visible_to,
        sorted_by=Permission.CONTROLS_EDIT,
        kept_name=_("Avslutade egenkontroller"),
        kept_in=lambda units, day: Control.objects.filter(unit__in=units, ends_date__lt=day),
    ),
)
