"""What the log says of backups: that one was made or put back, and how to know the file again."""

from typing import Any

from hjulet.audit import operations as audit
from hjulet.base.operations import operation, require
from hjulet.organisation.models import Person, Unit


@operation
def note_backup(municipality: Unit, *, by: Person, **said: Any) -> None:
    require(by.is_machine)
    audit.record("installation.backed_up", by=by, target=municipality, after=said)


@operation
def note_restore(municipality: Unit, *, by: Person, **said: Any) -> None:
    """The first event after those that were restored."""
    require(by.is_machine)
    audit.record("installation.restored", by=by, target=municipality, after=said)


@operation
def note_export(municipality: Unit, *, by: Person, **said: Any) -> None:
    require(by.is_machine)
    audit.record("installation.exported", by=by, target=municipality, after=said)
