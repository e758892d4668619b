# SPDX-License-Identifier: EUPL-1.2
"""How the outlook turned out, for who may see a map but no places: no more than the units of the map leave open."""

from __future__ import annotations

import numpy as np
import pandas as pd

from stip.publish.coarse import CoarseTown, coarse_town
from stip.publish.rounding import draws, report_keys, rounded
from stip.space import week_number
from stip.store import Workspace

_WEEK = ["week", "crime_type"]
_PARTS = {"hits": [*_WEEK, "model", "area_share"], "best_hits": [*_WEEK, "area_share"]}


def coarse_record(workspace: Workspace, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the record of an outlook for a coarse reader; see `record_of_units`.

    Raises
    ------
    WorkspaceError
        When there is no secret; see `existing_secret`.
    """
    return record_of_units(coarse_town(workspace), rows)


def record_of_units(town: CoarseTown, rows: pd.DataFrame) -> pd.DataFrame:
    """Return hits and totals of each week as multiples of five.

    The total of a week is the sum of its units on the map (`coarse_incidents`), without a rounding of its own: laid
    beside the units, another rounding would say more of them. Where no neighbourhood may be seen there is nothing to
    lay beside it, and it is rounded. Hits are rounded by a draw that belongs to the name of the row, so that the same
    week in another outlook gets the same draw, and are never more than the total.

    Everything that is told of a record is a sum of these rows.

    Parameters
    ----------
    rows : DataFrame that keeps the SCORE contract
    """

    def told(column: str, parts: list[str]) -> np.ndarray:
        named = ["|".join([*each, column]) for each in zip(*(rows[part].astype(str) for part in parts), strict=True)]
        draw = draws(report_keys(named, town.secret), town.secret, measure="coarse-record")
        # A window that lies partly in a cell counts for a part.
        return rounded(rows[column].to_numpy(np.float64), draw)

    sums = town.units.groupby(["week", "crime_type"])["figure"].sum().to_dict()
    weeks = [week_number(str(week)) for week in rows["week"]]
    added = np.array(
        [sums.get((week, str(kind)), 0) for week, kind in zip(weeks, rows["crime_type"], strict=True)], np.float64
    )
    shown = np.array([town.is_shown(week) for week in weeks], dtype=bool)
    total = np.where(shown, added, told("total", _WEEK)).astype(np.float64)
    return rows.assign(
        total=total,
        **{column: np.minimum(told(column, parts), total).astype(np.float64) for column, parts in _PARTS.items()},
    )
