"""The piece of a text that shows why it was found, with the words that were."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hjulet.search.asking import Term
from hjulet.search.words import WORD, fold, stem

WORDS_BEFORE, WORDS_AFTER = 8, 32
LONGEST = 400
NONE: set[int] = set()


@dataclass(frozen=True)
class Piece:
    text: str
    is_found: bool = False


class Marker:
    """Finds what a search was about in texts as they were written."""

    def __init__(self, terms: Sequence[Term]):
        self.words: dict[str, set[int]] = {}
        self.stems: dict[str, set[int]] = {}
        for number, term in enumerate(terms):
            for word in term.words:
                self.words.setdefault(word, set()).add(number)
            for one in term.marked_stems:
                self.stems.setdefault(one, set()).add(number)

    def found_by(self, word: str) -> set[int]:
        """The numbers of the terms that a word of a text is marked for."""
        folded = fold(word)
        return self.words.get(folded, NONE) | self.stems.get(stem(folded), NONE)

    def passage(self, text: str) -> list[Piece]:
        """Some words from just before the first place where most of what was asked for stands together.

        From the beginning when nothing was found.
        """
        words = list(WORD.finditer(text))
        first = self.best_place([word.group() for word in words])
        start, end = max(first - WORDS_BEFORE, 0), first + WORDS_AFTER
        begins = words[start].start() if start else 0
        ends = words[end].start() if end < len(words) else len(text)
        before, after = "… " if start else "", " …" if end < len(words) else ""
        return self.marked(f"{before}{text[begins:ends].rstrip()[:LONGEST]}{after}")

    def best_place(self, words: Sequence[str]) -> int:
        found = [(place, terms) for place, word in enumerate(words) if (terms := self.found_by(word))]

        def together(at: int) -> int:
            end = found[at][0] + WORDS_AFTER
            return len(NONE.union(*(terms for place, terms in found[at : at + WORDS_AFTER] if place < end)))

        return found[max(range(len(found)), key=together)][0] if found else 0

    def marked(self, text: str) -> list[Piece]:
        return [piece for piece in self.pieces(text) if piece.text]

    def pieces(self, text: str) -> Iterator[Piece]:
        end = 0
        for word in WORD.finditer(text):
            if self.found_by(word.group()):
                yield Piece(text[end : word.start()])
                yield Piece(word.group(), is_found=True)
                end = word.end()
        yield Piece(text[end:])
