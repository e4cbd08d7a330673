"""The door through which a page fetches a row that can be marked as secret."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from hjulet.base.disclosing import disclose_marked
from hjulet.organisation.secrecy.middleware import ReasonNeeded
from hjulet.organisation.secrecy.queries import marking_to_open


def shown_or_404(request: HttpRequest, rows: QuerySet, pk: int, how: str = "page") -> Any:
    """The row, remembered for the log of readings if it is marked; asks for a reason when only that is missing."""
    row = rows.filter(pk=pk).first()
    if row is None:
        require_reason(request, rows.model._meta.label_lower, pk)
        raise Http404
    disclose_marked(request, [row], how)
    return row


def require_reason(request: HttpRequest, target_type: str, target_id: int) -> None:
    if marking := marking_to_open(request.user, target_type, target_id):  # type: ignore[arg-type]
        raise ReasonNeeded(marking)
