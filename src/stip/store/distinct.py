# SPDX-License-Identifier: EUPL-1.2
"""Telling fast that no text of a column comes twice, as a column of millions of hashed numbers is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64)
_WORD = 8  # bytes


def surely_distinct(texts: pd.Series[Any]) -> bool:
    """Tell whether all texts are known to differ, by sorting a number made from each.

    Texts with different numbers differ, so True is certain. False says nothing: two texts may share a number, or the
    column is of another kind (only texts of one length, of 8 up to 32 bytes, are looked at).
    """
    if not isinstance(texts.dtype, pd.StringDtype) or not len(texts):
        return False
    column = pa.array(texts, pa.string(), from_pandas=True)
    parts = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    numbers = [_numbers(part) for part in parts if len(part)]
    if any(part is None for part in numbers) or len({part[0] for part in numbers if part}) != 1:
        return False
    every = np.concatenate([part[1] for part in numbers if part])
    every.sort()
    return bool((every[1:] != every[:-1]).all())


def _numbers(texts: pa.Array) -> tuple[int, np.ndarray] | None:
    """Return the length that all texts have, and a number for each."""
    _, offsets, data = texts.buffers()
    if texts.null_count or data is None:
        return None
    ends = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    length, rest = divmod(int(ends[-1]) - int(ends[0]), len(texts))
    if rest or not _WORD <= length <= _WORD * len(_FACTORS) or not (np.diff(ends) == length).all():
        return None
    signs = np.frombuffer(data, np.uint8)[ends[0] : ends[-1]].reshape(len(texts), length)
    numbers = np.zeros(len(texts), dtype=np.uint64)
    for factor, start in zip(_FACTORS, range(0, length, _WORD), strict=False):
        word = signs[:, min(start, length - _WORD) :][:, :_WORD]
        numbers ^= numbers >> np.uint64(29)
        numbers += np.ascontiguousarray(word).view(np.uint64).ravel() * factor
    return length, numbers
