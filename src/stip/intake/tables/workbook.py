# SPDX-License-Identifier: EUPL-1.2
"""Reading XLSX row by row; formulas by the value they had when the file was saved, macros never."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pyarrow as pa

from stip.errors import FileError
from stip.intake.file_name import shown_name
from stip.intake.tables.archive import members
from stip.intake.tables.separators import Known
from stip.intake.tables.table import Block
from stip.words import number

_LOOK = 30
_BLOCK = 20_000
_DAMAGED = (zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError, AttributeError, SyntaxError, OSError)
"""What openpyxl falls over; XML that is none is a SyntaxError, of whichever of the two readers of XML there is."""


class WorkbookTable:
    """The sheet of an XLSX file that holds the expected headings.

    Parameters
    ----------
    path : Path
    known : callable
        Tells whether a heading is expected.
    """

    crs = ""

    def __init__(self, path: Path, *, known: Known) -> None:
        self._path = path
        if any(name.endswith(("vbaProject.bin", ".bin.macro")) for name in members(path)):
            raise FileError(
                f"{shown_name(path)} bevat macro’s en wordt daarom niet geopend. Sla het op als gewone .xlsx "
                "zonder macro’s."
            )
        best: tuple[tuple[int, int, int], str, int, list[str]] | None = None
        with self._careful(), self._opened() as book:
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            for place, sheet in enumerate(sheets):
                sheet.reset_dimensions()
                for line, cells in enumerate(islice(sheet.iter_rows(values_only=True), _LOOK)):
                    headings = [_text(cell) or "" for cell in cells]
                    filled = sum(bool(heading) for heading in headings)
                    rank = (sum(known(heading) for heading in headings), filled > 1, -place * _LOOK - line)
                    if filled and (best is None or rank > best[0]):
                        best = rank, sheet.title, line, headings
        if best is None:
            raise FileError(
                f"{shown_name(path)} is leeg: er is geen zichtbaar blad met tekst. Vraag het bestand opnieuw op."
            )
        _, self._sheet, self._line, self.headings = best
        while not self.headings[-1]:
            self.headings.pop()
        self._sheets, self._blank = len(sheets), 0

    @property
    def facts(self) -> tuple[str, ...]:
        """What was found out about the form of the file."""
        facts = ["Rekenblad (XLSX); van formules telt de bewaarde uitkomst."]
        if self._sheets > 1:
            facts.append(f"Van de {self._sheets} zichtbare bladen is er één gelezen: dat met de verwachte kopregel.")
        if self._line:
            facts.append(f"De kopregel is regel {self._line + 1}; wat erboven staat is overgeslagen.")
        if self._blank:
            facts.append(f"Lege regels, overgeslagen: {number(self._blank)}.")
        return tuple(facts)

    def blocks(self, wanted: Mapping[str, int]) -> Iterator[Block]:
        """Yield the rows; cells become text, dates in the ISO way."""
        self._blank = 0
        with self._opened() as book:
            with self._careful():
                sheet = book[self._sheet]
                expected = max((sheet.max_row or 0) - self._line - 1, 1)
                sheet.reset_dimensions()  # some programs write a size that is too small
                lines = sheet.iter_rows(min_row=self._line + 2, values_only=True)
            row = first = self._line + 2
            while True:
                with self._careful():
                    batch = list(islice(lines, _BLOCK))
                if not batch:
                    return
                row += len(batch)
                yield self._block(batch, row - len(batch), wanted, done=min((row - first) / expected, 1.0))

    def _block(self, batch: list[tuple[Any, ...]], first: int, wanted: Mapping[str, int], *, done: float) -> Block:
        header = tuple(self.headings)
        kept: list[list[str | None]] = []
        rows: list[int] = []
        again: list[int] = []
        for place, cells in enumerate(batch, start=first):
            if all(cell is None or cell == "" for cell in cells):
                self._blank += 1
            elif cells[0] == header[0] and tuple(_text(cell) or "" for cell in cells[: len(header)]) == header:
                again.append(place)
            else:
                kept.append([_text(cells[at]) if at < len(cells) else None for at in wanted.values()])
                rows.append(place)
        columns = {name: pa.array([cells[at] for cells in kept], pa.string()) for at, name in enumerate(wanted)}
        return Block(
            table=pa.table(columns),
            rows=np.array(rows, dtype=np.int64),
            header_again=np.array(again, dtype=np.int64),
            done=done,
        )

    @contextmanager
    def _opened(self) -> Iterator[openpyxl.Workbook]:
        with self._path.open("rb") as file:  # openpyxl trusts names, so it gets none
            with self._careful():
                book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                yield book
            finally:
                book.close()

    @contextmanager
    def _careful(self) -> Iterator[None]:
        """Keep what openpyxl says to itself: it may quote a cell."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield
        except _DAMAGED:
            raise FileError(
                f"{shown_name(self._path)} is geen heel XLSX-bestand. Open het in een rekenblad, sla het "
                "opnieuw op als "
                ".xlsx en probeer het nog eens."
            ) from None


def _text(cell: Any) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, datetime):
        return (cell + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float):
        return repr(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)
