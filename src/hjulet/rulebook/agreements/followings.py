from django.utils.translation import gettext_lazy as _

from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.roles.permissions import Permission
from hjulet.rulebook.agreements.models import Agreement
from hjulet.rulebook.agreements.operations import relocate_agreement
from hjulet.rulebook.agreements.states import LIVING, OVER

FOLLOWINGS = (
    Following(
        key="agreements",
        model=Agreement,
        name=_("Avtal som gäller eller skrivs"),
        open_in=lambda units, day: Agreement.objects.filter(unit__in=units, state__in=LIVING),
        follow=relocate_agreement,
        visible_to=Agreement.objects.visible_to,
        sorted_by=Permission.RULEBOOK_EDIT,
        kept_name=_("Avtal som inte längre gäller"),
        kept_in=lambda units, day: Agreement.objects.filter(unit__in=units, state__in=OVER),
    ),
)
