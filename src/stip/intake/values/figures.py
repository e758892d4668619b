# SPDX-License-Identifier: EUPL-1.2
"""Reading figures of open data: numbers, and the signs by which services say *secret* or *not known*."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from stip.intake.accounts.account import Mask
from stip.intake.tables.parquet import plain
from stip.intake.values.asking import Asker
from stip.intake.values.numbers import read_numbers

_UNKNOWN = (".", "-", "x", "geheim", "onbekend", "niet bekend", "n.v.t.", "nvt", "nan", "null", "none")
_SPECIAL = (-99999, -99990)
"""Statistics Netherlands: -99997 secret, -99995 not known, -99991 not applicable, and others near them."""


@dataclass(frozen=True)
class Figures:
    """Figures that were read.

    Attributes
    ----------
    value : ndarray of float, shape (n,)
        NaN where there is no number.
    special : ndarray of bool, shape (n,)
        A sign that stands for *secret* or *not known*.
    wrong : ndarray of bool, shape (n,)
        Something else that is no number.
    """

    value: npt.NDArray[np.float64]
    special: Mask
    wrong: Mask


def read_figures(column: pd.Series[Any]) -> Figures:
    """Read a column of numbers, text or both.

    Examples
    --------
    >>> read_figures(pd.Series(["53,2", "1.284,5", "geheim", "-99997"])).value.tolist()
    [53.2, 1284.5, nan, nan]
    """
    cells = arrow(column)
    asker = Asker()
    try:
        numbers = read_numbers(asker, cells)
    finally:
        asker.close()
    signs = np.zeros(len(column), dtype=bool)
    if pa.types.is_string(cells.type):
        signs = column.astype("string").str.strip().str.casefold().isin(_UNKNOWN).to_numpy(bool)
    special = signs | ((numbers.value >= _SPECIAL[0]) & (numbers.value <= _SPECIAL[1]))
    value = np.where(special, np.nan, numbers.value)
    return Figures(value, special, np.isnan(value) & ~special & ~numbers.empty)


def arrow(column: pd.Series[Any]) -> pa.Array:
    """Return a column as text, numbers, moments or days; a column of several kinds becomes text."""
    try:
        cells = pa.array(column, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        cells = pa.array([None if value is None or value is pd.NA else str(value) for value in column], pa.string())
    return plain(cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells)
