# SPDX-License-Identifier: EUPL-1.2
"""What cells are called within their neighbourhood: a letter and a number, as on a street map."""

from __future__ import annotations

import numpy as np
import pandas as pd

from stip.space.grid import Grid


def letters(at: int) -> str:
    """Return the letters of a column: A to Z, then AA.

    Examples
    --------
    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    return chr(65 + at) if at < 26 else f"{letters(at // 26 - 1)}{chr(65 + at % 26)}"


def short_names(cells: pd.DataFrame) -> pd.Series:
    """Return the short name of each cell: from the west and from the north of the neighbourhood it lies in.

    Parameters
    ----------
    cells : DataFrame
        ``cell``, ``area_code`` (may be missing: those are named together) and ``in_study``.

    Returns
    -------
    Series of str, on ``cell``
        Of the cells of the study area, such as ``B3``; unique within a neighbourhood.
    """
    here = cells[cells["in_study"].astype(bool)]
    column, row = Grid.column_row(here["cell"].to_numpy(np.int64))
    at = pd.DataFrame({"code": here["area_code"].fillna("").to_numpy(object), "x": column, "y": row})
    x = at["x"] - at.groupby("code")["x"].transform("min")
    y = at.groupby("code")["y"].transform("max") - at["y"] + 1
    named = [f"{letters(int(left))}{int(down)}" for left, down in zip(x, y, strict=True)]
    return pd.Series(named, index=pd.Index(here["cell"].to_numpy(np.int64), name="cell"), dtype=object)
