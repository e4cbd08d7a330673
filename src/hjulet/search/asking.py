"""What somebody wrote in the search box, read as terms: words that must all be there, quotation marks around a phrase."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Final

from hjulet.search.fulltext import BODY, BODY_STEMS, TITLE, TITLE_STEMS, Words
from hjulet.search.words import small_words, stem, synonyms, words_of

LONGEST = 200
MOST_TERMS = 10
MOST_SPELLINGS, NEARLY = 3, 0.8
QUOTED_OR_NOT = re.compile(r'["“”„]([^"“”„]+)["“”„]|([^"“”„]+)')

SHORTEST_PART = 3
LIGHT_E = re.compile(r"(?<=[^aeiouyåäö])e([lnr])$")
ENDING = re.compile(r"(erna|orna|arna|er|or|ar|en|et|e|a|n|s)$")

EXACT: Final = (TITLE, BODY)
STEMS: Final = (TITLE_STEMS, BODY_STEMS)


@dataclass(frozen=True)
class Term:
    """A word, or the words of a phrase. `wider` are the stems that it also finds: compounds and synonyms.

    `parts` are what the parts of a compound mean, each any of its stems; together they say much the same.
    """

    words: tuple[str, ...]
    is_phrase: bool = False
    wider: frozenset[str] = frozenset()
    parts: tuple[frozenset[str], ...] = ()

    @property
    def stem(self) -> str:
        return stem(self.words[0])

    @property
    def part(self) -> str:
        """What is looked for in compounds: the word without its ending. The stem may be too short: "bruk" of brukare."""
        bare = ENDING.sub("", self.words[0])
        return bare if len(bare) >= 4 else self.words[0]

    @property
    def stems(self) -> frozenset[str]:
        """Any of these is the word; a phrase is found to the letter."""
        return frozenset() if self.is_phrase else frozenset({self.stem}) | self.wider

    @property
    def marked_stems(self) -> frozenset[str]:
        """What a word of a text is marked for."""
        return self.stems.union(*self.parts)

    def exactly(self, columns: tuple[str, ...]) -> Words:
        return Words((self.words,), columns)

    def by_stem(self, columns: tuple[str, ...], stem_columns: tuple[str, ...]) -> Words:
        return self.exactly(columns) if self.is_phrase else Words(((self.stem,),), stem_columns)

    def widely(self, columns: tuple[str, ...], stem_columns: tuple[str, ...]) -> Words:
        if self.is_phrase:
            return self.exactly(columns)
        return Words(tuple((one,) for one in sorted(self.stems)), stem_columns)

    def in_parts(self, columns: tuple[str, ...]) -> list[Words]:
        """All the parts of a compound, each anywhere in the columns."""
        return [Words(tuple((one,) for one in sorted(part)), columns) for part in self.parts]

    def in_a_part(self, columns: tuple[str, ...]) -> Words:
        """Any of the parts of a compound."""
        return Words(tuple((one,) for one in sorted(frozenset[str]().union(*self.parts))), columns)


def terms_of(asked: str) -> list[Term]:
    """At most `MOST_TERMS` of the first `LONGEST` signs; small words count only in a phrase or when there are no others."""
    found = list(dict.fromkeys(all_terms(asked[:LONGEST])))
    weighty = [term for term in found if term.is_phrase or term.words[0] not in small_words()]
    return (weighty or found)[:MOST_TERMS]


def all_terms(asked: str) -> Iterator[Term]:
    for match in QUOTED_OR_NOT.finditer(asked):
        quoted, plain = match.groups()
        if phrase := words_of(quoted or ""):
            yield Term(tuple(phrase), is_phrase=True)
        yield from (Term((word,)) for word in words_of(plain or ""))


def has_part(whole: str, part: str) -> bool:
    """Whether a compound has the part: anywhere from four letters, at its beginning from three; "lag" is not in bolag."""
    return (len(part) >= 4 and part in whole) or (len(part) == 3 and whole.startswith(part))


def widened(term: Term, known: list[str]) -> Term:
    """The term with its synonyms and the compounds among the stems that are known."""
    if term.is_phrase:
        return term
    compounds = {whole for whole in known if has_part(whole, term.part)}
    return replace(term, wider=frozenset(compounds) | synonyms().get(term.stem, frozenset()))


def splits_of(word: str) -> list[tuple[str, str]]:
    """The two words that a compound may be made of, with or without an s between: nyckel·hantering."""
    places = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    pairs = [(word[:place], word[place:]) for place in places]
    return pairs + [(first[:-1], last) for first, last in pairs if first.endswith("s") and len(first) > SHORTEST_PART]


def meanings(word: str) -> frozenset[str]:
    """The stems that a part of a compound stands for: its own, the one without its e (nyckel, nyckl), its synonyms.

    None when a small word is all that it is: medecin is no compound of med.
    """
    own = stem(word)
    if own in small_words():
        return frozenset()
    return frozenset({own, LIGHT_E.sub(r"\1", own)}) | synonyms().get(own, frozenset())


def parted(term: Term, known: Collection[str]) -> Term:
    """The term with its own parts as far as they are known: the pair whose shorter known part is the longest."""
    best: list[str] = []
    for pair in splits_of(term.words[0]):
        parts = [part for part in pair if not meanings(part).isdisjoint(known)]
        if telling(parts) > telling(best):
            best = parts
    return replace(term, parts=tuple(map(meanings, best)))


def telling(parts: list[str]) -> tuple[int, int]:
    """Two parts tell more than one, long ones more than short; one alone only when it is no mere ending."""
    shortest = min(map(len, parts), default=0)
    return (len(parts), shortest) if len(parts) > 1 or shortest > SHORTEST_PART else (0, 0)


def respelled(term: Term, known: Iterable[str]) -> Term:
    """The term with the known stems that are spelled nearly like it: medecin finds medicin."""
    near = get_close_matches(term.stem, known, n=MOST_SPELLINGS, cutoff=NEARLY)
    meant = frozenset(near).union(*(synonyms().get(one, frozenset()) for one in near))
    return replace(term, wider=term.wider | meant)


def tiers_of(terms: list[Term]) -> list[list[Words]]:
    """From best to least: in the title before anywhere, to the letter before by stem before compound and synonym.

    The last holds all that is found; a tier that asks the same as another is left out.
    """
    title, title_stems = (TITLE,), (TITLE_STEMS,)
    tiers = [
        [term.exactly(title) for term in terms],
        [term.by_stem(title, title_stems) for term in terms],
        [term.widely(title, title_stems) for term in terms],
        [term.exactly(EXACT) for term in terms],
        [term.by_stem(EXACT, STEMS) for term in terms],
        [term.widely(EXACT, STEMS) for term in terms],
    ]
    least = tiers.pop()
    return [tier for place, tier in enumerate(tiers) if tier != least and tier not in tiers[:place]] + [least]
