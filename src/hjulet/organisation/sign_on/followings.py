from django.utils.translation import gettext_lazy as _

from hjulet.organisation.models import GroupRole
from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.sign_on.operations import relocate_group_role

FOLLOWINGS = (
    Following(
        key="groups",
        model=GroupRole,
        name=_("Grupper i inloggningen som ger en roll här"),
        open_in=lambda units, day: GroupRole.objects.filter(unit__in=units),
        follow=relocate_group_role,
        visible_to=GroupRole.objects.visible_to,
        sorted_by=Permission.ORGANISATION_MANAGE,
        words="value",
        crosses=True,
        ends=True,
    ),
)
