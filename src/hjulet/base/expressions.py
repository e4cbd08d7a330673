"""What the databases need to be told in their own way."""

from django.db.models import F, Func


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
