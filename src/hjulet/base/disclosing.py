"""What a page has shown of rows that are marked as secret.

Collected here, where every page passes; whoever keeps the log of readings writes it down before the answer leaves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Disclosed:
    """`how` it was shown: a page, a file, a row of a list …; `details` says what a log of readings should add."""

    row: Any
    how: str
    details: str = ""


def disclose(request: HttpRequest, row: Any, how: str, details: str = "") -> None:
    """Remember that the row was shown, whether marked or not."""
    request.__dict__.setdefault("disclosed", []).append(Disclosed(row, how, details))


def disclose_marked(request: HttpRequest, rows: Iterable[Any], how: str) -> None:
    """Remember those of the rows that are marked as secret."""
    for row in rows:
        if getattr(row, "is_secret", False):
            disclose(request, row, how)


def disclosed_by(request: HttpRequest) -> list[Disclosed]:
    return getattr(request, "disclosed", [])
