"""Words as the index knows them. They are split, folded and stemmed here, so that both databases find the same."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from unicodedata import normalize

import snowballstemmer
import yaml

# A letter or digit and what follows; an accent may stand as a sign of its own after its letter.
WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
LONGEST = 60
DATA = Path(__file__).parent / "data" / "words.yaml"


def words_of(text: str) -> list[str]:
    """The folded words of a text in their order."""
    return [folded for match in WORD.finditer(text) if (folded := fold(match.group()))]


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Without case and typographic variants; å, ä, ö and é stay letters of their own. Cut at `LONGEST` signs."""
    plain = normalize("NFKC", normalize("NFKC", word).casefold())
    return "".join(sign for sign in plain if sign.isalnum())[:LONGEST]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a folded word: "avvik" of avvikelse, avvikelser and avvikelsen.

    A stemmer holds the word it works on, so that threads cannot share one.
    """
    return snowballstemmer.stemmer("swedish").stemWord(word)


def stems_of(words: Iterable[str]) -> Iterator[str]:
    return map(stem, words)


@cache
def small_words() -> frozenset[str]:
    return frozenset(map(fold, listed()["small"]))


@cache
def synonyms() -> dict[str, frozenset[str]]:
    """For the stem of each listed word the stems of those that mean the same, itself among them."""
    found: dict[str, frozenset[str]] = {}
    for group in listed()["synonyms"]:
        stems = frozenset(stem(fold(word)) for word in group)
        for one in stems:
            found[one] = found.get(one, frozenset()) | stems
    return found


def listed() -> dict[str, list]:
    return yaml.safe_load(DATA.read_text(encoding="utf-8"))
