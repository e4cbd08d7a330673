"""SQLite whose connections are kept from page to page, for as long as the file they opened is where it was.

A file that a restore has taken away goes on taking writes from whoever has it open, and they are lost.
"""

from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks before the first statement of a page; the setting CONN_HEALTH_CHECKS turns it on."""

    opened: tuple[int, int] | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        self.opened = self.file_there()
        return connection

    def is_usable(self) -> bool:
        return self.opened == self.file_there()

    def file_there(self) -> tuple[int, int] | None:
        """Which file lies at the address: the disk's number and the file's on it. None without one."""
        try:
            found = Path(self.settings_dict["NAME"]).stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino
