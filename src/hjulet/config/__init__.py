"""Wiring only: settings, root addresses, command line. No domain word lives here."""

import sys

try:
    import pysqlite3
except ImportError:  # no wheel for this machine: the system's own SQLite serves
    pass
else:
    # Debian 12's SQLite can corrupt a WAL database at reset; the bundled one is mended.
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
