"""How much two texts have in common. Pure functions."""

import re
from hashlib import blake2b
from typing import Final

WORD: Final = re.compile(r"\w+")
WORDS_IN_A_PIECE: Final = 5
LEAST_PIECES: Final = 20
PIECES_KEPT: Final = 64


def pieces(text: str) -> set[int]:
    """Every five words in a row, as numbers of 48 bits that are the same in every process and on every machine."""
    words = [word.casefold() for word in WORD.findall(text)]
    rows = (" ".join(words[at : at + WORDS_IN_A_PIECE]) for at in range(len(words) - WORDS_IN_A_PIECE + 1))
    return {int.from_bytes(blake2b(row.encode(), digest_size=6).digest()) for row in rows}


def sketch(text: str) -> list[int]:
    """The least of its pieces, which two texts share about as often as they share any (Broder, 1997).

    None for a text that is too short to be a copy of anything.
    """
    found = pieces(text)
    return sorted(found)[:PIECES_KEPT] if len(found) >= LEAST_PIECES else []


def likeness(first: str, second: str) -> float:
    """The pieces that both have, as a share from 0 to 1 of those that either has; 0 when neither has any."""
    ours, theirs = pieces(first), pieces(second)
    either = ours | theirs
    return len(ours & theirs) / len(either) if either else 0.0
