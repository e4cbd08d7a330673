import io
import zipfile

import pytest

from hjulet.backup.sealing import HEADER, MAGIC, PIECE, TAG, Opener, Sealer, is_sealed
from hjulet.base.operations import Refused

WORDS = "en lång lösenfras för prov"
DAMAGED = "Filen är skadad eller avklippt"


def sealed(content):
    file = io.BytesIO()
    sealer = Sealer(file, WORDS)
    for start in range(0, len(content), 50_000):
        sealer.write(content[start : start + 50_000])
    sealer.finish()
    return file.getvalue()


def opened(data, words=WORDS):
    return io.BufferedReader(Opener(io.BytesIO(data), words)).read()


CONTENT = bytes(range(256)) * (PIECE // 256) * 3 + b"the end"
SEALED = sealed(CONTENT)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_what_was_sealed_is_opened(size):
    data = sealed(CONTENT[:size])

    assert is_sealed(io.BytesIO(data))
    assert opened(data) == CONTENT[:size]
    assert len(data) == HEADER + size + TAG * max(1, -(-size // PIECE))


def test_every_file_has_a_key_of_its_own():
    assert SEALED[HEADER:] != sealed(CONTENT)[HEADER:]


def test_nothing_of_it_can_be_read_without_the_passphrase():
    assert CONTENT[:16] not in SEALED
    with pytest.raises(Refused, match="Lösenfrasen stämmer inte"):
        opened(SEALED, "en annan lösenfras")


FIRST, SECOND = SEALED[HEADER : HEADER + PIECE + TAG], SEALED[HEADER + PIECE + TAG : HEADER + 2 * (PIECE + TAG)]


@pytest.mark.parametrize(
    "data",
    [
        SEALED[:-1],
        SEALED[: HEADER + 2 * (PIECE + TAG)],  # whole pieces, but the last are gone
        SEALED[:HEADER],
        SEALED + b"x",
        SEALED[: HEADER + 9] + bytes([SEALED[HEADER + 9] ^ 1]) + SEALED[HEADER + 10 :],
        SEALED[:HEADER] + SECOND + FIRST + SEALED[HEADER + 2 * (PIECE + TAG) :],
    ],
    ids=["shorter", "without its end", "empty", "longer", "changed", "in another order"],
)
def test_what_was_changed_does_not_open(data):
    with pytest.raises(Refused, match=DAMAGED):
        opened(data)


def test_a_changed_salt_is_as_a_wrong_passphrase():
    data = bytearray(SEALED)
    data[len(MAGIC)] ^= 1

    with pytest.raises(Refused, match="Lösenfrasen stämmer inte"):
        opened(bytes(data))


def test_it_is_read_from_any_place():
    file = Opener(io.BytesIO(SEALED), WORDS)

    file.seek(PIECE - 2)
    across = io.BufferedReader(file).read(4)

    assert across == CONTENT[PIECE - 2 : PIECE + 2]
    assert file.seek(-3, io.SEEK_END) == len(CONTENT) - 3
    assert (file.read(10), file.tell(), file.read(1)) == (b"end", len(CONTENT), b"")
    file.seek(5)
    assert file.seek(2, io.SEEK_CUR) == 7


def test_a_zip_is_written_through_it_and_read_through_it():
    file = io.BytesIO()
    sealer = Sealer(file, WORDS)
    with zipfile.ZipFile(sealer, "w") as archive:
        archive.writestr("a.txt", CONTENT)
    sealer.finish()

    with zipfile.ZipFile(io.BufferedReader(Opener(io.BytesIO(file.getvalue()), WORDS))) as archive:
        assert archive.read("a.txt") == CONTENT


def test_an_open_file_is_not_taken_for_a_sealed_one():
    file = io.BytesIO(b"PK\x03\x04")

    assert (is_sealed(file), file.tell()) == (False, 0)
