"""How to break the log on purpose: the guards are taken away, the harm is done, the guards are put back."""

from contextlib import contextmanager

from django.db import connection

TABLE = "audit_event"


def execute(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def guards_down(table):
    if connection.vendor == "postgresql":
        execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        execute("SET CONSTRAINTS ALL IMMEDIATE")  # what points at the rows is tested now and not at the end
        execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return
    with connection.cursor() as cursor:
        guards = cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        ).fetchall()
    execute(*(f"DROP TRIGGER {name}" for name, _sql in guards))
    yield
    execute(*(sql for _name, sql in guards))


def tamper(*statements, table=TABLE):
    with guards_down(table):
        execute(*statements)
