"""Questions to the database that are put into SQL once and asked many times.

Django puts a question together anew each time it is asked, which often takes ten times as long as the answer to it.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from copy import copy
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)

# Stands in a question for the key of a row that is not known until it is asked. No row has it.
OPEN = -(2**61) - 1


@dataclass(frozen=True)
class Statement:
    """A question as text. Takes the place of the query in the rows it asks for, which are read as always."""

    compiler: Any
    sql: str
    parameters: tuple[Any, ...]
    values_select: tuple[str, ...] = ()

    @classmethod
    def of(cls, rows: QuerySet[Row]) -> "Statement":
        compiler = rows.query.get_compiler(rows.db)
        sql, parameters = compiler.as_sql()
        compiler.query = None  # a tree a hundred times as large as its text, and of no use any more
        return cls(compiler, sql, tuple(parameters))

    def chain(self) -> "Statement":
        """Rows are copied before they are read."""
        return self

    def get_compiler(self, using: str) -> Any:
        """Called by the rows when they are read. A compiler belongs to the connection of one thread."""
        compiler = copy(self.compiler)
        compiler.connection = connections[using]
        compiler.as_sql = lambda: (self.sql, self.parameters)
        return compiler


@dataclass(frozen=True, eq=False)
class Asked:
    """Rows whose query is a statement, and what stands in it for one asker: all who ask in the same words share the rows."""

    rows: QuerySet[Any]
    parameters: tuple[Any, ...] = ()

    def about(self, key: int | None) -> QuerySet[Any]:
        rows = self.rows.all()
        if isinstance(rows.query, Statement):
            parameters = tuple(key if one == OPEN else one for one in self.parameters)
            rows.query = replace(rows.query, parameters=parameters)
        return rows


class Statements:
    """The last of them, each by all that its text and its parameters rest on: what is not in the key must not matter."""

    def __init__(self, most: int):
        self.most = most
        self.kept: OrderedDict[Hashable, Asked] = OrderedDict()
        self.shared: WeakValueDictionary[str, QuerySet[Any]] = WeakValueDictionary()
        self.lock = Lock()

    def rows(self, key: Hashable, ask: Callable[[], QuerySet[Row]], about: int | None = None) -> QuerySet[Row]:
        """What `ask` asks for, which is called only when the key is new; where it says OPEN it is about `about`."""
        with self.lock:
            asked = self.kept.get(key)
            if asked:
                self.kept.move_to_end(key)
        return (asked or self.keep(key, ask())).about(about)

    def keep(self, key: Hashable, rows: QuerySet[Any]) -> Asked:
        asked = self.asked(rows)
        with self.lock:
            self.kept[key] = asked
            while len(self.kept) > self.most:
                self.kept.popitem(last=False)
        return asked

    def asked(self, rows: QuerySet[Any]) -> Asked:
        try:
            statement = Statement.of(rows)
        except EmptyResultSet:
            return Asked(rows.none())
        shape = self.shared.get(statement.sql)
        if shape is None:
            shape = rows.all()
            shape.query = replace(statement, parameters=())
            self.shared[statement.sql] = shape
        return Asked(shape, statement.parameters)
