# SPDX-License-Identifier: EUPL-1.2
"""The dots of the map, by the dwellings rule: nobody's home can be told from a dot outside the analyst's desk."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from stip.link import visible_cells
from stip.settings import Settings
from stip.space import Grid, week_numbers, week_texts

DOT_COLUMNS = ("x_m", "y_m", "crime_type", "week", "precision_m", "state")


@dataclass(frozen=True)
class Dots:
    """Dots, and what was done to them.

    Attributes
    ----------
    table : DataFrame
        The columns of `DOT_COLUMNS`: ``x_m``, ``y_m``; ``crime_type``; ``week`` (text) of the middle of its window;
        ``precision_m``, the side of the square round the dot in which it happened; ``state``: ``shown``, ``merged``
        (moved to the middle of the cells that are shown as one) or ``unknown`` (dwellings are not known).
    hidden : int
        Left out, because too few dwellings stand there and nothing near could be added.
    outside : int
        Left out, because they lie in no cell of the town.
    """

    table: pd.DataFrame
    hidden: int
    outside: int


def dots(incidents: pd.DataFrame, settings: Settings, cells: pd.DataFrame, *, desk: bool = False) -> Dots:
    """Make the dots of a map.

    Where cells are shown as one, *every* dot of those cells moves to one point: a dot that kept its own place would
    tell that the others come from the cell with a few dwellings.

    Parameters
    ----------
    incidents : DataFrame that keeps the INCIDENT contract
    settings : Settings
    cells : DataFrame that keeps the CELL contract
    desk : bool
        For the analyst's desk: every dot at its own place, as precise as its agreement allows.

    Returns
    -------
    Dots
    """
    town = settings.town
    grid = Grid(town.cell_m, town.crs, town.origin_x_m, town.origin_y_m)
    middle = incidents["from_at"] + (incidents["to_at"] - incidents["from_at"]) / 2
    table = pd.DataFrame(
        {
            "x_m": incidents["x_m"].astype(float),
            "y_m": incidents["y_m"].astype(float),
            "crime_type": incidents["crime_type"],
            "week": pd.Series(
                week_texts(week_numbers(middle, town.time_zone)), index=incidents.index, dtype="string"
            ),
            "precision_m": incidents["precision_m"].astype(float),
        }
    )
    shown = _groups(cells, grid, minimum=settings.dwellings.minimum)
    place = pd.Index(shown["cell"]).get_indexer(
        pd.Index(grid.cell_at(table["x_m"].to_numpy(), table["y_m"].to_numpy()))
    )
    inside = place >= 0
    if desk:
        table["state"] = np.where(inside, shown["state"].to_numpy()[place], "outside")
        return Dots(table[list(DOT_COLUMNS)], hidden=0, outside=0)
    table = table[inside]
    at = shown.iloc[place[inside]].set_axis(table.index)
    moved = at["group_m"] > 0
    table = table.assign(
        x_m=table["x_m"].mask(moved, at["to_x_m"]),
        y_m=table["y_m"].mask(moved, at["to_y_m"]),
        precision_m=table["precision_m"].mask(moved, at["group_m"]),
        state=at["state"].mask(moved, "merged"),
    )
    kept = at["state"] != "hidden"
    return Dots(table.loc[kept, list(DOT_COLUMNS)], hidden=int((~kept).sum()), outside=int((~inside).sum()))


def _groups(cells: pd.DataFrame, grid: Grid, *, minimum: int) -> pd.DataFrame:
    """Return how each cell is shown, with the middle of what it is shown as, and how far that reaches."""
    shown = visible_cells(cells, minimum=minimum)
    target = shown["shown_as"].fillna(shown["cell"]).to_numpy(np.int64)
    x_m, y_m = grid.centre(shown["cell"].to_numpy(np.int64))
    to_x_m, to_y_m = grid.centre(target)
    away_m = np.maximum(np.abs(x_m - to_x_m), np.abs(y_m - to_y_m))
    reach_m = pd.Series(away_m).groupby(target).transform("max").to_numpy()
    together = reach_m > 0
    return shown.assign(
        to_x_m=to_x_m, to_y_m=to_y_m, group_m=np.where(together, 2 * reach_m + grid.cell_m, 0)
    ).reset_index(drop=True)
