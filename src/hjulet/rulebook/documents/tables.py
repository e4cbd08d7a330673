from typing import Any

from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Deadline, Link, Table
from hjulet.rulebook.documents.models import GoverningDocument


def title(document: GoverningDocument) -> Link:
    return Link(document.title, document, warning=why_not_to_follow(document))


def why_not_to_follow(document: GoverningDocument) -> Any:
    if document.withdrawn_date:
        return _("Upphävt") if document.was_decided else _("Slopat")
    return "" if document.current_number else _("Gäller inte i dag")


DOCUMENTS = Table(
    key="documents",
    caption=_("Styrande dokument"),
    columns=(
        Column("title", _("Dokument"), title, sort=("title",)),
        Column("kind", _("Slag"), lambda d: d.kind.name, sort=("kind__order", "title")),
        Column("unit", _("Enhet"), lambda d: d.unit_name, sort=("unit__path", "title")),
        Column("owner", _("Ansvarig"), lambda d: d.owner, sort=("owner_person__name", "owner_role")),
        Column("version", _("Version"), lambda d: d.current_number, sort=("current_number",), number=True),
        Column("valid_from", _("Gäller från"), lambda d: d.current_from, sort=("current_from",)),
        Column(
            "next_review",
            _("Ses över senast"),
            lambda d: Deadline(d.next_review_date, d.current_number is not None),
            sort=("next_review_date",),
        ),
        Column("decider", _("Beslutas av"), lambda d: d.decider, sort=("decider_role",), is_extra=True),
        Column("summary", _("I en mening"), lambda d: d.summary, is_extra=True),
    ),
    sort="title",
)
