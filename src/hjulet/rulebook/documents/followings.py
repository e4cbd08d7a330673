from django.utils.translation import gettext_lazy as _

from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.roles.permissions import Permission
from hjulet.rulebook.documents.models import GoverningDocument
from hjulet.rulebook.documents.operations import relocate_document

FOLLOWINGS = (
    Following(
        key="documents",
        model=GoverningDocument,
        name=_("Styrande dokument"),
        open_in=lambda units, day: GoverningDocument.objects.filter(unit__in=units, withdrawn_date=None),
        follow=relocate_document,
        visible_to=GoverningDocument.objects.visible_to,
        sorted_by=Permission.RULEBOOK_EDIT,
        kept_name=_("Upphävda styrande dokument"),
        kept_in=lambda units, day: GoverningDocument.objects.filter(unit__in=units, withdrawn_date__isnull=False),
    ),
)
