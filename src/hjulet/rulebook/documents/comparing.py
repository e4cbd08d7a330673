"""What differs between two versions, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from diff_match_patch import diff_match_patch
from django.utils.translation import gettext as _

from hjulet.rulebook.documents.drawing import decided_by
from hjulet.rulebook.documents.models import DocumentVersion

WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")
# The letters that stand for words: outside what text itself may hold surrogates of.
FIRST_LETTER, SURROGATES = 0x100, range(0xD800, 0xE000)
MOST_SECONDS: Final = 2.0
SAME, ADDED, REMOVED = "same", "added", "removed"
KINDS: Final = {0: SAME, 1: ADDED, -1: REMOVED}


@dataclass(frozen=True)
class Piece:
    """Text that stands in both versions, in the newer one only or in the older one only."""

    kind: str
    text: str


@dataclass(frozen=True)
class Fact:
    name: str
    older: str
    newer: str


@dataclass(frozen=True)
class Comparison:
    older: DocumentVersion
    newer: DocumentVersion
    facts: list[Fact]
    pieces: list[Piece]
    added: int
    removed: int

    @property
    def is_same(self) -> bool:
        return not self.added and not self.removed


def compare(older: DocumentVersion, newer: DocumentVersion) -> Comparison:
    pieces = list(pieces_of(older.plain, newer.plain))
    return Comparison(
        older,
        newer,
        facts=facts_of(older, newer),
        pieces=pieces,
        added=words_in(pieces, ADDED),
        removed=words_in(pieces, REMOVED),
    )


def pieces_of(older: str, newer: str) -> Iterator[Piece]:
    """The differ knows letters: each word is lent one of its own."""
    letters: dict[str, str] = {}
    compared = diff_match_patch()
    compared.Diff_Timeout = MOST_SECONDS
    found = compared.diff_main(lettered(older, letters), lettered(newer, letters), checklines=False)
    compared.diff_cleanupSemantic(found)
    words = {letter: word for word, letter in letters.items()}
    for sign, text in found:
        yield Piece(KINDS[sign], "".join(words[letter] for letter in text))


def lettered(text: str, letters: dict[str, str]) -> str:
    return "".join(letters.setdefault(word, letter_number(len(letters))) for word in WORDS.findall(text))


def letter_number(number: int) -> str:
    code = FIRST_LETTER + number
    return chr(code if code < SURROGATES.start else code + len(SURROGATES))


def words_in(pieces: list[Piece], kind: str) -> int:
    return sum(len(piece.text.split()) for piece in pieces if piece.kind == kind)


def facts_of(older: DocumentVersion, newer: DocumentVersion) -> list[Fact]:
    """What is said of the versions and differs."""
    both = [facts(older), facts(newer)]
    return [Fact(name, both[0][name], both[1][name]) for name in both[0] if both[0][name] != both[1][name]]


def facts(version: DocumentVersion) -> dict[str, str]:
    said: dict[str, Any] = {
        _("Titel"): version.title,
        _("Beslutat av"): decided_by(version),
        _("Beslutsdag"): version.decided_date,
        _("Gäller från och med"): version.valid_from,
        _("Fil"): version.upload,
    }
    return {str(name): str(value or "") for name, value in said.items()}
