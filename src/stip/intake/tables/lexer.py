# SPDX-License-Identifier: EUPL-1.2
"""Cutting text into records, so that each row of a file is counted before anything is read from it.

The rules are those of RFC 4180 as `pyarrow.csv` keeps them, with what it does not do: number the rows as a
spreadsheet shows them, take ragged rows out before their content becomes text, and mend a lone quotation mark that
would swallow the rows behind it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int64]
Spans = npt.NDArray[np.int32]

RAGGED, HEADER_AGAIN = 1, 2
"""What can be wrong with a record as a whole."""

_QUOTE, _APOSTROPHE, _CR, _LF, _SPACE = 34, 39, 13, 10, 32
_ONE = np.uint64(1)  # an index without a sign needs no test for counting from the end
_LONGEST_CELL = 1 << 20  # bytes a quoted cell may run over several lines before its quote counts as a slip
_MOST_LINES = 100


class Cut(NamedTuple):
    """What one call of `cut_records` found.

    Attributes
    ----------
    consumed : int
        Bytes of the input that are dealt with; the rest waits for more.
    written : int
        Bytes of good records in ``out``.
    good, broken : int
        How many row numbers stand in ``rows`` and in ``broken_rows``.
    next_row : int
        Number of the row that comes next.
    over_lines, mended, blank, cut_short : int
        Records over several lines, lone quotes mended, empty rows, rows of which empty cells at the end were cut.
    """

    consumed: int
    written: int
    good: int
    broken: int
    next_row: int
    over_lines: int
    mended: int
    blank: int
    cut_short: int


class Records(NamedTuple):
    """A piece of a file, cut.

    Attributes
    ----------
    cut : Cut
    good : ndarray of uint8
        The good records, each with a line feed behind it.
    rows : ndarray of int64, shape (n,)
        Their row numbers.
    broken, kinds : ndarray of int64
        Numbers of broken rows, and what is wrong with each.
    spans : ndarray of int32, shape (wanted columns, n, 2)
        Where each wanted cell begins and ends in ``good``.
    """

    cut: Cut
    good: Bytes
    rows: Ints
    broken: Ints
    kinds: Ints
    spans: Spans


@njit(cache=True, nogil=True)
def next_record(
    text: Bytes, start: int, end: int, final: bool, separator: int, columns: int, ends: Ints
) -> tuple[int, int, int, int, int, bool, int, int]:
    """Find the end of the record that begins at ``start``; a lone quote becomes an apostrophe in place.

    ``ends``, of at least ``columns`` places, is told where each cell ends, counted from ``start``.

    Returns
    -------
    tuple
        Where the record ends, where the next begins (-1 when it is not complete), its number of cells, the end
        of its cell number ``columns``, how many of its last cells are empty, whether all its cells are empty,
        its number of lines, and how many quotes were mended.
    """
    place = start
    last, mark = np.uint64(end), np.uint8(separator)
    cells, kept_end, empty_tail, all_empty, lines, mended = 1, -1, 0, True, 1, 0
    cell_start = place
    cell_blank = True
    while True:
        if place >= end:
            if not final:
                return end, -1, cells, kept_end, empty_tail, all_empty, lines, mended
            break
        sign = text[place]
        if sign > _QUOTE and sign != separator:  # nearly every sign
            cell_blank = False
            ahead = np.uint64(place) + _ONE
            while ahead < last and text[ahead] > _QUOTE and text[ahead] != mark:
                ahead += _ONE
            place = np.int64(ahead)  # type: ignore[assignment]  # int() of it would stay unsigned
            continue
        if sign == _QUOTE and place == cell_start:
            close = place + 1
            inner_lines = 0
            closed = False
            while close < end:
                inner = text[close]
                if inner == _QUOTE:
                    if close + 1 < end and text[close + 1] == _QUOTE:
                        close += 2
                        continue
                    closed = True
                    break
                if inner == _LF or (inner == _CR and not (close + 1 < end and text[close + 1] == _LF)):
                    inner_lines += 1
                    if inner_lines > _MOST_LINES or close - place > _LONGEST_CELL:
                        break
                close += 1
            too_long = inner_lines > _MOST_LINES or close - place > _LONGEST_CELL
            if closed and close + 1 >= end and not final:
                return end, -1, cells, kept_end, empty_tail, all_empty, lines, mended
            if not closed and not too_long and not final:
                return end, -1, cells, kept_end, empty_tail, all_empty, lines, mended
            neat = False
            if closed:
                after = text[close + 1] if close + 1 < end else _LF
                neat = after == separator or after == _LF or after == _CR or inner_lines == 0  # noqa: SIM109
            if neat:
                cell_blank = cell_blank and close == place + 1
                lines += inner_lines
                place = close + 1
                continue
            text[place] = _APOSTROPHE
            mended += 1
            cell_blank = False
            place += 1
            continue
        if sign == separator:
            all_empty = all_empty and cell_blank
            empty_tail = empty_tail + 1 if cell_blank else 0
            if cells <= columns:
                ends[cells - 1] = place - start
            if cells == columns:
                kept_end = place
            cells += 1
            place += 1
            cell_start = place
            cell_blank = True
            continue
        if sign == _LF or sign == _CR:  # noqa: SIM109  numba is faster without a tuple
            break
        if sign != _SPACE:
            cell_blank = False
        place += 1
    all_empty = all_empty and cell_blank
    empty_tail = empty_tail + 1 if cell_blank else 0
    if cells <= columns:
        ends[cells - 1] = place - start
    if cells == columns:
        kept_end = place
    following = place
    if place < end:
        following = place + 1
        if text[place] == _CR:
            if place + 1 >= end and not final:
                return end, -1, cells, kept_end, empty_tail, all_empty, lines, mended
            if place + 1 < end and text[place + 1] == _LF:
                following = place + 2
    return place, following, cells, kept_end, empty_tail, all_empty, lines, mended


@njit(cache=True, nogil=True)
def _line_ends(text: Bytes) -> int:
    found = 0
    for sign in text:
        found += (sign == _LF) | (sign == _CR)
    return found


@njit(cache=True, nogil=True)
def _same(text: Bytes, start: int, end: int, other: Bytes) -> bool:
    if end - start != len(other):
        return False
    for place in range(end - start):  # noqa: SIM110  numba knows no all() of a generator
        if text[start + place] != other[place]:
            return False
    return True


@njit(cache=True, nogil=True)
def _cut(
    text: Bytes,
    final: bool,
    separator: int,
    columns: int,
    header: Bytes,
    first_row: int,
    out: Bytes,
    rows: Ints,
    broken_rows: Ints,
    broken_kinds: Ints,
    wanted: Ints,
    spans: Spans,
) -> tuple[int, int, int, int, int, int, int, int, int]:
    place, written, good, broken, row = 0, 0, 0, 0, first_row
    over_lines, mended, blank, cut_short = 0, 0, 0, 0
    end = len(text)
    ends = np.zeros(columns, dtype=np.int64)
    while place < end:
        stop, following, cells, kept_end, empty_tail, all_empty, lines, fixed = next_record(
            text, place, end, final, separator, columns, ends
        )
        mended += fixed
        if following < 0:
            break
        if all_empty:
            blank += 1
        elif _same(text, place, stop, header):
            broken_rows[broken] = row
            broken_kinds[broken] = HEADER_AGAIN
            broken += 1
        elif cells < columns or cells - empty_tail > columns:
            broken_rows[broken] = row
            broken_kinds[broken] = RAGGED
            broken += 1
        else:
            if cells > columns:
                cut_short += 1
            if lines > 1:
                over_lines += 1
            size = kept_end - place
            source, target, left = np.uint64(place), np.uint64(written), np.uint64(size)
            step = np.uint64(0)
            while step < left:
                out[target + step] = text[source + step]
                step += _ONE
            out[written + size] = _LF
            for which in range(len(wanted)):
                cell = wanted[which]
                spans[which, good, 0] = written + (ends[cell - 1] + 1 if cell > 0 else 0)
                spans[which, good, 1] = written + ends[cell]
            written += size + 1
            rows[good] = row
            good += 1
        row += 1
        place = following
    return place, written, good, broken, row, over_lines, mended, blank, cut_short


def cut_records(
    text: Bytes, *, final: bool, separator: int, columns: int, header: Bytes, first_row: int, wanted: Ints
) -> Records:
    """Cut a piece of a file into records.

    Parameters
    ----------
    text : ndarray of uint8
        UTF-8, beginning at a record; lone quotes are mended in place.
    final : bool
        Whether the file ends here.
    separator : int
        Byte between cells.
    columns : int
        How many cells a record must have; empty ones too many at the end are cut.
    header : ndarray of uint8
        The record that holds the headings; when it comes again it is no row.
    first_row : int
        Number of the first record.
    wanted : ndarray of int64
        Columns, from 0, of which the places of the cells are told.
    """
    most = _line_ends(text) + 1
    out = np.empty(len(text) + 1, dtype=np.uint8)
    rows, broken_rows, broken_kinds = (np.empty(most, dtype=np.int64) for _ in range(3))
    spans = np.empty((len(wanted), most, 2), dtype=np.int32)
    found = _cut(
        text, final, separator, columns, header, first_row, out, rows, broken_rows, broken_kinds, wanted, spans
    )
    cut = Cut(*found)
    broken = slice(0, cut.broken)
    return Records(
        cut, out[: cut.written], rows[: cut.good], broken_rows[broken], broken_kinds[broken], spans[:, : cut.good]
    )
