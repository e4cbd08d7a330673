from django.utils.translation import gettext_lazy as _

from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.roles.permissions import Permission
from hjulet.rulebook.documents.models import GoverningDocument
from hjulet.rulebook.documents.operations import apply_where_it_went, relocate_document

APPLIES_TO = GoverningDocument.applies_to.through

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
    Following(
        key="documents_for_units",
        model=APPLIES_TO,
        name=_("Dokument som gäller just enheten"),
        words="governingdocument__title",
        open_in=lambda units, day: APPLIES_TO.objects.filter(unit__in=units, governingdocument__withdrawn_date=None),
        follow=apply_where_it_went,
        visible_to=lambda person: APPLIES_TO.objects.filter(
            governingdocument__in=GoverningDocument.objects.visible_to(person).order_by().values("pk")
        ),
        sorted_by=Permission.RULEBOOK_EDIT,
        ends=True,
        everywhere=True,
    ),
)
