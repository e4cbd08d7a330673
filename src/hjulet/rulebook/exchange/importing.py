"""Takes in a folder of documents by its index, through the same operations as the pages use.

A row whose document and file are as they are here changes nothing. Another file is a new version: a draft, or decided
when the index says by whom and when. An empty cell leaves what stands here.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hjulet.base.forms.choices import is_key
from hjulet.base.intake.faults import Fault, FaultyFile, told_as_fault
from hjulet.base.intake.reading import MOST_BYTES, MOST_ROWS, FileRow, Reader
from hjulet.base.operations import Refused, operation, require
from hjulet.base.spreadsheets import SpreadsheetError, read_workbook
from hjulet.collaboration.attachments.operations import forget_files
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.units.models import lies_below
from hjulet.rulebook.documents import rules
from hjulet.rulebook.documents.deciding import take_over_decision
from hjulet.rulebook.documents.models import MANY, DocumentVersion, GoverningDocument
from hjulet.rulebook.documents.operations import (
    change_document,
    keep_file,
    remove_file,
    revise_document,
    start_document,
    write_version,
)
from hjulet.rulebook.documents.queries import version_on
from hjulet.rulebook.documents.states import VersionState
from hjulet.rulebook.exchange.folders import Files
from hjulet.rulebook.exchange.index import DOCUMENTS, INDEX, IndexRow, Vocabulary, parts_of

TEXT_ENDINGS = (".md", ".txt")
OWN_ID = "dok-"


@dataclass
class ImportResult:
    """What came of it; `is_check` saved nothing."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    is_check: bool = False

    @property
    def changes_nothing(self) -> bool:
        return not self.new and not self.changed


def import_documents(
    *, by: Person, committee: Unit, files: Files, check: bool = False, progress: Callable[[list], Iterable] = iter
) -> ImportResult:
    """Raises `FaultyFile` with every fault of the index and the files; then nothing has been saved.

    `check` saves nothing at all. `progress` is wrapped around the rows, for a bar.
    """
    run = Run(committee=committee, by=by, files=files)
    try:
        result = take_in(run, by=by, check=check, progress=progress)
    except BaseException:
        forget_files(run.stored, by=by)
        raise
    if check:
        forget_files(run.stored, by=by)
    return result


@operation
def take_in(run: "Run", *, by: Person, check: bool, progress: Callable[[list], Iterable]) -> ImportResult:
    require(rules.may_start(by, run.committee))
    with translation.override("sv"), transaction.atomic():
        run.take_all(run.read(), progress)
        run.result.is_check = check
        transaction.set_rollback(check)
    return run.result


@dataclass
class Run:
    committee: Unit
    by: Person
    files: Files
    result: ImportResult = field(default_factory=ImportResult)
    faults: list[Fault] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)

    def read(self) -> list[FileRow]:
        if INDEX not in self.files:
            raise ValidationError(_("Mappen saknar innehållsförteckningen %(name)s.") % {"name": INDEX})
        try:
            sheets = read_workbook(self.files[INDEX](), max_bytes=MOST_BYTES, max_rows=MOST_ROWS)
        except SpreadsheetError as error:
            raise ValidationError(str(error)) from error
        self.vocabulary = Vocabulary(self.committee)
        reader = IndexReader(self.vocabulary, self.files)
        rows = list(reader.rows(DOCUMENTS, sheets.get(DOCUMENTS.name)))
        if reader.faults:
            raise FaultyFile(reader.faults)
        return rows

    def take_all(self, rows: list[FileRow], progress: Callable[[list], Iterable]) -> None:
        for line in progress(rows):
            with told_as_fault(self.faults, DOCUMENTS.name, line.place):
                self.take(line.row)
        if self.faults:
            raise FaultyFile(self.faults)

    def take(self, row: IndexRow) -> None:
        document = self.known(row)
        if document is None:
            document = self.begin(row)
            self.decide(document.versions.get(), row)
            self.say_the_rest(document, row)
            self.result.new.append(str(document))
        elif self.renew(document, row) | self.say_the_rest(document, row):
            self.result.changed.append(str(document))
        else:
            self.result.unchanged += 1

    def known(self, row: IndexRow) -> GoverningDocument | None:
        """By its id, or by the one that an export gave it: the title tells it from that of another installation."""
        here = GoverningDocument.objects.filter(lies_below(self.committee)).select_related("unit__committee", "kind")
        if found := here.filter(external_id=row.id).first():
            return found
        own = row.id.removeprefix(OWN_ID)
        if own == row.id or not is_key(own):
            return None
        return here.filter(pk=own, external_id="", versions__title=row.title).first()

    def begin(self, row: IndexRow) -> GoverningDocument:
        document = start_document(
            by=self.by,
            unit=self.vocabulary.units[row.unit],
            kind=self.vocabulary.kinds[row.kind],
            title=row.title,
            external_id=row.id,
            **self.facts(row),
        )
        self.fill(document.versions.get(), row)
        return document

    def facts(self, row: IndexRow) -> dict[str, Any]:
        """What the row says of the document beside its text; an empty cell says nothing."""
        words = self.vocabulary
        said = {
            "summary": row.summary,
            "search_words": row.search_words,
            "owner_role": words.roles.get(row.owner_role, ""),
            "roles": [words.roles[name] for name in parts_of(row.roles)],
            "provisions": [words.provisions[name] for name in parts_of(row.provisions)],
            "quality_areas": [words.areas[name] for name in parts_of(row.areas)],
        }
        return {name: value for name, value in said.items() if value} | {"decider_role": words.deciders[row.decider]}

    def say_the_rest(self, document: GoverningDocument, row: IndexRow) -> bool:
        """True when something was changed. The review's day is said last: a decision sets one of its own."""
        if document.unit != self.vocabulary.units[row.unit]:
            raise Refused(
                _("Dokumentet hör till %(unit)s. Flytta det på dess sida först.") % {"unit": document.unit.name}
            )
        said = self.facts(row) | {"kind": self.vocabulary.kinds[row.kind]}
        if "owner_role" in said and document.owner_person_id:
            said["owner_person"] = None
        if row.next_review:
            said["next_review_date"] = row.next_review
        document.refresh_from_db()
        new = {name: value for name, value in said.items() if standing(document, name) != comparable(value)}
        if new:
            change_document(document, by=self.by, revision=document.revision, **new)
        return bool(new)

    def renew(self, document: GoverningDocument, row: IndexRow) -> bool:
        """A new version where the file or the title is another than the latest version's.

        What applies today changes nothing either: a draft that somebody has begun since it was taken out stays theirs.
        """
        standing = document.versions.exclude(state=VersionState.DISCARDED)
        latest = standing.select_related("upload").order_by("-number").first()
        if latest is None or not self.is_same(latest, row):
            applies = version_on(document, timezone.localdate())
            if applies and self.is_same(applies, row):
                return False
            version = latest if latest and not latest.is_decided else revise_document(document, by=self.by)
            self.fill(version, row)
            self.decide(version, row)
            return True
        if latest.is_decided or not row.decided_by:
            return False
        self.decide(latest, row)
        return True

    def is_same(self, version: DocumentVersion, row: IndexRow) -> bool:
        content = self.files[row.file]()
        if is_text(row.file):
            same = version.upload_id is None and text_in(version.body.encode()) == text_in(content)
        else:
            same = version.upload_id is not None and version.upload.sha256 == hashlib.sha256(content).hexdigest()
        return same and version.title == row.title

    def fill(self, version: DocumentVersion, row: IndexRow) -> None:
        content = self.files[row.file]()
        version.refresh_from_db()
        if version.upload_id:
            remove_file(version, by=self.by)
            version.refresh_from_db()
        changes = row.changes or (_("Inläst på nytt.") if version.number > 1 else "")
        body = text_in(content) if is_text(row.file) else ""
        write_version(version, by=self.by, revision=version.revision, title=row.title, changes=changes, body=body)
        if not is_text(row.file):
            keep_file(version, by=self.by, upload=ContentFile(content, name=row.file.rpartition("/")[2]))
            self.stored.append(version.upload.file.name)

    def decide(self, version: DocumentVersion, row: IndexRow) -> None:
        if row.decided_by and row.decided_on:
            version.refresh_from_db()
            take_over_decision(
                version,
                by=self.by,
                decided_before=row.decided_by,
                decided_before_date=row.decided_on,
                valid_from=row.valid_from or row.decided_on,
            )


class IndexReader(Reader):
    """Each id and each file stands once, and the file is there."""

    def __init__(self, vocabulary: Vocabulary, files: Files):
        super().__init__(vocabulary)
        self.files = files
        self.lines: dict[tuple[str, str], int] = {}

    def check(self, sheet: Any, column: Any, value: Any, line: int) -> None:
        if column.heading not in ("Id", "Fil"):
            return
        if self.lines.setdefault((column.heading, value), line) != line:
            raise ValueError(
                _("”%(value)s” står redan på rad %(line)s.")
                % {"value": value, "line": self.lines[column.heading, value]}
            )
        if column.heading == "Fil" and value not in self.files:
            raise ValueError(_("filen ”%(value)s” finns inte i mappen.") % {"value": value})


def standing(document: GoverningDocument, name: str) -> Any:
    return comparable(list(getattr(document, name).all()) if name in MANY else getattr(document, name))


def comparable(value: Any) -> Any:
    return sorted(str(part) for part in value) if isinstance(value, list) else value


def is_text(path: str) -> bool:
    return path.lower().endswith(TEXT_ENDINGS)


def text_in(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").strip()
    except UnicodeDecodeError as error:
        raise ValidationError(_("Textfilen är inte sparad som UTF-8.")) from error
