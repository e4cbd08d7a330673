"""The two databases an installation can have, each set so that pages are quick and nothing waits for ever."""

from pathlib import Path

# To open one takes as long as five statements. One that is kept for ever would never hear of an ANALYZE.
KEPT = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


def embedded(file: Path) -> dict:
    """Settings of the SQLite database in `file`."""
    return KEPT | {
        "ENGINE": "hjulet.base.sqlite",
        "NAME": file,
        "OPTIONS": {
            # A deferred transaction that reads and then writes fails at once when another writes.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;PRAGMA temp_store=MEMORY"
                # Twice what it is by itself: to count a year of a nämnd reads rows all over the largest tables.
                ";PRAGMA cache_size=-4000"
            ),
        },
    }


def postgres(address: dict) -> dict:
    """Settings of the PostgreSQL database at `address`, as the environment reads it; its own options come last."""
    asked = address.get("OPTIONS", {})
    # Else PostgreSQL makes machine code of the largest questions first: of Gaps for fourteen seconds, to save one.
    at_start = f"-c jit=off {asked.get('options', '')}".strip()
    # A server that is gone is soon given up.
    options = {"connect_timeout": 5, "application_name": "hjulet"} | asked | {"options": at_start}
    return address | KEPT | {"OPTIONS": options}
