"""What surrounds every request: it gets a number, is timed and counted, and those who watch are let in by the side."""

import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from hjulet.upkeep import metrics
from hjulet.upkeep.logs import request_id

logger = logging.getLogger("hjulet.answers")

HEADER = "X-Request-ID"
# As proxies make them. Anything else could be a name, or a line of its own in the log.
NUMBER = re.compile(r"[0-9a-fA-F-]{16,36}")
NOWHERE, STATIC_FILE = "(ingen sida)", "(statisk fil)"
# Asked every few seconds, or many for each page: a line for each would hide the others.
QUIET = {STATIC_FILE, "upkeep:alive", "upkeep:ready", "upkeep:figures"}
# The ordinary ways of saying no are no faults.
NOT_FAULTS = (Http404, PermissionDenied, SuspiciousOperation)


@dataclass
class Asked:
    """What a request has asked of the database."""

    statements: int = 0
    seconds: float = 0.0

    def __call__(self, execute, sql, params, many, context):
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.statements += 1
            self.seconds += time.perf_counter() - start


class Observe:
    """Note each answer by the name of its page: the address holds numbers of rows, and a query what was searched for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start, asked = time.perf_counter(), Asked()
        with numbered(request) as number, connection.execute_wrapper(asked):
            response = self.get_response(request)
            response[HEADER] = number
            self.note(request, response.status_code, time.perf_counter() - start, asked)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if not isinstance(exception, NOT_FAULTS):
            metrics.EXCEPTIONS.labels(type(exception).__name__).inc()

    def note(self, request: HttpRequest, status: int, seconds: float, asked: Asked) -> None:
        method = request.method if request.method in {"GET", "HEAD", "POST"} else "OTHER"
        route = route_of(request)
        metrics.note_answer(
            method, route, status, seconds=seconds, statements=asked.statements, database_seconds=asked.seconds
        )
        fields = {
            "method": method,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000),
            "statements": asked.statements,
            "database_ms": round(asked.seconds * 1000),
        }
        level = logging.DEBUG if route in QUIET and status < 500 else logging.INFO
        logger.log(level, "answered", extra={"fields": fields})


@contextmanager
def numbered(request: HttpRequest) -> Iterator[str]:
    given = request.headers.get(HEADER, "")
    number = given if NUMBER.fullmatch(given) else uuid4().hex
    mark = request_id.set(number)
    try:
        yield number
    finally:
        request_id.reset(mark)


def route_of(request: HttpRequest) -> str:
    """The name of the page; for an address that leads nowhere nothing of the address."""
    if match := request.resolver_match:
        return match.view_name or NOWHERE
    return STATIC_FILE if request.path_info.startswith(settings.STATIC_URL) else NOWHERE


class AnswerWatchers:
    """Probes and Prometheus come by number and not by a name of HJULET_HOSTS, log in to nothing and need no session."""

    PREFIXES = ("/halsa/", "/matt/")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(self.PREFIXES):
            try:
                match = resolve(request.path_info)
            except Resolver404:
                return self.get_response(request)
            request.resolver_match = match
            return match.func(request)
        return self.get_response(request)
