from django.utils.translation import gettext_lazy as _

from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.roles.permissions import Permission
from hjulet.rulebook.receipts.models import ReadingRequest
from hjulet.rulebook.receipts.operations import relocate_request

FOLLOWINGS = (
    Following(
        key="reading_requests",
        model=ReadingRequest,
        name=_("Dokument som ska läsas"),
        words="version__title",
        open_in=lambda units, day: ReadingRequest.objects.open_on(day).filter(unit__in=units),
        follow=relocate_request,
        visible_to=ReadingRequest.objects.visible_to,
        sorted_by=Permission.RULEBOOK_EDIT,
        kept_name=_("Dokument som skulle läsas"),
        kept_in=lambda units, day: ReadingRequest.objects.filter(unit__in=units).exclude(
            pk__in=ReadingRequest.objects.open_on(day).order_by().values("pk")
        ),
    ),
)
