"""What is wrong in a file, and where."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hjulet.base.operations import Refused


@dataclass(frozen=True, slots=True)
class Fault:
    """`cell` is empty when the fault is that something is not there at all."""

    sheet: str
    cell: str
    sentence: str

    def __str__(self):
        return f"{self.sheet} {self.cell}".strip() + f": {self.sentence}"


class FaultyFile(ValidationError):
    """The file cannot be taken in; nothing has been saved."""

    def __init__(self, faults: list[Fault]):
        super().__init__([str(fault) for fault in faults])
        self.faults = faults


@contextmanager
def told_as_fault(faults: list[Fault], sheet: str, line: int) -> Iterator[None]:
    """What an operation refuses is a fault of the row; the other rows are tried all the same."""
    try:
        with transaction.atomic():
            yield
    except Refused as refusal:
        faults.append(Fault(sheet, row_number(line), str(refusal.sentence)))
    except ValidationError as error:
        faults.append(Fault(sheet, row_number(line), " ".join(error.messages)))


def row_number(line: int) -> str:
    return _("rad %(line)s") % {"line": line}
