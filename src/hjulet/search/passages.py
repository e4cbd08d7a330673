"""The piece of a text that shows why it was found, with the words that were."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hjulet.search.asking import Term
from hjulet.search.words import WORD, fold, stem

WORDS_BEFORE, WORDS_AFTER = 8, 32
LONGEST = 400


@dataclass(frozen=True)
class Piece:
    text: str
    is_found: bool = False


class Marker:
    """Finds what a search was about in texts as they were written."""

    def __init__(self, terms: Sequence[Term]):
        self.words = {word for term in terms for word in term.words}
        self.stems = {one for term in terms for one in term.marked_stems}

    def is_about(self, word: str) -> bool:
        folded = fold(word)
        return folded in self.words or stem(folded) in self.stems

    def passage(self, text: str) -> list[Piece]:
        """Some words from just before the first that was found, or from the beginning when none was."""
        words = list(WORD.finditer(text))
        first = next((place for place, word in enumerate(words) if self.is_about(word.group())), 0)
        start, end = max(first - WORDS_BEFORE, 0), first + WORDS_AFTER
        begins = words[start].start() if start else 0
        ends = words[end].start() if end < len(words) else len(text)
        before, after = "… " if start else "", " …" if end < len(words) else ""
        return self.marked(f"{before}{text[begins:ends].rstrip()[:LONGEST]}{after}")

    def marked(self, text: str) -> list[Piece]:
        return [piece for piece in self.pieces(text) if piece.text]

    def pieces(self, text: str) -> Iterator[Piece]:
        end = 0
        for word in WORD.finditer(text):
            if self.is_about(word.group()):
                yield Piece(text[end : word.start()])
                yield Piece(word.group(), is_found=True)
                end = word.end()
        yield Piece(text[end:])
