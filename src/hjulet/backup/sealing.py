"""A file that only the passphrase opens: pieces of AES-256-GCM, read from any place without unpacking it on disk.

The key is scrypt of the passphrase and a salt of the file's own. Each piece is sealed with its number and whether it is
the last one, so a piece that is changed, moved, added or cut off does not open.
"""

import hashlib
import hmac
import io
import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from hjulet.base.operations import Refused

MAGIC = b"hjulet sealed 1\n"
SALT, CHECK, TAG = 16, 32, 16
HEADER = len(MAGIC) + SALT + CHECK
PIECE = 64 * 1024


def is_sealed(file: BinaryIO) -> bool:
    """Leaves the file at its beginning."""
    start = file.read(len(MAGIC))
    file.seek(0)
    return start == MAGIC


def keys_of(passphrase: str, salt: bytes) -> tuple[bytes, bytes]:
    """The key, and what tells a wrong passphrase from a damaged file."""
    made = hashlib.scrypt(passphrase.encode(), salt=salt, n=2**16, r=8, p=1, maxmem=2**27, dklen=64)
    return made[:32], made[32:]


def nonce_of(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Sealer(io.RawIOBase):
    """Writes to `file` what only the passphrase opens. `close` seals the end; without it the file does not open."""

    def __init__(self, file: BinaryIO, passphrase: str):
        salt = os.urandom(SALT)
        key, check = keys_of(passphrase, salt)
        self.file, self.cipher = file, AESGCM(key)
        self.pending, self.number = bytearray(), 0
        file.write(MAGIC + salt + check)

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.pending += data
        while len(self.pending) > PIECE:
            self.seal(bytes(self.pending[:PIECE]), last=False)
            del self.pending[:PIECE]
        return len(data)

    def finish(self) -> None:
        self.seal(bytes(self.pending), last=True)
        self.pending.clear()

    def seal(self, piece: bytes, *, last: bool) -> None:
        self.file.write(self.cipher.encrypt(nonce_of(self.number, last=last), piece, None))
        self.number += 1


class Opener(io.RawIOBase):
    """Reads what `Sealer` wrote. Raises `Refused` for a wrong passphrase and where the file is damaged."""

    def __init__(self, file: BinaryIO, passphrase: str):
        header = file.read(HEADER)
        salt, check = header[len(MAGIC) : len(MAGIC) + SALT], header[len(MAGIC) + SALT :]
        key, expected = keys_of(passphrase, salt)
        if not hmac.compare_digest(check, expected):
            raise Refused(_("Lösenfrasen stämmer inte. Skriv den igen."))
        self.file, self.cipher = file, AESGCM(key)
        sealed = file.seek(0, io.SEEK_END) - HEADER
        self.count = max(1, -(-sealed // (PIECE + TAG)))
        self.size = sealed - self.count * TAG
        self.position, self.held = 0, (-1, b"")
        self.piece(self.count - 1)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.position = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self.position, io.SEEK_END: self.size}[whence]
        return self.position

    def tell(self) -> int:
        return self.position

    def readinto(self, buffer) -> int:
        if self.position >= self.size:
            return 0
        number, start = divmod(self.position, PIECE)
        data = self.piece(number)[start : start + len(buffer)]
        buffer[: len(data)] = data
        self.position += len(data)
        return len(data)

    def piece(self, number: int) -> bytes:
        if self.held[0] != number:
            self.file.seek(HEADER + number * (PIECE + TAG))
            sealed = self.file.read(PIECE + TAG)
            try:
                opened = self.cipher.decrypt(nonce_of(number, last=number == self.count - 1), sealed, None)
            except (InvalidTag, ValueError) as error:
                raise Refused(_("Filen är skadad eller avklippt. Ta en annan säkerhetskopia.")) from error
            self.held = (number, opened)
        return self.held[1]
