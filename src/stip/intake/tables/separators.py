# SPDX-License-Identifier: EUPL-1.2
"""Which sign parts the cells of a text file, and on which line its headings stand."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from stip.errors import FileError
from stip.intake.tables.lexer import next_record

SEPARATORS = {";": "puntkomma", ",": "komma", "\t": "tab", "|": "rechte streep"}
_LOOK = 30  # records among which the headings are looked for

Known = Callable[[str], bool]
"""Tells whether somebody expects a heading."""


@dataclass(frozen=True)
class Layout:
    """How a text file is laid out.

    Attributes
    ----------
    separator : str
    skipped : int
        Records before the headings.
    headings : list of str
    header : bytes
        The record of the headings, as it stands in the file.
    """

    separator: str
    skipped: int
    headings: list[str]
    header: bytes


def find_layout(start: bytes, *, known: Known, name: str) -> Layout:
    """Find separator and headings.

    Parameters
    ----------
    start : bytes
        The first part of the file, in UTF-8.
    known : callable
        Tells whether a heading is expected; the line with most of these is the one with headings.
    name : str
        Of the file, for a message.

    Raises
    ------
    FileError
        When there is nothing but empty lines, or nothing but a line that is too long to read.
    """
    told = start[:6].lower().removeprefix(b"sep=")[:1].decode() if start[:4].lower() == b"sep=" else ""
    best: tuple[tuple[float, ...], Layout] | None = None
    for separator in (told,) if told in SEPARATORS else SEPARATORS:
        records = first_records(start, separator)
        cells = [_cells(record, separator) for record in records]
        if told:
            cells[0] = []  # the line that only names the separator
        widths = Counter(len(row) for row in cells if any(row))
        if not widths:
            continue
        width, often = max(widths.items(), key=lambda item: (item[0] > 1, item[1]))
        hits = [sum(known(cell) for cell in row) for row in cells]
        line = int(np.argmax(hits)) if max(hits) else next(i for i, row in enumerate(cells) if len(row) == width)
        layout = Layout(separator, line, _tidy(cells[line]), records[line])
        rank = (max(hits), float(width > 1), often / len(cells), float(width))
        if best is None or rank > best[0]:
            best = rank, layout
    if best is None and len(start.strip()) > csv.field_size_limit():
        raise FileError(
            f"{name} is niet in rijen te verdelen: een regel of cel is te lang. Kijk of er regeleinden in staan. "
            "Zo niet, vraag het bestand dan opnieuw op."
        )
    if best is None:
        raise FileError(f"{name} is leeg: er staat geen enkele regel met tekst in. Vraag het bestand opnieuw op.")
    return best[1]


def first_records(start: bytes, separator: str) -> list[bytes]:
    """Return the first records of a file, as bytes."""
    text = np.frombuffer(bytearray(start), dtype=np.uint8)
    records: list[bytes] = []
    place, ends = 0, np.zeros(1, dtype=np.int64)
    while place < len(text) and len(records) < _LOOK:
        stop, following, *_ = next_record(text, place, len(text), True, ord(separator), 1, ends)
        records.append(text[place:stop].tobytes())
        place = following
    return records


def _cells(record: bytes, separator: str) -> list[str]:
    text = record.decode("utf-8", errors="replace")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:  # a cell longer than the reader takes: no heading and no row that tells how the file is cut
        return [""]
    return [cell.strip() for cell in rows[0]] if rows else []


def _tidy(headings: list[str]) -> list[str]:
    """Leave out empty headings at the end: separators too many."""
    while headings and not headings[-1]:
        headings = headings[:-1]
    return headings
