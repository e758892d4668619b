# SPDX-License-Identifier: EUPL-1.2
"""Tying incidents to weeks: a window in which it happened is spread over the weeks it touches (*aoristic*)."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.errors import ContractError
from stip.link.coarse import cells_of_incidents
from stip.space import Grid, week_from_number, week_starts

_SECOND = 1_000_000
_WEEK = 7 * 86_400 * _SECOND
_DAYS_TO_MONDAY = 3 * 86_400 * _SECOND  # 1970-01-01 was a Thursday
# Weights are whole multiples of 2**-50, so that they add up to exactly 1 in whatever order they are added.
_UNITS = float(1 << 50)


def weeks_of_windows(from_at: pd.Series[Any], to_at: pd.Series[Any], time_zone: str) -> pd.DataFrame:
    """Spread each window over the ISO weeks it touches, by the share of its time that lies in each.

    Parameters
    ----------
    from_at, to_at : Series of datetime64 with a time zone, shape (n,)
        When it happened at the earliest and at the latest. A window without length weighs 1 in its own week.
    time_zone : str
        IANA name of the zone in which weeks begin on Monday 00:00; summer time is honoured.

    Returns
    -------
    DataFrame
        ``row`` (int64, place in ``from_at``), ``week`` (int64, as `stip.space.week_number`), ``weight`` (float64
        above 0). Ordered by row and week. The weights of a row add up to exactly 1.

    Raises
    ------
    ContractError
        When a moment is missing or has no time zone, or a window ends before it begins.

    References
    ----------
    Ratcliffe & McCullagh (1998), Aoristic crime analysis, Int. J. Geographical Information Science 12(7).
    """
    start, end = microseconds(from_at, "from_at"), microseconds(to_at, "to_at")
    if len(start) != len(end):
        raise ContractError(f"Er zijn {len(start)} begintijden en {len(end)} eindtijden. Geef er van elk evenveel.")
    backward = np.flatnonzero(end < start)
    if len(backward):
        raise ContractError(
            f"Rij {backward[0]} eindigt voordat zij begint. Verwissel from_at en to_at, of lees opnieuw in."
        )
    if len(start) == 0:
        empty = np.empty(0, dtype=np.int64)
        return pd.DataFrame({"row": empty, "week": empty.copy(), "weight": np.empty(0)})

    # The end itself no longer belongs to the window, but a window without length belongs to its one moment.
    last_moment = np.where(end > start, end - 1, end)
    base = int((start.min() + _DAYS_TO_MONDAY) // _WEEK) - 1
    starts = week_starts(base, int((end.max() + _DAYS_TO_MONDAY) // _WEEK) + 2, time_zone) * _SECOND
    first = np.searchsorted(starts, start, side="right") - 1
    last = np.searchsorted(starts, last_moment, side="right") - 1

    weeks = last - first + 1
    row = np.repeat(np.arange(len(start)), weeks)
    step = np.arange(len(row)) - np.repeat(np.cumsum(weeks) - weeks, weeks)
    week = first[row] + step
    length = np.maximum(end - start, 1)[row]
    is_last = week == last[row]
    until = np.where(is_last, 1.0, (starts[week + 1] - start[row]) / length)
    units = np.rint(until * _UNITS)
    before = np.where(step == 0, 0.0, np.concatenate(([0.0], units[:-1])))
    weight = (units - before) / _UNITS
    touched = weight > 0
    return pd.DataFrame(
        {
            "row": row[touched].astype(np.int64),
            "week": (week[touched] + base).astype(np.int64),
            "weight": weight[touched],
        }
    )


def counts_by_week(
    incidents: pd.DataFrame, grid: Grid, time_zone: str, *, within: npt.NDArray[np.int64] | None = None
) -> pd.DataFrame:
    """Count incidents by cell, week and type, each window spread over its weeks.

    Parameters
    ----------
    incidents : DataFrame that keeps the INCIDENT contract
    grid : Grid
    time_zone : str
    within : ndarray of int64, optional
        Cells of the study area, ascending. Then an incident known less finely than a cell is spread over those of
        them in which it may lie (`cells_of_incidents`); else it counts in the cell of its place.

    Returns
    -------
    DataFrame that keeps the COUNT contract
        ``cell``, ``week`` (text), ``crime_type``, ``count`` (float); only what is above 0, ordered by cell, week
        and type. The counts add up to the number of incidents.
    """
    spread = weeks_of_windows(incidents["from_at"], incidents["to_at"], time_zone)
    if within is None:
        cell = grid.cell_at(incidents["x_m"].to_numpy(float), incidents["y_m"].to_numpy(float))
        spread = spread.assign(cell=cell[spread["row"].to_numpy()])
    else:
        spread = spread.merge(cells_of_incidents(incidents, grid, within), on="row")
        spread["weight"] *= spread["share"]
    row = spread["row"].to_numpy()
    kinds, kind = np.unique(incidents["crime_type"].to_numpy(dtype=object), return_inverse=True)
    counted = (
        pd.DataFrame({"cell": spread["cell"], "week": spread["week"], "kind": kind[row], "count": spread["weight"]})
        .groupby(["cell", "week", "kind"], sort=True)["count"]
        .sum()
        .reset_index()
    )
    numbers, place = np.unique(counted["week"].to_numpy(), return_inverse=True)
    texts = np.array([week_from_number(number) for number in numbers], dtype=object)
    return pd.DataFrame(
        {
            "cell": counted["cell"].to_numpy(np.int64),
            "week": texts[place],
            "crime_type": kinds[counted["kind"].to_numpy(np.int64)],
            "count": counted["count"].to_numpy(np.float64),
        }
    )


def microseconds(moments: pd.Series[Any], name: str) -> npt.NDArray[np.int64]:
    """Return moments as microseconds since 1970 UTC.

    Raises
    ------
    ContractError
        When one is missing, or they carry no time zone.
    """
    if not isinstance(moments.dtype, pd.DatetimeTZDtype):
        raise ContractError(f"‘{name}’ heeft geen tijdzone. Geef tijden in UTC.")
    if moments.hasnans:
        raise ContractError(f"‘{name}’ is ergens leeg. Vul de tijd in of laat de rij weg.")
    return moments.dt.as_unit("us").astype("int64").to_numpy()
