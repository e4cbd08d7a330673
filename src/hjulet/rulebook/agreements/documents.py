"""An agreement to send or print: what it is about, its parties and its list of requirements."""

from datetime import date

from django.utils.translation import gettext as _

from hjulet.base.documents.model import Block, Bullets, Cell, Column, Document, Heading, Paragraph, Row, Table
from hjulet.base.documents.rendering import RENDERED
from hjulet.rulebook.agreements.queries import AgreementPage
from hjulet.rulebook.laws.queries import in_words

PARTIES = (Column(3), Column(2), Column(5))
REQUIREMENTS = (Column(0.7), Column(5), Column(1.4), Column(2.5), Column(2.5))


def agreement_file(page: AgreementPage, format: str, day: date) -> bytes:
    return RENDERED[format](agreement_document(page, day))


def agreement_document(page: AgreementPage, day: date) -> Document:
    agreement = page.agreement
    return Document(
        title=agreement.title,
        organisation=agreement.unit_name,
        date=day,
        blocks=(
            Paragraph(agreement.purpose, "lead"),
            Paragraph(times(page)),
            *basis(page),
            Heading(1, _("Parter")),
            *parties(page),
            Heading(1, _("Krav")),
            *requirements(page),
        ),
    )


def times(page: AgreementPage) -> str:
    agreement = page.agreement
    said = {
        "kind": agreement.kind,
        "state": agreement.get_state_display().lower(),
        "start": agreement.valid_from or "–",
        "end": agreement.valid_to or _("tills vidare"),
    }
    return _("%(kind)s, %(state)s. Gäller från %(start)s till %(end)s.") % said


def basis(page: AgreementPage) -> list[Block]:
    if not page.provisions:
        return []
    return [Heading(1, _("Lagrum")), Bullets(tuple(in_words(provision) for provision in page.provisions))]


def parties(page: AgreementPage) -> list[Block]:
    if not page.parties:
        return [Paragraph(_("Ingen part är tillagd."))]
    rows = tuple(Row((party.name, party.get_kind_display(), party.role)) for party in page.parties)
    return [Table(_("Parter utöver oss själva"), PARTIES, (Row((_("Part"), _("Slag"), _("Ansvar"))),), rows)]


def requirements(page: AgreementPage) -> list[Block]:
    if not page.requirements:
        return [Paragraph(_("Inga krav är skrivna."))]
    heads = Row((_("Nr"), _("Krav"), _("Kritiskt"), _("Lagrum eller villkor"), _("Så följs det upp")))
    rows = tuple(
        Row(
            (
                str(row.order),
                row.text,
                Cell(_("Kritiskt"), tone="red") if row.is_critical else "",
                row.legal_basis,
                row.method,
            )
        )
        for row in page.requirements
    )
    return [Table(_("Krav i avtalet"), REQUIREMENTS, (heads,), rows)]
