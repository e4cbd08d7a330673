"""A BPMN file read in: shown first, then done."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hjulet.audit import operations as audit
from hjulet.base.operations import locked, operation, require, require_no
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.roles import ROLES
from hjulet.organisation.units.rules import obstacle_to_beginning_in
from hjulet.rulebook.processes import rules
from hjulet.rulebook.processes.bpmn.findings import Finding
from hjulet.rulebook.processes.bpmn.parsing import Unreadable
from hjulet.rulebook.processes.bpmn.reading import Reading, read
from hjulet.rulebook.processes.diagram import Diagram
from hjulet.rulebook.processes.drawing import as_stored, role_of
from hjulet.rulebook.processes.filling import fill
from hjulet.rulebook.processes.models import ImportedFile, Process, ProcessVersion
from hjulet.rulebook.processes.states import ProcessState

LONGEST_TITLE = 200


@dataclass(frozen=True)
class Outcome:
    """What the file says, and what it became when it was more than a check."""

    is_check: bool
    diagram: Diagram
    findings: tuple[Finding, ...]
    version: ProcessVersion | None = None

    @property
    def lanes(self) -> list[tuple[str, Any]]:
        """Each lane with the role that it is taken for, if any."""
        named = dict.fromkeys(step.lane for step in self.diagram.steps if step.lane)
        return [(lane, ROLES[role].name if (role := role_of(lane)) else "") for lane in named]

    @property
    def kept(self) -> list[Finding]:
        return [one for one in self.findings if one.is_kept]

    @property
    def lost(self) -> list[Finding]:
        return [one for one in self.findings if not one.is_kept]


@operation
def import_process(*, by: Person, content: bytes, check: bool, unit: Unit, owner_role: str = "") -> Outcome:
    """A file as a new process: with `check` it is only told what would come."""
    require(rules.may_describe(by, unit))
    require_no(obstacle_to_beginning_in(unit))
    reading = reading_of(content)
    if check:
        return Outcome(True, reading.diagram, reading.findings)
    process = Process(unit=unit, title=reading.diagram.title[:LONGEST_TITLE], owner_role=owner_role)
    process.full_clean()
    process.save()
    version = ProcessVersion.objects.create(process=process)
    return take_in(version, reading, content, by=by)


@operation
def import_version(process: Process, *, by: Person, content: bytes, check: bool) -> Outcome:
    """A file as the next version of a process: the steps that are there by the same name keep their routines."""
    require(rules.may_change(by, process))
    locked(process)
    draft = empty_draft(process)
    if draft is None:
        require_no(rules.obstacle_to_new_version(process.versions.all()))
    reading = reading_of(content)
    if check:
        return Outcome(True, reading.diagram, reading.findings)
    earlier = process.versions.exclude(pk=draft and draft.pk).order_by("-number").first()
    number = (process.versions.aggregate(latest=Max("number"))["latest"] or 0) + 1
    version = draft or ProcessVersion.objects.create(process=process, number=number)
    if earlier is not None:
        version.inputs, version.results, version.measures = earlier.inputs, earlier.results, earlier.measures
        version.provisions.set(earlier.provisions.all())
    return take_in(version, reading, content, by=by, like=earlier)


def empty_draft(process: Process) -> ProcessVersion | None:
    return process.versions.filter(state=ProcessState.DRAFT, activities=None).first()


def reading_of(content: bytes) -> Reading:
    try:
        return read(content)
    except Unreadable as error:
        raise ValidationError({"file": error.sentence}) from error


def take_in(
    version: ProcessVersion, reading: Reading, content: bytes, *, by: Person, like: ProcessVersion | None = None
) -> Outcome:
    diagram = reading.diagram
    version.purpose = diagram.purpose or version.purpose
    version.bpmn_key = diagram.key
    version.kept = [[place, as_stored(kept)] for place, kept in diagram.kept]
    version.revision += 1
    version.save()
    fill(version, diagram, by=by, like=like)
    file = keep_file(version, content, by=by, at=timezone.now())
    said = {"number": version.number, "file": file.name, "sha256": file.sha256, "rows": len(diagram.steps)}
    audit.record("process.imported", by=by, target=version.process, after=said)
    return Outcome(False, diagram, reading.findings, version)


def keep_file(version: ProcessVersion, content: bytes, *, by: Person, at: datetime) -> ImportedFile:
    return ImportedFile.objects.create(
        version=version,
        name=f"{slugify(version.process.title) or _('process')}.bpmn",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        by=by,
        at=at,
    )
