"""The doors through which a page fetches the row it is about. `rows_of` gives those that a person may see."""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from hjulet.base.disclosing import disclose_marked
from hjulet.organisation.people.models import Person
from hjulet.organisation.secrecy.middleware import ReasonNeeded
from hjulet.organisation.secrecy.queries import marking_to_open
from hjulet.organisation.standing import one_of

Row = TypeVar("Row", bound=Model)


def one_or_404(request: HttpRequest, rows_of: Callable[[Person], QuerySet[Row]], pk: int) -> Row:
    """Of rows that are never marked as secret."""
    row = one_of(rows_of, request.user, pk)
    if row is None:
        raise Http404
    return row


def shown_or_404(request: HttpRequest, rows_of: Callable[[Person], QuerySet[Row]], pk: int, how: str = "page") -> Row:
    """The row, remembered for the log of readings if it is marked; asks for a reason when only that is missing."""
    row = one_of(rows_of, request.user, pk)
    if row is None:
        require_reason(request, rows_of(request.user).model._meta.label_lower, pk)
        raise Http404
    disclose_marked(request, [row], how)
    return row


def require_reason(request: HttpRequest, target_type: str, target_id: int) -> None:
    if marking := marking_to_open(request.user, target_type, target_id):  # type: ignore[arg-type]
        raise ReasonNeeded(marking)
