"""What the databases need to be told in their own way."""

from datetime import date
from typing import TypeVar

from django.db.models import F, ForeignObjectRel, Func, Model, QuerySet, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual
from django.db.models.sql.datastructures import Join
from django.db.models.sql.where import WhereNode

Row = TypeVar("Row", bound=Model)


class Sifted(Func):
    """A column in a condition that most rows meet, to be tested on the rows in their order and not to start from.

    SQLite takes it that twenty-five values stand behind every IN; it would read and sort all rows of a whole nämnd to
    show fifty. PostgreSQL sees by itself that only fifty are asked for.
    """

    arity = 1
    template = "%(expressions)s"

    def __init__(self, column: str):
        super().__init__(F(column))

    def as_sqlite(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, template="+%(expressions)s", **extra)


def not_ended_on(day: date, last: str = "valid_to") -> GreaterThanOrEqual:
    """That the last day of a row has not passed. What has none ends on no day that is asked for.

    Said by one expression and not by OR, PostgreSQL can have an index of it.
    """
    return GreaterThanOrEqual(Coalesce(last, Value(date.max)), day)


def without_conditions(rows: QuerySet[Row]) -> QuerySet[Row]:
    """All rows, with what is read beside each and in the same order. As they are where a join may repeat a row.

    For rows whose keys have been found by the conditions: PostgreSQL, asked for both, tries eight tables at a time in
    the order of the question, and comes to the keys last.
    """
    joins = (join for join in rows.query.alias_map.values() if isinstance(join, Join))
    if any(isinstance(join.join_field, ForeignObjectRel) and join.join_field.multiple for join in joins):
        return rows.all()
    free = rows.all()
    free.query.where = WhereNode()
    return free
