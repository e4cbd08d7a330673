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
        """In the place of the same guard where there is one: SQLite loses it when a constraint makes the table anew."""
        is_sqlite = schema_editor.connection.vendor == "sqlite"
        for statement in self.statements(is_sqlite=is_sqlite):
            if statement.startswith("CREATE TRIGGER"):
                name, on = statement.split()[2], "" if is_sqlite else f" ON {self.table}"
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}", params=None)
            schema_editor.execute(statement, params=None)

    def statements(self, *, is_sqlite: bool) -> list[str]:
        return split((SQLITE if is_sqlite else POSTGRESQL).format(table=self.table))

    def describe(self):
        return f"Refuse UPDATE and DELETE on {self.table}"


def split(sql: str) -> list[str]:
    """One statement per trigger or function: SQLite runs one at a time."""
    return ["CREATE" + part for part in sql.split("CREATE")[1:]]


SETTLED_SQLITE = """
CREATE TRIGGER {table}_settled_no_update BEFORE UPDATE ON {table}
WHEN OLD.{column} IN ({settled}) AND (NEW.{column} NOT IN ({settled}) OR {changed})
BEGIN SELECT RAISE(ABORT, '{table} is settled'); END;
CREATE TRIGGER {table}_settled_no_delete BEFORE DELETE ON {table}
WHEN OLD.{column} IN ({settled})
BEGIN SELECT RAISE(ABORT, '{table} is settled'); END;
"""
SETTLED_POSTGRESQL = """
CREATE OR REPLACE FUNCTION hjulet_settled() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is settled', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {table}_settled_no_update BEFORE UPDATE ON {table} FOR EACH ROW
WHEN (OLD.{column} IN ({settled}) AND (NEW.{column} NOT IN ({settled}) OR {changed}))
EXECUTE FUNCTION hjulet_settled();
CREATE TRIGGER {table}_settled_no_delete BEFORE DELETE ON {table} FOR EACH ROW
WHEN (OLD.{column} IN ({settled}))
EXECUTE FUNCTION hjulet_settled();
"""
PARTS_SQLITE = """
CREATE TRIGGER {table}_settled_update BEFORE UPDATE ON {table}
WHEN (SELECT state FROM {whole} WHERE id = OLD.{of}) IN ({settled})
BEGIN SELECT RAISE(ABORT, '{table} is settled'); END;
CREATE TRIGGER {table}_settled_delete BEFORE DELETE ON {table}
WHEN (SELECT state FROM {whole} WHERE id = OLD.{of}) IN ({settled})
BEGIN SELECT RAISE(ABORT, '{table} is settled'); END;
"""
PARTS_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_settled() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF (SELECT state FROM {whole} WHERE id = OLD.{of}) IN ({settled}) THEN
RAISE EXCEPTION '% is settled', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$;
CREATE TRIGGER {table}_settled BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_settled();
"""
APART_SQLITE = """
CREATE TRIGGER {table}_apart_{event} AFTER {event} ON {table}
WHEN EXISTS (SELECT 1 FROM {table} other WHERE {overlaps})
BEGIN SELECT RAISE(ABORT, '{table} has overlapping periods'); END;
"""
APART_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_apart() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF EXISTS (SELECT 1 FROM {table} other WHERE {overlaps}) THEN
RAISE EXCEPTION '% has overlapping periods', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END IF; RETURN NEW; END $$;
CREATE TRIGGER {table}_apart BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_apart();
"""


class Settled(AppendOnly):
    """What has come to one of the `states` keeps the columns that are named, stays among them, and is never removed."""

    def __init__(self, table: str, *, states: tuple[str, ...], keeps: tuple[str, ...], column: str = "state"):
        super().__init__(table)
        self.states, self.keeps, self.column = states, keeps, column

    def statements(self, *, is_sqlite: bool) -> list[str]:
        differs = "IS NOT" if is_sqlite else "IS DISTINCT FROM"
        sql = (SETTLED_SQLITE if is_sqlite else SETTLED_POSTGRESQL).format(
            table=self.table,
            column=self.column,
            settled=", ".join(f"'{state}'" for state in self.states),
            changed=" OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in self.keeps),
        )
        return split(sql)

    def describe(self):
        return f"Keep what is settled in {self.table}"


class SettledWith(AppendOnly):
    """The parts of what has come to one of the `states` are neither changed nor removed."""

    def __init__(self, table: str, *, whole: str, of: str, states: tuple[str, ...]):
        super().__init__(table)
        self.whole, self.of, self.states = whole, of, states

    def statements(self, *, is_sqlite: bool) -> list[str]:
        sql = PARTS_SQLITE if is_sqlite else PARTS_POSTGRESQL
        settled = ", ".join(f"'{state}'" for state in self.states)
        return split(sql.format(table=self.table, whole=self.whole, of=self.of, settled=settled))

    def describe(self):
        return f"Keep the parts of what is settled in {self.table}"


class PeriodsApart(AppendOnly):
    """The periods of the rows that share `of` never overlap. One that ends before it begins is no period."""

    def __init__(self, table: str, *, of: str, start: str = "valid_from", end: str = "valid_to"):
        super().__init__(table)
        self.of, self.start, self.end = of, start, end

    def statements(self, *, is_sqlite: bool) -> list[str]:
        end_of = f"COALESCE({{row}}.{self.end}, '9999-12-31')".format
        rows = ("NEW", "other")
        overlaps = " AND ".join(
            (
                f"other.{self.of} = NEW.{self.of} AND other.id <> NEW.id",
                *(f"{row}.{self.start} <= {end_of(row=row)}" for row in rows),
                f"NEW.{self.start} <= {end_of(row='other')} AND other.{self.start} <= {end_of(row='NEW')}",
            )
        )
        if is_sqlite:
            both = (APART_SQLITE.format(table=self.table, event=e, overlaps=overlaps) for e in ("INSERT", "UPDATE"))
            return split("".join(both))
        return split(APART_POSTGRESQL.format(table=self.table, overlaps=overlaps))

    def describe(self):
        return f"Keep the periods of {self.table} apart"
