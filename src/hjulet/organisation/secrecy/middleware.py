from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hjulet.audit.operations import log_readings
from hjulet.base.disclosing import disclosed_by
from hjulet.organisation.secrecy.models import Marking
from hjulet.organisation.secrecy.queries import reads_of


class ReasonNeeded(Exception):
    """The person may read the row when a reason has been given."""

    def __init__(self, marking: Marking):
        super().__init__(marking)
        self.marking = marking


class UndeclaredReading(Exception):
    """A page declared as `reads` has shown something secret: it must be declared as `discloses`."""


class LogReadings:
    """Writes what a page has shown of secrets before anybody gets to see it: no log, no page.

    Apart from the page's own transaction, so that a form that comes back with errors has been read all the same.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        shown = disclosed_by(request)
        if shown and response.status_code in (200, 422):
            if getattr(request.resolver_match.func, "access_mode", "") == "reads":  # type: ignore[union-attr]
                raise UndeclaredReading(request.resolver_match.view_name)  # type: ignore[union-attr]
            log_readings(reads_of(request.user, shown), by=request.user)  # type: ignore[arg-type]
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ReasonNeeded):
            return redirect("secrecy:open", exception.marking.pk)
        return None
