# SPDX-License-Identifier: EUPL-1.2
"""A file that is sealed as it is written: AES-256-GCM over pieces, each bound to its place and to the end.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway and Vizár 2015), as in age: a nonce of a counter and a mark
for the last piece, so that nothing can be cut off, swapped or added without notice.
"""

from __future__ import annotations

import base64
import io
import os
import secrets
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from stip.errors import FileError, SettingsError

MAGIC = b"stip-backup-1\n"
PIECE = 1 << 20
_SALT = 32
_TAG = 16


def read_or_make_key(path: Path) -> tuple[bytes, bool]:
    """Read the key of backups, or make it, readable by its owner only.

    Returns
    -------
    bytes
        32 of them.
    bool
        Whether it is new, and so must be kept elsewhere too.
    """
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(base64.b64encode(secrets.token_bytes(32)).decode() + "\n")
        return read_key(path), True
    except FileExistsError:
        return read_key(path), False
    except OSError as error:
        raise SettingsError(f"De sleutel {path} is niet te maken: {error.strerror}. Kies een andere plek.") from error


def read_key(path: Path) -> bytes:
    """Read the key of backups.

    Raises
    ------
    SettingsError
        When it is not there, or not a key.
    """
    try:
        key = base64.b64decode(path.read_text().strip(), validate=True)
    except (OSError, ValueError) as error:
        raise SettingsError(f"Op {path} ligt geen sleutel van reservekopieën. Wijs hem aan met --key.") from error
    if len(key) != 32:
        raise SettingsError(f"De sleutel {path} is niet heel. Haal hem uit de kluis.")
    return key


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=salt, info=MAGIC).derive(key))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class SealingWriter(io.RawIOBase):
    """Seals what is written to it; it must be closed, or the file has no end."""

    def __init__(self, out: BinaryIO, key: bytes) -> None:
        salt = secrets.token_bytes(_SALT)
        self._out, self._cipher, self._number, self._waiting = out, _cipher(key, salt), 0, bytearray()
        out.write(MAGIC + salt)

    def writable(self) -> bool:
        """Say yes."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take some; a piece goes out when more than it has come in."""
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def close(self) -> None:
        """Write the last piece."""
        if not self.closed:
            self._seal(bytes(self._waiting), last=True)
            super().close()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._number, last), piece, MAGIC))
        self._number += 1


class OpeningReader(io.RawIOBase):
    """Opens a sealed file as it is read.

    Raises
    ------
    FileError
        When it is no backup, was sealed with another key, or is not whole.
    """

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        if file.read(len(MAGIC)) != MAGIC:
            raise FileError("Dit bestand is geen reservekopie van Stip.")
        self._file, self._number, self._open, self._ended = file, 0, b"", False
        self._cipher = _cipher(key, file.read(_SALT))
        self._ahead = file.read(PIECE + _TAG)

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Give some of what was sealed."""
        while not self._open and not self._ended:
            self._next()
        given = self._open[: len(buffer)]
        buffer[: len(given)] = given
        self._open = self._open[len(given) :]
        return len(given)

    def _next(self) -> None:
        piece, self._ahead = self._ahead, self._file.read(PIECE + _TAG)
        self._ended = not self._ahead
        try:
            self._open = self._cipher.decrypt(_nonce(self._number, self._ended), piece, MAGIC)
        except InvalidTag as error:
            raise FileError(
                "Deze reservekopie is niet te openen: het is een andere sleutel, of het bestand is niet heel."
            ) from error
        self._number += 1
