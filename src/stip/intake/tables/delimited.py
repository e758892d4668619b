# SPDX-License-Identifier: EUPL-1.2
"""Reading CSV and other text with separators, in blocks, only the columns that are wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv

from stip.errors import FileError
from stip.intake.file_name import shown_name
from stip.intake.tables.cells import take_cells
from stip.intake.tables.encoding import Encoding, find_encoding, utf8_pieces
from stip.intake.tables.lexer import HEADER_AGAIN, RAGGED, cut_records
from stip.intake.tables.separators import SEPARATORS, Known, find_layout
from stip.intake.tables.table import Block
from stip.words import number

_SAMPLE = 1 << 18
_LONGEST_RECORD = 1 << 26


class DelimitedTable:
    """A text file with a separator between cells and a line of headings.

    Parameters
    ----------
    path : Path
    known : callable
        Tells whether a heading is expected.
    """

    crs = ""

    def __init__(self, path: Path, *, known: Known) -> None:
        self._path = path
        self._encoding: Encoding = find_encoding(path)
        self._layout = find_layout(self._start(), known=known, name=shown_name(path))
        self._counts = {"over_lines": 0, "mended": 0, "blank": 0, "cut_short": 0}
        self.headings = self._layout.headings

    @property
    def facts(self) -> tuple[str, ...]:
        """What was found out about the form of the file."""
        facts = [*self._encoding.facts, f"Tussen de cellen staat een {SEPARATORS[self._layout.separator]}."]
        if not self._ends_whole():
            facts.append("De laatste regel heeft geen regeleinde; kijk of het bestand niet is afgebroken.")
        if self._layout.skipped:
            facts.append(f"De kopregel is regel {self._layout.skipped + 1}; wat erboven staat is overgeslagen.")
        said = {
            "over_lines": "Rijen over meer dan één regel: {}.",
            "mended": "Losse aanhalingstekens, als gewoon teken gelezen: {}.",
            "blank": "Lege regels, overgeslagen: {}.",
            "cut_short": "Rijen met lege cellen te veel aan het eind: {}; die cellen zijn weggelaten.",
        }
        return (*facts, *(said[name].format(number(count)) for name, count in self._counts.items() if count))

    def blocks(self, wanted: Mapping[str, int]) -> Iterator[Block]:
        """Yield the rows; ragged ones only as numbers."""
        self._counts = dict.fromkeys(self._counts, 0)
        header = np.frombuffer(self._layout.header, dtype=np.uint8)
        places = np.array(list(wanted.values()), dtype=np.int64)
        size = max(self._path.stat().st_size, 1)
        rest, row, done = b"", 1, 0
        pieces = utf8_pieces(self._path, self._encoding)
        piece = next(pieces, None)
        while piece is not None:
            text, done = piece
            piece = next(pieces, None)
            held = bytearray(rest)
            held += text
            buffer = np.frombuffer(held, dtype=np.uint8)
            cut, good, rows, broken, kinds, spans = cut_records(
                buffer,
                final=piece is None,
                separator=ord(self._layout.separator),
                columns=len(self.headings),
                header=header,
                first_row=row,
                wanted=places,
            )
            rest = buffer[cut.consumed :].tobytes()
            if len(rest) > _LONGEST_RECORD:
                raise FileError(
                    f"{shown_name(self._path)} heeft na rij {number(cut.next_row - 1)} geen regeleinde meer. "
                    "Dit lijkt geen tabel; vraag het bestand opnieuw op."
                )
            row = cut.next_row
            for name in self._counts:
                self._counts[name] += getattr(cut, name)
            skip = int(np.searchsorted(rows, self._layout.skipped + 1, side="right"))
            after = broken > self._layout.skipped + 1
            yield Block(
                table=self._columns(good, spans, wanted).slice(skip),
                rows=rows[skip:],
                ragged=broken[after & (kinds == RAGGED)],
                header_again=broken[after & (kinds == HEADER_AGAIN)],
                done=min(done / size, 1.0),
            )

    def _columns(self, good: np.ndarray, spans: np.ndarray, wanted: Mapping[str, int]) -> pa.Table:
        columns: list[pa.Array] = []
        for place in range(len(wanted)):
            column = take_cells(good, spans[place])
            if column is None:
                return self._read(good, wanted, spans.shape[1])
            columns.append(column)
        return pa.table(columns, names=list(wanted))

    def _read(self, good: np.ndarray, wanted: Mapping[str, int], rows: int) -> pa.Table:
        """Read cells that hold quotation marks themselves."""
        names = [f"{place}" for place in range(len(self.headings))]
        chosen = [names[place] for place in wanted.values()]
        try:
            table = csv.read_csv(
                pa.py_buffer(good),
                read_options=csv.ReadOptions(column_names=names, use_threads=False, block_size=len(good) + 1),
                parse_options=csv.ParseOptions(
                    delimiter=self._layout.separator, newlines_in_values=True, ignore_empty_lines=False
                ),
                convert_options=csv.ConvertOptions(
                    include_columns=chosen, column_types=dict.fromkeys(chosen, pa.string()), check_utf8=False
                ),
            )
        except pa.ArrowInvalid:
            table = None  # its message may quote the row
        if table is None or table.num_rows != rows:
            raise FileError(
                f"{shown_name(self._path)} is niet in rijen te verdelen: aanhalingstekens staan op "
                "onverwachte plekken. "
                "Sla het bestand opnieuw op, of lever het aan als XLSX."
            )
        return table.rename_columns(list(wanted))

    def _ends_whole(self) -> bool:
        with self._path.open("rb") as file:
            file.seek(-min(self._path.stat().st_size, 4), 2)
            return any(sign in b"\r\n" for sign in file.read())

    def _start(self) -> bytes:
        start = b""
        for piece, _ in utf8_pieces(self._path, self._encoding):
            start += piece
            if len(start) >= _SAMPLE:
                break
        return start[:_SAMPLE]
