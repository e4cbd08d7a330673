from django.utils.translation import gettext_lazy as _

from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.roles.permissions import Permission
from hjulet.rulebook.processes.models import Process
from hjulet.rulebook.processes.operations import relocate_process

FOLLOWINGS = (
    Following(
        key="processes",
        model=Process,
        name=_("Processer"),
        open_in=lambda units, day: Process.objects.filter(unit__in=units).exclude(pk__in=Process.objects.over()),
        follow=relocate_process,
        visible_to=Process.objects.visible_to,
        sorted_by=Permission.RULEBOOK_EDIT,
        kept_name=_("Upphävda processer"),
        kept_in=lambda units, day: Process.objects.over().filter(unit__in=units),
    ),
)
