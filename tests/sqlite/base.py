"""SQLite for the test run: emptying the database after a journey may pass the guards of what is kept."""

from hjulet.base.sqlite import base


class DatabaseOperations(base.DatabaseWrapper.ops_class):
    def sql_flush(self, style, tables, **options):
        with self.connection.cursor() as cursor:
            guards = cursor.execute(
                r"SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
                r" AND (name LIKE '%\_no\_%' ESCAPE '\' OR name LIKE '%\_settled\_%' ESCAPE '\')"
            ).fetchall()
        drop = [f"DROP TRIGGER {name}" for name, _sql in guards]
        restore = [sql for _name, sql in guards]
        return drop + super().sql_flush(style, tables, **options) + restore


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
