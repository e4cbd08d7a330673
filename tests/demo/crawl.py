"""Opens what a person can reach by following links from the start page, as a browser would."""

import html
import re
from collections import Counter, deque
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from hjulet.organisation.models import Person
from tests.architecture.test_pages import OURS

LINK = re.compile(r'(?:href|src|hx-get)="(/[^"#]*)')
UNFILLED = re.compile(r">\s*None\s*<|\{\{|\{%")
BEGINNINGS = {
    "application/pdf": b"%PDF-",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": b"PK",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": b"PK",
    "application/xml": b"<?xml",
    "application/zip": b"PK",
    "text/html": b"<",
}
# Part of other pages: a few of each are enough.
PANELS = re.compile(r":(for_|rows$|panel$)")
MOST_STATEMENTS = 12
LOGGING = re.compile(r'"audit_read|^(SAVEPOINT|RELEASE SAVEPOINT)')
OF_A_FORM, OF_A_PANEL, OF_A_QUERY = 2, 2, 1

OPENED_BY_GET = {address.name for address in OURS if address.view.access_mode != "acts"}


@dataclass(frozen=True)
class Page:
    """An address that was opened, and what is wrong with the answer: nothing, one hopes."""

    view: str
    url: str
    fault: str


def crawl(person: Person, *, rows: int, also: tuple[str, ...] = ()) -> list[Page]:
    """Every list, and as many rows of each kind as asked for, with their forms and files; `also` no link leads to."""
    client = Client()
    client.force_login(person)
    waiting, seen, opened = deque(["/", *also]), {"/", *also}, Counter()
    pages = []
    while waiting:
        url = waiting.popleft()
        view, kind = view_of(url)
        if view is None or opened[kind] >= most(view, url, rows):
            continue
        opened[kind] += 1
        response, statements = counting(client, url)
        fault = fault_of(response) or ("" if statements <= MOST_STATEMENTS else f"{statements} statements")
        pages.append(Page(view, url, fault))
        new = [link for link in links_in(response) if link not in seen]
        seen.update(new)
        waiting.extend(new)
    return pages


def counting(client: Client, url: str) -> tuple[HttpResponse, int]:
    """The answer, and how many statements it took; what is logged of a reading is written apart, after the page."""
    asked: list[str] = []

    def note(execute, sql, *more):
        asked.append(sql)
        return execute(sql, *more)

    with connection.execute_wrapper(note):
        response = client.get(url)
    return response, sum(not LOGGING.search(sql) for sql in asked)


def view_of(url: str) -> tuple[str | None, tuple]:
    """The name of our view that GET opens, and what tells its kinds of addresses apart: the names in the query."""
    parts = urlsplit(url)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None, ()
    view = match.view_name if match.view_name in OPENED_BY_GET else None
    return view, (view, *sorted(parse_qs(parts.query, keep_blank_values=True)))


def most(view: str, url: str, rows: int) -> int:
    if urlsplit(url).query:
        return OF_A_QUERY
    if PANELS.search(view):
        return min(rows, OF_A_PANEL)
    is_form = resolve(url).func.access_mode == "writes"
    return min(rows, OF_A_FORM) if is_form else rows


def links_in(response: HttpResponse) -> list[str]:
    if response.status_code != 200 or kind_of(response) != "text/html":
        return []
    return [html.unescape(link) for link in LINK.findall(response.text)]


def kind_of(response: HttpResponse) -> str:
    return response.headers.get("Content-Type", "").split(";")[0]


def fault_of(response: HttpResponse) -> str:
    """Empty for a page that says something: the right kind of file, and no value that was never filled in."""
    if response.status_code != 200:
        return f"status {response.status_code}"
    content = b"".join(response) if response.streaming else response.content
    kind = kind_of(response)
    if kind not in BEGINNINGS or not content.lstrip().startswith(BEGINNINGS[kind]):
        return f"{kind} that begins with {content[:20]!r}"
    if kind == "text/html" and (unfilled := UNFILLED.search(response.text)):
        return f"unfilled: {unfilled[0]}"
    return ""


def faults_in(pages: list[Page]) -> list[Page]:
    return [page for page in pages if page.fault]
