"""An introduction to print and to take along, with room for the signatures."""

from django.utils.translation import gettext as _

from hjulet.base.documents.model import Column, Document, Paragraph, Row, Table
from hjulet.base.documents.rendering import RENDERED
from hjulet.rulebook.introductions.queries import IntroductionPage, Part, PointRow

COLUMNS = (Column(1.2), Column(1.4), Column(4), Column(2.2), Column(2.2))


def introduction_file(page: IntroductionPage, format: str) -> bytes:
    return RENDERED[format](introduction_document(page))


def introduction_document(page: IntroductionPage) -> Document:
    introduction = page.introduction
    facts = {
        "person": introduction.person.name,
        "supervisor": introduction.supervisor.name,
        "done": page.done,
        "total": page.total,
    }
    heads = (_("Klar senast"), _("Slag"), _("Punkt"), _("Medarbetaren"), _("Handledaren"))
    return Document(
        title=_("Introduktion: %(name)s") % {"name": introduction.name},
        organisation=introduction.unit.name,
        date=introduction.start_date,
        blocks=(
            Paragraph(_("Ny medarbetare: %(person)s. Handledare: %(supervisor)s.") % facts, "lead"),
            Paragraph(_("%(done)s av %(total)s punkter är klara.") % facts),
            Table(_("Punkter i introduktionen"), COLUMNS, (Row(heads),), tuple(map(row, page.rows))),
        ),
    )


def row(row: PointRow) -> Row:
    said = f"{row.point.text}\n{row.point.legal_basis}".strip()
    signed = {part.key: in_words(part) for part in row.parts}
    blank = "–"
    return Row(
        (
            str(row.point.due_date),
            str(row.point.get_kind_display()),
            said,
            signed.get("employee", blank),
            signed.get("supervisor", blank),
        )
    )


def in_words(part: Part) -> str:
    if not part.is_done:
        return ""
    return str(part.signed_date) if part.signed_date else _("Läst")
