"""Questions to the database that are put into SQL once and asked many times.

Django puts a question together anew each time it is asked, which often takes ten times as long as the answer to it.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from copy import copy
from dataclasses import dataclass, replace
from functools import wraps
from sys import intern
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import Aggregate, BigIntegerField, Model, QuerySet

Row = TypeVar("Row", bound=Model)
Key = tuple[Hashable, ...]

# Stands in a question for the key of a row that is not known until it is asked. No row has it, but one could: Django
# does not even ask for a key that is out of range.
OPEN = 2**62 + 1
# A larger one would be a fault in the database, and not a row that is not there.
LARGEST_KEY = BigIntegerField.MAX_BIGINT


@dataclass(frozen=True)
class Statement:
    """A question as text. Takes the place of the query in the rows it asks for, which are read as always."""

    compiler: Any
    sql: str
    parameters: tuple[Any, ...]
    values_select: tuple[str, ...] = ()

    @classmethod
    def of(cls, rows: QuerySet[Any]) -> "Statement":
        compiler = rows.query.get_compiler(rows.db)
        sql, parameters = compiler.as_sql()
        # Trees a hundred times as large as their text, and of no use any more.
        compiler.query = compiler.where = compiler.having = compiler.qualify = None
        return cls(compiler, sql, tuple(parameters))

    def about(self, key: int | None) -> "Statement":
        return replace(self, parameters=tuple(key if one == OPEN else one for one in self.parameters))

    def chain(self) -> "Statement":
        """Rows are copied before they are read."""
        return self

    def get_compiler(self, using: str) -> Any:
        """Called by the rows when they are read. A compiler belongs to the connection of one thread."""
        compiler = copy(self.compiler)
        compiler.connection = connections[using]
        compiler.as_sql = lambda: (self.sql, self.parameters)
        return compiler


@dataclass(frozen=True)
class Counted:
    """A question for a number, as it was said. Nothing was said where nothing can be found."""

    sql: str = ""
    parameters: tuple[Any, ...] = ()

    @classmethod
    def by(cls, count: Callable[[], int]) -> "tuple[Counted, int]":
        """What is said while `count` counts, and the number."""
        said: list[Counted] = []

        def hear(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            said.append(cls(sql, tuple(params)))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(hear):
            number = count()
        [counted] = said or [cls()]
        return counted, number

    def number(self) -> int:
        if not self.sql:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.parameters)
            return cursor.fetchone()[0]


class Latest(OrderedDict[Hashable, Any]):
    """The last `most` that were put in or asked for."""

    def __init__(self, most: int):
        super().__init__()
        self.most = most

    def known(self, key: Hashable) -> Any:
        """None for what is not there."""
        if key in self:
            self.move_to_end(key)
        return self.get(key)

    def keep(self, key: Hashable, value: Any) -> None:
        self[key] = value
        while len(self) > self.most:
            self.popitem(last=False)


class Statements:
    """The last of them, each by all that its text and its parameters rest on: what is not in the key must not matter.

    Of a key the first part says what is asked for, the same for all who ask. A key that is None is asked and not kept.
    """

    def __init__(self, most: int):
        self.kept = Latest(most)
        # They are large, and the same for all who ask for a thing in the same words.
        self.compilers: WeakValueDictionary[tuple[Hashable, str], Any] = WeakValueDictionary()
        self.lock = Lock()

    def rows(self, key: Key | None, ask: Callable[[], QuerySet[Row]], about: int | None = None) -> QuerySet[Row]:
        """What `ask` asks for, which is called only when the key is new; where it says OPEN it is about `about`."""
        if key is None:
            return ask()
        if about is not None and about > LARGEST_KEY:
            return ask().none()
        known = self.known(key)
        rows = (self.keep(key, self.stated(ask(), key[0])) if known is None else known).all()
        if isinstance(rows.query, Statement):
            rows.query = rows.query.about(about)
        return rows

    def number(self, key: Key | None, count: Callable[[], int]) -> int:
        """What `count` counts by one question."""
        if key is None:
            return count()
        if known := self.known(key):
            return known.number()
        counted, number = Counted.by(count)
        self.keep(key, counted)
        return number

    def known(self, key: Key) -> Any:
        with self.lock:
            return self.kept.known(key)

    def keep(self, key: Key, question: Any) -> Any:
        with self.lock:
            self.kept.keep(key, question)
        return question

    def stated(self, rows: QuerySet[Row], what: Hashable) -> QuerySet[Row]:
        """The rows with a statement in place of their query; what can find nothing stays as it is."""
        try:
            statement = Statement.of(rows)
        except EmptyResultSet:
            return rows.none()
        compiler = self.compilers.setdefault((what, statement.sql), statement.compiler)
        stated = rows.all()
        stated.query = replace(statement, compiler=compiler, sql=intern(statement.sql))
        return stated


def in_one_row(rows: QuerySet[Any], **numbers: Aggregate) -> QuerySet[Any]:
    """The numbers over all the rows: as `aggregate`, but asked when it is read."""
    one = rows.order_by().annotate(**numbers).values_list(*numbers)
    one.query.group_by = None
    return one


def repr_of(value: Any) -> Any:
    """The same for what a condition cannot tell apart: of a row all its columns, for a unit has moved when its path has."""
    if isinstance(value, QuerySet):
        return tuple(repr_of(row) for row in value)
    if isinstance(value, Model):
        return type(value), tuple(repr(getattr(value, field.attname)) for field in value._meta.concrete_fields)
    return repr(value)


def about_one(rows_of: Callable[..., QuerySet[Row]]) -> Callable[..., QuerySet[Row]]:
    """Makes what a function asks for once: the first argument is the key that it is about, the others decide the text.

    For rows that are read as they are: what is text can be narrowed no further.
    """
    kept = Statements(100)

    @wraps(rows_of)
    def rows(key: int, *others: Hashable) -> QuerySet[Row]:
        return kept.rows((rows_of, *others), lambda: rows_of(OPEN, *others), about=key)

    return rows


def beside(row: Model, name: str) -> QuerySet[Any]:
    """The rows that belong to it, as `row.<name>.all()` gives them, by a question that is the same for all of its kind."""
    return related(row.pk, type(row), name)


@about_one
def related(key: int, model: type[Model], name: str) -> QuerySet[Any]:
    return getattr(model(pk=key), name).all()
