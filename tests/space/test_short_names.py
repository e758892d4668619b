# SPDX-License-Identifier: EUPL-1.2
"""Short names of cells: a letter and a number, unique within a neighbourhood."""

from __future__ import annotations

import numpy as np
import pandas as pd

from stip.space import Grid, short_names


def test_they_count_from_the_west_and_the_north_of_each_neighbourhood() -> None:
    column, row = np.meshgrid(np.arange(10, 40), np.arange(5, 9))
    cells = Grid.cell_from(column.ravel().astype(np.int64), row.ravel().astype(np.int64))
    area = np.where(column.ravel() < 12, "BU1", "BU2")
    frame = pd.DataFrame({"cell": cells, "area_code": area, "in_study": True})
    named = short_names(frame)
    at = {(x, y): named[cell] for x, y, cell in zip(column.ravel(), row.ravel(), cells, strict=True)}
    assert (at[10, 8], at[11, 5], at[12, 8], at[38, 7]) == ("A1", "B4", "A1", "AA2")
    assert all(group.is_unique for _, group in named.groupby(area))
    assert len(short_names(frame.assign(in_study=False))) == 0
