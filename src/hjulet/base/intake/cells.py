"""What stands in a cell, as a person would have typed it, and what it means."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from hjulet.base.documents.model import clean
from hjulet.base.spreadsheets import ReadCell, Unreadable

MOST_NAMES = 30
ISO = re.compile(r"\d{4}-\d\d-\d\d")


def tidy(value: Any) -> str:
    """The text of a cell: what Excel cannot hold and the space around is left out."""
    return clean(value).strip()


def as_text(value: Any) -> str:
    """What stands in a cell, as a person would have typed it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else str(value)
    if isinstance(value, float | Decimal):
        return f"{Decimal(str(value)).normalize():f}"
    return tidy(value)


def text_in(cell: ReadCell) -> str:
    """ValueError for a formula and for an error of Excel's own."""
    match cell.value:
        case Unreadable(sentence):
            raise ValueError(sentence)
        case value:
            return as_text(value)


def folded(names: Iterable[str]) -> dict[str, str]:
    """Each name by how it may be written, for `chosen`."""
    return {fold(name): name for name in names}


def fold(text: str) -> str:
    """Without regard to case and spaces."""
    return " ".join(text.casefold().split())


def read_day(text: str, _vocabulary: Any = None) -> date:
    with suppress(ValueError):
        if ISO.fullmatch(text):
            return date.fromisoformat(text)
    raise ValueError(_("”%(text)s” är inte ett datum. Skriv ÅÅÅÅ-MM-DD.") % {"text": text})


def read_text(text: str, _vocabulary: Any = None) -> str:
    return text


def chosen(text: str, names: Mapping[str, Any], what: str) -> Any:
    """The name as it is written here; ValueError lists the names, and the one that was probably meant."""
    wanted = fold(text)
    if wanted in names:
        return names[wanted]
    sentences = [_("”%(text)s” är %(what)s.") % {"text": text, "what": what}]
    if close := get_close_matches(wanted, names, n=1):
        sentences.append(_("Menade du %(name)s?") % {"name": names[close[0]]})
    if names:
        sentences.append(_("Tillåtet: %(names)s.") % {"names": listed(dict.fromkeys(names.values()))})
    raise ValueError(" ".join(sentences))


def listed(names: Iterable[str]) -> str:
    """The first thirty: a longer list is found faster in the product itself."""
    *first, beyond = [*islice(names, MOST_NAMES + 1), None][: MOST_NAMES + 1]
    return ", ".join(first) + (_(" med flera") if beyond else "")
