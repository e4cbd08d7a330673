"""The compliance of a nämnd on paper: each requirement, what shows it, and what somebody holds of it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from hjulet.base.documents.model import Cell, Column, Document, Heading, Paragraph, Row, Table, Text
from hjulet.reporting.compliance.queries import CompliancePage, Found, Requirement
from hjulet.reporting.compliance.states import Verdict
from hjulet.rulebook.laws.queries import in_words

TONES = {Verdict.MET: "green", Verdict.PARTLY: "yellow", Verdict.NOT_MET: "red", Verdict.CANNOT_TELL: "neutral"}


def document_of(page: CompliancePage) -> Document:
    return Document(
        title=_("Så uppfylls kraven på ledningssystemet"),
        subtitle=_("Läget %(day)s") % {"day": page.day.isoformat()},
        organisation=page.committee.name,
        date=page.day,
        blocks=(
            Heading(1, _("Sammanfattning")),
            Paragraph(
                _(
                    "Talen är räknade ur Kvalitetshjulet den dag som anges. Bedömningarna är gjorda av människor och "
                    "står med dag och namn."
                )
            ),
            tally_table(page),
            Heading(1, _("Krav för krav")),
            *(block for requirement in page.requirements for block in requirement_blocks(requirement)),
        ),
    )


def tally_table(page: CompliancePage) -> Table:
    rows = [(str(verdict.label) if verdict else _("Inte bedömt"), count) for verdict, count, _color in page.tally]
    return Table(
        _("Bedömningar"),
        (Column(4), Column(1, "end")),
        (Row((_("Bedömning"), _("Antal krav"))),),
        tuple(Row((Cell(label, header=True), str(count))) for label, count in rows),
    )


def requirement_blocks(requirement: Requirement) -> Iterator[Any]:
    provision = requirement.provision
    yield Heading(2, f"{provision.reference} {provision.heading}")
    yield Paragraph(provision.demand)
    yield Paragraph(sourced(requirement), "note")
    if requirement.found:
        yield evidence_table(requirement)
    if requirement.absent:
        yield Paragraph(str(requirement.absent), "note")
    yield from judgement_blocks(requirement)


def sourced(requirement: Requirement) -> str:
    words = in_words(requirement.provision)
    return f"{words}. {requirement.provision.get_certainty_display()}."


def evidence_table(requirement: Requirement) -> Table:
    return Table(
        _("Underlag: %(requirement)s") % {"requirement": requirement.provision.reference},
        (Column(6), Column(1, "end"), Column(1, "end")),
        (Row((_("Vad"), _("Visar"), _("Saknas"))),),
        tuple(evidence_row(found) for found in requirement.found),
    )


def evidence_row(found: Found) -> Row:
    return Row((Cell(str(found.evidence.label), header=True), str(found.shown), str(found.lacking)))


def judgement_blocks(requirement: Requirement) -> Iterator[Any]:
    judgement = requirement.judgement
    if judgement is None:
        yield Paragraph(_("Ingen har bedömt kravet."))
        return
    words = {"verdict": judgement.get_verdict_display(), "day": judgement.judged_date, "who": judgement.by}
    yield Paragraph((Text(_("Bedömning: %(verdict)s (%(day)s, %(who)s)") % words, bold=True),))
    yield Paragraph(judgement.comment)
    if judgement.link:
        yield Paragraph((Text(judgement.link, href=judgement.link),))
