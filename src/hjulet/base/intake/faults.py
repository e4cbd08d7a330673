"""What is wrong in a file, and where."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
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
def told_as_fault(faults: list[Fault], sheet: str, place: Callable[..., str]) -> Iterator[None]:
    """What an operation refuses is a fault of the row; the other rows are tried all the same.

    `place` names the cell of a field, or without a field the row.
    """
    try:
        with transaction.atomic():
            yield
    except Refused as refusal:
        faults.append(Fault(sheet, place(), str(refusal.sentence)))
    except PermissionDenied:
        faults.append(Fault(sheet, place(), _("du har inte rätt att göra den här ändringen.")))
    except ValidationError as error:
        told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        faults.extend(Fault(sheet, place(name), " ".join(sentences)) for name, sentences in told.items())


def row_number(line: int) -> str:
    return _("rad %(line)s") % {"line": line}
