"""The log, for people at a terminal or as JSON for a log system. Never who, and never what anybody wrote.

Only our own loggers are trusted to say nothing of the sort. Of all others the template of a message is kept without
what was put into it, and of every exception its type and where it was raised without what it says: the database names
the values of a row, a mail server the address, a form what was typed.
"""

import json
import logging
import os
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

OURS = "hjulet"
# The web server's first line is its own; below it stands what an exception said.
WEB_SERVER = "_granian"
FRAMES, LAST = 20, 3
# SQLite names columns and constraints after the colon, never values.
OF_SQLITE = re.compile(r"(UNIQUE|CHECK|NOT NULL) constraint failed: [\w., ']+")

request_id: ContextVar[str] = ContextVar("request_id", default="")


def logging_in(log_format: str) -> dict[str, Any]:
    """What Django is told of the log, as text or as JSON: all of it passes through our formatters."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {kind: {"()": f"hjulet.upkeep.logs.{kind.title()}Formatter"} for kind in ("text", "json")},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": log_format}},
        "root": {"handlers": ["console"], "level": "INFO" if log_format == "json" else "WARNING"},
        "loggers": {
            # Its own handlers would write past our formatter, and a line for every answer is ours.
            "django": {"handlers": [], "level": "WARNING"},
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """What may be told of a record, in the order of the line; what is empty is left out."""
    fault = record.exc_info[1] if record.exc_info else None
    said = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": message_of(record),
        "request_id": request_id.get(),
        "process": os.getpid(),
        **getattr(record, "fields", {}),
        "exception": exception_of(fault) if fault else None,
    }
    return {name: value for name, value in said.items() if value not in (None, "")}


def message_of(record: logging.LogRecord) -> str:
    origin = record.name.split(".")[0]
    if origin == OURS:
        return record.getMessage()
    if origin == WEB_SERVER:
        return record.getMessage().partition("\n")[0]
    if record.args and isinstance(record.msg, str):
        return record.msg
    # Ready-made by somebody else: nobody knows what is in it, but where it comes from can be looked up.
    return f"({record.module}:{record.lineno})"


def exception_of(fault: BaseException) -> list[dict[str, Any]]:
    """The exception, and each that led to it: type, the constraint that said no, and the latest places."""
    chain: list[dict[str, Any]] = []
    seen: set[int] = set()
    cause: BaseException | None = fault
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        told = {"type": type_of(cause), "constraint": constraint_of(cause), "at": places(cause.__traceback__)}
        chain.append({name: value for name, value in told.items() if value})
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return chain


def type_of(fault: BaseException) -> str:
    return f"{type(fault).__module__}.{type(fault).__qualname__}".removeprefix("builtins.")


def constraint_of(fault: BaseException) -> str | None:
    """The name the database gives its rule; not the row it was tried on."""
    if named := getattr(getattr(fault, "diag", None), "constraint_name", None):
        return str(named)
    found = OF_SQLITE.fullmatch(str(fault)) if type(fault).__name__ == "IntegrityError" else None
    return found[0] if found else None


def places(trace: TracebackType | None) -> list[str]:
    """All of our own code, and the last few of what it called."""
    frames = traceback.extract_tb(trace)
    told = [frame for frame in frames if is_ours(frame.filename) or frame in frames[-LAST:]]
    return [f"{module_path(frame.filename)}:{frame.lineno} {frame.name}" for frame in told[-FRAMES:]]


def is_ours(file: str) -> bool:
    return "/site-packages/" not in file or "/site-packages/hjulet/" in file


def module_path(file: str) -> str:
    """Where the code is installed is of no use to who reads the log."""
    for above in ("/site-packages/", "/src/"):
        if above in file:
            return file.rpartition(above)[2]
    return file.rpartition("/")[2]


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(fields_of(record), ensure_ascii=False, default=str)


class TextFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        said = fields_of(record)
        exceptions = said.pop("exception", [])
        head = " ".join(str(said.pop(name)) for name in ("time", "level", "logger", "message") if name in said)
        lines = [head + "".join(f" {name}={value}" for name, value in said.items() if name != "process")]
        for told in exceptions:
            lines.append(f"  {told['type']}" + (f" ({told['constraint']})" if "constraint" in told else ""))
            lines += [f"    {place}" for place in told.get("at", [])]
        return "\n".join(lines)
