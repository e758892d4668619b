# SPDX-License-Identifier: EUPL-1.2
"""In which encoding a text file is written."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from stip.words import number

_PIECE = 1 << 24
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8 met kenmerk"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_OLD = {
    "cp1252": "Windows (cp1252)",
    "cp850": "DOS (cp850)",
    "mac_roman": "oude Macintosh (mac_roman)",
    "cp1250": "Windows, Midden-Europa (cp1250)",
}
_USUAL = frozenset("éëïöüèêáàâäçñóôòíîìúûùæøåßÉËÏÖÜÈÁÀÄÇÑÓŐÅØ€’‘“”„–—…´²³°½¼±§·©®™\u00a0")
"""Signs that Dutch tables hold besides plain letters; a wrong guess of the encoding shows others."""


@dataclass(frozen=True)
class Encoding:
    """How the bytes of a file are to be read.

    Attributes
    ----------
    codec : str
        Python's name.
    shown : str
        What people call it.
    bom : int
        Bytes at the start that only tell the encoding.
    empty_bytes : int
        NUL bytes that do not belong in text; they are left out.
    unreadable : int
        Places where the bytes fit no sign; there stands a replacement sign.
    """

    codec: str
    shown: str
    bom: int = 0
    empty_bytes: int = 0
    unreadable: int = 0

    @property
    def facts(self) -> tuple[str, ...]:
        """What was found, in Dutch."""
        facts = [f"Tekens: {self.shown}."]
        if self.empty_bytes:
            facts.append(
                f"{number(self.empty_bytes)} lege bytes (NUL) zijn overgeslagen; het bestand kan beschadigd zijn."
            )
        if self.unreadable:
            facts.append(
                f"{number(self.unreadable)} tekens zijn niet te lezen; dat kan een mengsel van coderingen zijn."
            )
        return tuple(facts)


def find_encoding(path: Path) -> Encoding:
    """Look the whole file over and say how to read it."""
    with path.open("rb") as file:
        start = file.read(4096)
    for bom, codec, shown in _BOMS:
        if start.startswith(bom):
            wide = codec != "utf-8"
            return Encoding(codec, shown, len(bom), 0 if wide else _look_over(path)[0])
    even, odd = start[::2].count(0), start[1::2].count(0)
    if (even + odd) * 4 > len(start) and max(even, odd) > 0.9 * (even + odd):
        return Encoding("utf-16-le" if odd > even else "utf-16-be", "UTF-16 zonder kenmerk")
    empty, plain, is_utf8 = _look_over(path)
    if is_utf8:
        return Encoding("utf-8", "gewone letters (ASCII)" if plain else "UTF-8", 0, empty)
    return _old_encoding(path, empty)


def utf8_pieces(path: Path, encoding: Encoding) -> Iterator[tuple[bytes, int]]:
    """Yield the file as UTF-8 in pieces, each with the number of bytes read so far."""
    decoder = codecs.getincrementaldecoder(encoding.codec)(errors="replace")
    as_is = encoding.codec == "utf-8" and not encoding.unreadable
    done = 0
    with path.open("rb") as file:
        file.seek(encoding.bom)
        while piece := file.read(_PIECE):
            done += len(piece)
            text = piece if as_is else decoder.decode(piece).encode()
            yield (text.replace(b"\0", b"") if encoding.empty_bytes else text), done
    if not as_is and (tail := decoder.decode(b"", final=True)):
        yield tail.encode(), done


def _old_encoding(path: Path, empty: int) -> Encoding:
    """Choose between UTF-8 with a few bad bytes and the encodings from before it."""
    high = _high_parts(path)
    as_utf8 = high.decode("utf-8", errors="replace")
    bad = as_utf8.count("\ufffd")
    if sum(not sign.isascii() for sign in as_utf8) - bad > 3 * bad:
        return Encoding("utf-8", "UTF-8", 0, empty, _bad_places(path, "utf-8"))
    guess = from_bytes(high, cp_isolation=list(_OLD), threshold=0.9).best()
    ranked = sorted(_OLD, key=lambda codec: (-_share_usual(high, codec), guess is None or guess.encoding != codec))
    codec = "cp1252" if _share_usual(high, "cp1252") >= _share_usual(high, ranked[0]) else ranked[0]
    return Encoding(codec, _OLD[codec], 0, empty, _bad_places(path, codec))


def _share_usual(text: bytes, codec: str) -> float:
    signs = [sign for sign in text.decode(codec, errors="replace") if not sign.isascii()]
    return sum(sign in _USUAL for sign in signs) / max(len(signs), 1)


def _high_parts(path: Path, most: int = 2000) -> bytes:
    """Return parts of the file around bytes that are not ASCII."""
    parts: list[bytes] = []
    for piece in _pieces(path):
        for found in re.finditer(rb"[\x20-\x7e]{0,20}[\x80-\xff]+[\x20-\x7e]{0,20}", piece):
            parts.append(found.group())
            if len(parts) == most:
                return b"\n".join(parts)
    return b"\n".join(parts)


def _bad_places(path: Path, codec: str) -> int:
    decoder = codecs.getincrementaldecoder(codec)(errors="replace")
    bad = sum(decoder.decode(piece).count("\ufffd") for piece in _pieces(path))
    return bad + decoder.decode(b"", final=True).count("\ufffd")


def _look_over(path: Path) -> tuple[int, bool, bool]:
    """Return how many NUL bytes there are, whether all is ASCII, and whether all is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    empty, plain, valid = 0, True, True
    for piece in _pieces(path):
        empty += piece.count(0)
        plain = plain and piece.isascii()
        if valid and not plain:
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                valid = False
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        valid = False
    return empty, plain, valid


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
