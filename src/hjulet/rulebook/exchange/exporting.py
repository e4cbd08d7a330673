"""The whole rulebook in force as files that open without Kvalitetshjulet, with an index that can be read in again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from zipfile import ZIP_DEFLATED, ZipFile

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import slugify

from hjulet.base.documents import html
from hjulet.collaboration.attachments.queries import content_of
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.roles import ROLES
from hjulet.organisation.units.models import lies_below
from hjulet.rulebook.documents.drawing import decided_by, document_of
from hjulet.rulebook.documents.models import DocumentVersion, GoverningDocument
from hjulet.rulebook.documents.queries import documents_in_force, versions_on
from hjulet.rulebook.exchange.importing import OWN_ID
from hjulet.rulebook.exchange.index import COMMITTEE, INDEX, IndexRow, write_index

PAGE = "index.html"
Put = Callable[[str, bytes], None]


@dataclass(frozen=True)
class Exported:
    """A document among the files: its page, and the file it was made of."""

    document: GoverningDocument
    version: DocumentVersion
    page: str
    file: str

    @property
    def extension(self) -> str:
        return self.file.rpartition(".")[2]


def export_documents(
    put: Put,
    person: Person,
    day: date,
    *,
    committee: Unit | None = None,
    progress: Callable[[list], Iterable] = iter,
) -> int:
    """What the person may see of what applies on the day, in Swedish; how many documents."""
    found = documents_in_force(person, day).prefetch_related("provisions__law", "quality_areas")
    if committee is not None:
        found = found.filter(lies_below(committee))
    versions = {version.document_id: version for version in versions_on(day, found.order_by())}
    with translation.override("sv"):
        rows = [
            put_one(put, document, versions[document.pk])
            for document in progress(list(found.order_by("kind__order", "title", "pk")))
            if document.pk in versions
        ]
        kinds = [(kind, list(group)) for kind, group in groupby(rows, key=lambda row: row.document.kind)]
        context = {"kinds": kinds, "day": day, "count": len(rows), "style": html.style_of()}
        page = render_to_string("rulebook/exchange/export.html", context)
        put(PAGE, page.encode())
        put(INDEX, write_index(index_row(row) for row in rows))
    return len(rows)


def put_one(put: Put, document: GoverningDocument, version: DocumentVersion) -> Exported:
    version.document = document
    stem = f"dokument/{document.pk}-{slugify(version.title)[:80]}"
    file = f"{stem}.md"
    if version.upload is None:
        put(file, version.body.encode())
    else:
        file = f"{stem}.{version.upload.name.rpartition('.')[2].lower()}"
        with content_of(version.upload) as upload:
            put(file, upload.read())
    put(f"{stem}.html", str(html.render_page(document_of(version))).encode())
    return Exported(document, version, f"{stem}.html", file)


def index_row(exported: Exported) -> IndexRow:
    document, version = exported.document, exported.version
    return IndexRow(
        id=document.external_id or f"{OWN_ID}{document.pk}",
        file=exported.file,
        title=version.title,
        kind=document.kind.name,
        unit=document.unit.name,
        summary=document.summary,
        owner_role=str(ROLES[document.owner_role].name) if document.owner_role else "",
        decider=document.decider if document.decider_role else COMMITTEE,
        valid_from=version.valid_from,
        next_review=document.next_review_date,
        decided_by=decided_by(version)[:300],
        decided_on=version.decided_date,
        changes=version.changes,
        provisions="; ".join(str(provision) for provision in document.provisions.all()),
        roles="; ".join(document.role_names),
        areas="; ".join(area.name for area in document.quality_areas.all()),
        search_words=document.search_words,
    )


def write_zip(into, person: Person, day: date, *, committee: Unit | None = None) -> int:
    with ZipFile(into, "w", ZIP_DEFLATED) as archive:
        return export_documents(archive.writestr, person, day, committee=committee)
