from django.utils.translation import gettext_lazy as _

from hjulet.base.tables import Column, Deadline, Link, Table, Tag
from hjulet.rulebook.questions.models import DocumentQuestion


def standing(question: DocumentQuestion) -> Tag:
    return Tag(_("Besvarad"), "success") if question.is_answered else Tag(_("Väntar på svar"), "info")


QUESTIONS = Table(
    key="questions",
    caption=_("Frågor om dokument"),
    columns=(
        Column("document", _("Dokument"), lambda q: Link(q.document.title, q), sort=("document__title",)),
        Column("text", _("Fråga"), lambda q: q.text),
        Column("asked_date", _("Ställd"), lambda q: q.asked_date, sort=("asked_date",)),
        Column("due_date", _("Svar senast"), lambda q: Deadline(q.due_date, not q.is_answered), sort=("due_date",)),
        Column("state", _("Läge"), standing, sort=("answered_date",)),
        Column("owner", _("Besvaras av"), lambda q: q.document.owner, is_extra=True),
        Column("answer", _("Svar"), lambda q: q.answer, is_extra=True),
    ),
    sort="-asked_date",
    can_be_saved=False,
)
