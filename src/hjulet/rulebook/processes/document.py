"""A process as a document, the same in Word and PDF."""

from collections.abc import Iterator
from datetime import date

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from hjulet.base.documents.model import Block, Bullets, Column, Document, Heading, Paragraph, Row, Table
from hjulet.rulebook.processes.picture import figures
from hjulet.rulebook.processes.queries import ActivityRow, ProcessPage
from hjulet.rulebook.processes.states import DONE_BY_SOMEBODY, ProcessState


def document_of(page: ProcessPage, *, day: date) -> Document:
    unit = page.process.unit
    return Document(
        title=page.process.title,
        subtitle=said_of(page),
        organisation=str(unit.committee or unit),
        date=day,
        landscape=True,
        blocks=(*facts(page), *picture(page), *steps(page), *by_role(page)),
    )


def said_of(page: ProcessPage) -> str:
    version = page.version
    state = str(ProcessState(version.state).label)
    said = [_("Version %(number)s") % {"number": version.number}, state]
    if version.adopted_date:
        said.append(version.adopted_date.isoformat())
    return ", ".join(said)


def facts(page: ProcessPage) -> Iterator[Block]:
    version = page.version
    yield Heading(1, _("Om processen"))
    told = (
        (_("Syfte"), version.purpose),
        (_("Ansvarig"), page.process.owner),
        (_("Enhet"), page.process.unit_name),
        (_("Lagrum"), ", ".join(map(str, page.provisions))),
        (_("Startar med"), version.inputs),
        (_("Ger"), version.results),
        (_("Mäts genom"), version.measures),
        (_("Beslut"), decided_by(page)),
    )
    rows = tuple(Row((name, said or _("Inte angivet"))) for name, said in told)
    heads = Row((_("Uppgift"), _("Innehåll")))
    yield Table(_("Uppgifter om processen"), (Column(1), Column(4)), (heads,), rows)


def decided_by(page: ProcessPage) -> str:
    version = page.version
    if version.decision:
        return f"{version.decision.committee} {version.decision.meeting_date} {version.decision.paragraph}"
    return ", ".join(filter(None, (version.decided_by_name, version.decided_by_title, version.delegation_text)))


def picture(page: ProcessPage) -> Iterator[Block]:
    if page.activities:
        yield Heading(1, _("Bild av processen"))
        yield from figures(page.diagram)


def steps(page: ProcessPage) -> Iterator[Block]:
    rows = [row for row in page.rows if row.activity.kind in DONE_BY_SOMEBODY]
    if not rows:
        return
    prefetch_related_objects([row.activity for row in rows], "units")
    yield Heading(1, _("Aktiviteter och rutiner"))
    heads = Row((_("Nr"), _("Aktivitet"), _("Vem"), _("Rutiner"), _("Samverkan")))
    columns = (Column(0.5), Column(4), Column(2), Column(3), Column(2))
    yield Table(_("Aktiviteter med rutiner"), columns, (heads,), tuple(map(activity_row, rows)))


def activity_row(row: ActivityRow) -> Row:
    activity = row.activity
    what = "\n".join(filter(None, (activity.title, activity.description)))
    routines = "\n".join(str(one) for one in activity.routines.all()) or "–"
    parties = "\n".join([*(str(one) for one in activity.units.all()), *activity.party_names])
    return Row((row.told.number, what, row.told.who, routines, parties if activity.is_collaboration else "–"))


def by_role(page: ProcessPage) -> Iterator[Block]:
    if not page.activities:
        return
    yield Heading(1, _("Vad var och en gör"))
    for lane, told in page.lanes:
        yield Paragraph(lane, "lead")
        yield Bullets(tuple(f"{one.number} {one.what}" for one in told))
