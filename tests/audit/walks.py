"""How to break the log on purpose: the guards are taken away, the harm is done, the guards are put back."""

from contextlib import contextmanager

from django.db import connection

TABLE = "audit_event"


def execute(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def guards_down():
    if connection.vendor == "postgresql":
        execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        yield
        execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")
        return
    with connection.cursor() as cursor:
        guards = cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE]
        ).fetchall()
    execute(*(f"DROP TRIGGER {name}" for name, _sql in guards))
    yield
    execute(*(sql for _name, sql in guards))


def tamper(*statements):
    with guards_down():
        execute(*statements)
