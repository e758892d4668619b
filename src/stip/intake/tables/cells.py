# SPDX-License-Identifier: EUPL-1.2
"""From the places of cells in a text to columns, without reading the text a second time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from numba import njit

Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.int32]

_QUOTE = 34
_ONE = np.uint64(1)  # an index without a sign needs no test for counting from the end


def take_cells(text: Bytes, spans: Offsets) -> pa.Array | None:
    """Return the cells as an array of text, without the quotation marks around them.

    Parameters
    ----------
    text : ndarray of uint8
    spans : ndarray of int32, shape (n, 2)
        Where each cell begins and ends.

    Returns
    -------
    array of string, shape (n,), or None when a cell holds quotation marks that a reader of CSV must judge
    """
    ends = np.empty(len(spans) + 1, dtype=np.int32)
    if not _measure(text, spans, ends):
        return None
    data = np.empty(int(ends[-1]), dtype=np.uint8)
    _copy(text, spans, ends, data)
    return pa.StringArray.from_buffers(len(spans), pa.py_buffer(ends), pa.py_buffer(data))


@njit(cache=True, nogil=True)
def _measure(text: Bytes, spans: Offsets, ends: Offsets) -> bool:
    ends[0] = 0
    for row in range(len(spans)):
        start, stop = spans[row, 0], spans[row, 1]
        size = stop - start
        if size > 0 and text[start] == _QUOTE:
            if size < 2 or text[stop - 1] != _QUOTE:
                return False
            for place in range(start + 1, stop - 1):
                if text[place] == _QUOTE:
                    return False
            size -= 2
        ends[row + 1] = ends[row] + size
    return True


@njit(cache=True, nogil=True)
def _copy(text: Bytes, spans: Offsets, ends: Offsets, data: Bytes) -> None:
    for row in range(len(spans)):
        start = spans[row, 0]
        into = ends[row]
        size = ends[row + 1] - into
        if spans[row, 1] - start > size:
            start += 1
        source, target, left = np.uint64(start), np.uint64(into), np.uint64(size)
        step = np.uint64(0)
        while step < left:
            data[target + step] = text[source + step]
            step += _ONE
