"""How many gaps a person was last told of: kept in the session, which every page has read anyway."""

from collections.abc import MutableMapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

KEY = "gaps"
FRESH_FOR = timedelta(minutes=15)


class Remembered(NamedTuple):
    """`count` is None before anything has been counted; what is not `is_fresh` is counted again beside the page."""

    count: int | None
    is_fresh: bool


def remember(session: MutableMapping[str, Any], count: int) -> None:
    session[KEY] = [count, timezone.now().isoformat()]


def remembered(session: MutableMapping[str, Any]) -> Remembered:
    if KEY not in session:
        return Remembered(None, is_fresh=False)
    count, at = session[KEY]
    return Remembered(count, is_fresh=datetime.fromisoformat(at) > timezone.now() - FRESH_FOR)
