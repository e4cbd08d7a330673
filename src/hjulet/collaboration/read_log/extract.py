"""An extract of the log of readings on paper: what a person has read, or who has read a record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hjulet.audit.models import Reading
from hjulet.base.documents.formats import MEDIA_TYPES
from hjulet.base.documents.model import Column, Document, Paragraph, Row, Table
from hjulet.base.documents.rendering import RENDERED
from hjulet.collaboration.read_log.words import what, when


class AskedBy(models.TextChoices):
    SUBJECT = "subject", gettext_lazy("Den som uppgifterna gäller")
    READER = "reader", gettext_lazy("Den vars läsningar det gäller")
    MANAGER = "manager", gettext_lazy("Chef eller personalenheten")
    SUPERVISION = "supervision", gettext_lazy("Tillsynsmyndighet eller polis")
    OTHER = "other", gettext_lazy("Någon annan")


class Format(models.TextChoices):
    PDF = "pdf", gettext_lazy("PDF")
    DOCX = "docx", gettext_lazy("Word")
    HTML = "html", gettext_lazy("Webbsida")


@dataclass(frozen=True)
class Extract:
    """What is asked for and why, and who answers."""

    about: str
    first: date
    last: date
    asked_by: str
    purpose: str
    with_names: bool
    made_by: str
    organisation: str
    day: date


@dataclass(frozen=True)
class File:
    name: str
    content: bytes
    media_type: str


def file_of(extract: Extract, readings: Iterable[Reading], format: str) -> File:
    document = document_of(extract, readings)
    drawn = RENDERED[format](document)
    return File(f"utdrag-ur-laslogg-{extract.day}.{format}", drawn, MEDIA_TYPES[format])


def document_of(extract: Extract, readings: Iterable[Reading]) -> Document:
    rows = tuple(row_of(reading, with_names=extract.with_names) for reading in readings)
    said = ngettext(
        "%(n)s läsning från %(first)s till och med %(last)s.",
        "%(n)s läsningar från %(first)s till och med %(last)s.",
        len(rows),
    ) % {"n": len(rows), "first": extract.first, "last": extract.last}
    facts = (
        _("Begärt av: %(who)s.") % {"who": AskedBy(extract.asked_by).label},
        _("Ändamål: %(purpose)s") % {"purpose": extract.purpose},
        _("Framställt av %(who)s den %(day)s. Utdraget är självt antecknat i läsloggen.")
        % {"who": extract.made_by, "day": extract.day},
    )
    return Document(
        title=_("Utdrag ur läsloggen"),
        subtitle=extract.about,
        organisation=extract.organisation,
        date=extract.day,
        landscape=True,
        blocks=(Paragraph(said, style="lead"), *map(Paragraph, facts), *([table_of(rows, extract)] if rows else [])),
    )


def table_of(rows: tuple[Row, ...], extract: Extract) -> Table:
    labels = [_("När"), _("Vem"), _("I rollen"), _("Vad"), _("Hur"), _("Skäl")]
    widths = [2, 2, 3, 2, 2, 4]
    if not extract.with_names:
        del labels[1], widths[1]
    return Table(
        caption=_("Läsningar"),
        columns=tuple(map(Column, widths)),
        header=(Row(tuple(labels)),),
        rows=rows,
    )


def row_of(reading: Reading, *, with_names: bool) -> Row:
    who = [reading.person_name] if with_names else []
    role, how = reading.acting_as or "–", str(reading.get_how_display())
    return Row((when(reading), *who, role, what(reading), how, reading.reason or "–"))
