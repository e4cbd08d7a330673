"""What the test run does not forgive.

Unknown variables in our templates, calls to other machines, and questions that are kept under a key that does not say
all that they rest on.
"""

import socket
import sys
from collections import Counter
from collections.abc import Hashable
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from django.db import connection

import hjulet
from hjulet.base.statements import Counted, Statement

OURS = str(Path(hjulet.__file__).parent)
THIS_MACHINE = {"localhost", "::1"}

# To ask anew takes a quarter of the time of a page, and a crawl says the same on hundreds of pages.
ALWAYS = 20
THEN_EACH = 10
# How often each question that is kept has been met in the test that runs; emptied before each.
met: Counter[Hashable] = Counter()


class UnknownTemplateVariable(str):
    """Django's `string_if_invalid`: raises in our own templates, prints nothing in those of others."""

    __slots__ = ()

    def __mod__(self, variable):
        frame = sys._getframe(1)
        template = frame.f_locals["context"].render_context.template
        if str(template.origin).startswith(OURS):
            raise NameError(f"{template.origin}: {{{{ {variable} }}}} is not in the context")
        return ""


def refuse_other_machines(connect):
    """Wrap `socket.connect`: this machine and its sockets only."""

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_this_machine(address[0]):
            raise ConnectionRefusedError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    return guarded


def is_this_machine(host: str) -> bool:
    return host in THIS_MACHINE or host.startswith("127.")


def ask_anew(rows):
    """Wrap `Statements.rows`: what is kept must be what would be asked now, and asking must read nothing."""

    def guarded(self, key, ask, about=None):
        if key in self.kept and is_due(key):
            with connection.execute_wrapper(refuse_statements):
                anew = self.stated(ask(), key[0])
            assert in_words(self.kept[key]) == in_words(anew), f"kept too long: {key}"
        return rows(self, key, ask, about)

    return guarded


def is_due(key: Hashable) -> bool:
    """Whether a question is to be asked anew this time: the first times in a test, and now and then after that."""
    met[key] += 1
    return met[key] <= ALWAYS or met[key] % THEN_EACH == 0


def in_words(rows) -> tuple:
    """As they are written, for what PostgreSQL makes of JSON is equal to nothing else."""
    query = rows.query
    return (query.sql, repr(query.parameters)) if isinstance(query, Statement) else ()


def refuse_statements(execute, sql, params, many, context):
    raise AssertionError(f"read while a question was put together: {sql}")


def count_anew(number):
    """Wrap `Statements.number` likewise."""

    def guarded(self, key, count):
        if key in self.kept and is_due(key):
            with unheard():
                anew, _number = Counted.by(count)
            assert self.kept[key] == anew, f"kept too long: {key}"
        return number(self, key, count)

    return guarded


@contextmanager
def unheard():
    """What is asked only to compare is not counted among what the page asks."""
    with patch.object(connection, "force_debug_cursor", False), patch.object(connection, "execute_wrappers", []):
        yield


def answer_anew(answer):
    """Wrap `Answers.answer`: what is kept must be what would be found now."""

    def guarded(self, question, now):
        rows = question.all()
        found = answer(self, question, now)
        with unheard():
            assert found == list(rows), f"kept too long: {question.query}"
        return found

    return guarded
