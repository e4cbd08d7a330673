"""Everything that shows how a nämnd meets the requirements, in one file that opens without Kvalitetshjulet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hjulet.base.documents import html
from hjulet.base.documents.rendering import RENDERED
from hjulet.base.spreadsheets import Sheet, write_workbook
from hjulet.collaboration.attachments.queries import content_of
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.units.models import lies_below
from hjulet.planning.models import PlanFile
from hjulet.planning.quality_plan.queries import plans_visible_to
from hjulet.reporting.compliance.documents import document_of
from hjulet.reporting.compliance.queries import CompliancePage, Requirement, all_rows, compliance_page
from hjulet.reporting.follow_up.models import FollowUpFile
from hjulet.reporting.follow_up.queries import follow_ups_visible_to
from hjulet.rulebook.documents.queries import versions_visible_to
from hjulet.rulebook.models import DocumentFile, DocumentVersion

INDEX, MANIFEST = "index.html", "manifest.sha256"


@dataclass(frozen=True)
class Entry:
    """A file of the archive: `title` is what the index calls it."""

    path: str
    title: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Kept:
    """What was decided, as it was: `of` is what it is a file of, and `label` which of its files."""

    path: str
    of: str
    label: str
    content: bytes


@dataclass
class Contents:
    files: list[Entry] = field(default_factory=list)
    sha256: str = ""


@dataclass(frozen=True)
class Frozen:
    """Files that were decided, kept as they were: a folder of the archive."""

    folder: str
    title: Any
    files: Callable[[Person, Unit], Iterator[Kept]]


def files_of_documents(person: Person, committee: Unit) -> Iterator[Kept]:
    """A version is a text, drawn when it was decided, or a file that somebody laid in."""
    versions = versions_in_force(person, committee)
    for file in each(DocumentFile.objects.filter(version__in=versions).select_related("version")):
        yield frozen(file, str(file.version))
    for version in versions.exclude(upload=None).order_by("pk"):
        stem, _dot, extension = version.upload.name.rpartition(".")
        path = f"fil-{version.pk}-{slugify(stem)[:80]}.{extension.lower()}"
        with content_of(version.upload) as upload:
            yield Kept(path, str(version), version.upload.name, upload.read())


def files_of_plans(person: Person, committee: Unit) -> Iterator[Kept]:
    plans = plans_visible_to(person).filter(lies_below(committee))
    for file in each(PlanFile.objects.filter(plan__in=plans).select_related("plan__unit")):
        yield frozen(file, f"{file.plan}, {_('version')} {file.plan.version}")


def files_of_follow_ups(person: Person, committee: Unit) -> Iterator[Kept]:
    follow_ups = follow_ups_visible_to(person).filter(lies_below(committee))
    for file in each(FollowUpFile.objects.filter(follow_up__in=follow_ups).select_related("follow_up__plan__unit")):
        yield frozen(file, str(file.follow_up))


def each(files: QuerySet) -> Iterator[Any]:
    """One in memory at a time."""
    return files.order_by("pk").iterator(chunk_size=1)


def frozen(file: Any, of: str) -> Kept:
    return Kept(path_of(file), of, file.get_format_display(), bytes(file.content))


FROZEN = (
    Frozen("dokument", gettext_lazy("Styrande dokument som gäller"), files_of_documents),
    Frozen("kvalitetsplaner", gettext_lazy("Kvalitetsplaner som nämnden har antagit"), files_of_plans),
    Frozen("uppfoljningar", gettext_lazy("Uppföljningar som nämnden har fått"), files_of_follow_ups),
)


def versions_in_force(person: Person, committee: Unit) -> QuerySet[DocumentVersion]:
    """Of the nämnd, and of what is decided above it."""
    here = Q(lies_below(committee, "document__unit")) | Q(document__unit__in=committee.lineage)
    return versions_visible_to(person).on(timezone.localdate()).filter(here).order_by()


class Archive:
    """Takes in one file at a time, and remembers what it was."""

    def __init__(self, into: ZipFile):
        self.zip = into
        self.contents = Contents()

    def add(self, path: str, content: bytes, title: Any) -> Entry:
        self.zip.writestr(path, content)
        entry = Entry(path, str(title), sha256(content).hexdigest(), len(content))
        self.contents.files.append(entry)
        return entry

    def sealed(self) -> Contents:
        """With the checksums of all that went before, in the form that `sha256sum -c` reads."""
        manifest = "".join(f"{entry.sha256}  {entry.path}\n" for entry in self.contents.files).encode()
        self.contents.sha256 = sha256(manifest).hexdigest()
        self.zip.writestr(MANIFEST, manifest)
        return self.contents


def write_archive(into: BinaryIO, person: Person, committee: Unit, day: date) -> Contents:
    """What the person may see and nothing else: every row and file is asked for as on its page."""
    with ZipFile(into, "w", ZIP_DEFLATED) as zipped:
        return filled(Archive(zipped), person, committee, day)


def filled(archive: Archive, person: Person, committee: Unit, day: date) -> Contents:
    page = compliance_page(person, committee, day=day)
    documents = [archive.add(*document) for document in documents_of(page)]
    evidence = [(one, add_evidence(archive, person, page, one)) for one in page.requirements]
    kept = [(kind.title, add_frozen(archive, kind, person, committee)) for kind in FROZEN]
    context = {"page": page, "documents": documents, "evidence": evidence, "frozen": kept, "person": person}
    context["style"] = html.style_of()
    archive.add(INDEX, render_to_string("reporting/compliance/archive.html", context).encode(), _("Innehåll"))
    return archive.sealed()


def documents_of(page: CompliancePage) -> Iterator[tuple[str, bytes, str]]:
    document = document_of(page)
    yield "efterlevnad.html", RENDERED["html"](document), _("Efterlevnad som webbsida")
    yield "efterlevnad.pdf", RENDERED["pdf"](document), _("Efterlevnad som PDF")
    yield "efterlevnad.docx", RENDERED["docx"](document), _("Efterlevnad som Word")


def add_evidence(archive: Archive, person: Person, page: CompliancePage, requirement: Requirement) -> Entry | None:
    """The rows behind the numbers of one requirement, a sheet for each kind; None where nothing is counted."""
    if not requirement.found:
        return None
    sheets = [
        Sheet(
            f"{number}. {found.evidence.label}",
            [_("Vad"), _("Enhet"), _("Saknas")],
            (
                [row.title, row.unit, _("ja") if row.is_lacking else _("nej")]
                for row in all_rows(person, page.committee, found.evidence, page.day)
            ),
        )
        for number, found in enumerate(requirement.found, start=1)
    ]
    provision = requirement.provision
    return archive.add(
        f"underlag/{provision.key}.xlsx", write_workbook(sheets), f"{provision.reference} {provision.heading}"
    )


def add_frozen(archive: Archive, kind: Frozen, person: Person, committee: Unit) -> list[tuple[str, list[Entry]]]:
    """The files of each thing together, under its name."""
    found: dict[str, list[Entry]] = {}
    for file in kind.files(person, committee):
        entry = archive.add(f"{kind.folder}/{file.path}", file.content, file.label)
        found.setdefault(file.of, []).append(entry)
    return sorted(found.items())


def path_of(file: Any) -> str:
    """No two files of a folder share it, whatever they are called."""
    stem = file.name.rpartition(".")[0] or file.name
    return f"{file.pk}-{slugify(stem)[:80]}.{file.format}"
