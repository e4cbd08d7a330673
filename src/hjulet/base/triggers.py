"""Tables that may only grow: UPDATE and DELETE are refused by the database itself."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION hjulet_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION hjulet_append_only();
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION hjulet_append_only();
"""


class AppendOnly(migrations.operations.base.Operation):
    """Migration operation that guards one table on both databases."""

    reversible = False
    reduces_to_sql = True

    def __init__(self, table: str):
        self.table = table

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        sql = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
        for statement in split(sql.format(table=self.table)):
            schema_editor.execute(statement, params=None)

    def describe(self):
        return f"Refuse UPDATE and DELETE on {self.table}"


def split(sql: str) -> list[str]:
    """One statement per trigger or function: SQLite runs one at a time."""
    return ["CREATE" + part for part in sql.split("CREATE")[1:]]
