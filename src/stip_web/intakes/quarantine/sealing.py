# SPDX-License-Identifier: EUPL-1.2
"""Encrypting a stream piece by piece, so that a changed, moved, missing or cut-off piece is noticed.

Source: the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár (2015), here over AES-256-GCM with a key
for each stream: the nonce holds the number of the piece and whether it is the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from stip.errors import WorkspaceError

PIECE = 1 << 20
"""Bytes of plain text in each piece but the last."""

_TAG = 16


def stream_key(key: bytes, name: str) -> bytes:
    """Give the key of one stream under the key of an upload."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"stip quarantine {name}".encode()).derive(key)


class Sealer:
    """Writes a stream in pieces.

    Parameters
    ----------
    out : binary file
    key : bytes, 32
        Of this stream alone; see `stream_key`.
    """

    def __init__(self, out: BinaryIO, key: bytes) -> None:
        self._out, self._box = out, AESGCM(key)
        self._held = bytearray()
        self._count = 0

    def write(self, data: bytes) -> None:
        """Add plain text; what does not fill a piece yet is held in memory."""
        self._held += data
        while len(self._held) > PIECE:  # the last piece is written by `close`, even when it is a whole one
            self._write(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]

    def close(self) -> None:
        """Write the last piece; without it the stream is not whole."""
        self._write(bytes(self._held), last=True)
        self._held.clear()

    def _write(self, piece: bytes, *, last: bool) -> None:
        self._out.write(self._box.encrypt(_nonce(self._count, last=last), piece, None))
        self._count += 1


def unsealed(source: BinaryIO, key: bytes) -> Iterator[bytes]:
    """Yield the plain text of a stream.

    Raises
    ------
    WorkspaceError
        When a piece is not as it was written, or the end is missing.
    """
    box, count = AESGCM(key), 0
    piece = source.read(PIECE + _TAG)
    while True:
        after = source.read(PIECE + _TAG)
        try:
            yield box.decrypt(_nonce(count, last=not after), piece, None)
        except InvalidTag:
            raise WorkspaceError(
                "Het bestand in de quarantaine is beschadigd of niet compleet. Gooi het weg en lever het opnieuw aan."
            ) from None
        if not after:
            return
        piece, count = after, count + 1


def _nonce(count: int, *, last: bool) -> bytes:
    return bytes(3) + count.to_bytes(8, "big") + bytes([last])
