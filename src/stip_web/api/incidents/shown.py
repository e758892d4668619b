# SPDX-License-Identifier: EUPL-1.2
"""The dots that a caller may see: at their own place, or neighbourhoods by whole weeks, as every page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from stip.explore import dots
from stip.publish import coarse_incidents
from stip.store import Workspace, read_cells, read_incidents
from stip_web.workspaces.current import state_of

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNKNOWN_HOUR = -1
_LONGEST = pd.Timedelta(hours=12)  # of a longer window the middle says little about the hour
_READS = ("stip.toml", "data/incidents", "data/cells.parquet", "data/areas", "data/layers")
State = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Shown:
    """What may be shown, and what is left out.

    Attributes
    ----------
    table : DataFrame
        A row a dot, in the order of time: ``x_m``, ``y_m``, ``precision_m``, ``state``, ``crime_type``, ``source``,
        ``week``, ``day`` (date of the middle of the window, on the local clock), ``weekday`` (0 Monday),
        ``hour`` (−1 when not known), ``area_code`` of the place that is shown, and ``from_at``, ``to_at`` when fine.
    left_out : DataFrame
        A row an incident that is not shown, with its ``crime_type``, ``source``, ``day``, ``weekday``, ``hour`` and
        ``outside`` (else hidden by the dwellings rule); never where it was.
    state : tuple
        Of the data it was made from.
    """

    table: pd.DataFrame
    left_out: pd.DataFrame
    state: State


def shown_incidents(workspace: Workspace, *, fine: bool) -> Shown:
    """Give the dots, made again when the data have changed.

    Parameters
    ----------
    fine : bool
        Every dot at its own place, as for the analyst's desk; else coarse.
    """
    return _shown(workspace.root, fine, state_of(workspace, *_READS))


@lru_cache(maxsize=4)
def _shown(root: Path, fine: bool, state: State) -> Shown:
    workspace = Workspace.open(root)
    incidents = read_incidents(workspace) if fine else coarse_incidents(workspace)
    cells = read_cells(workspace)
    kept = dots(incidents, workspace.settings, cells, desk=True).table
    when = _when(incidents, workspace.settings.town.time_zone)
    table = kept.assign(
        source=incidents["source"].reindex(kept.index),
        area_code=incidents["area_code"].astype("object").where(incidents["area_code"].notna(), None),
        **{str(name): when[name].reindex(kept.index) for name in when.columns},
    )
    if fine:
        table = table.assign(from_at=incidents["from_at"], to_at=incidents["to_at"])
    gone = incidents.index.difference(kept.index)
    at = workspace.grid.cell_at(*(incidents.loc[gone, name].to_numpy(np.float64) for name in ("x_m", "y_m")))
    left_out = (
        incidents.loc[gone, ["crime_type", "source"]]
        .join(when.loc[gone])
        .assign(outside=~np.isin(at, cells["cell"].to_numpy(np.int64)))
    )
    return Shown(table.reset_index(drop=True), left_out.reset_index(drop=True), state)


def _when(incidents: pd.DataFrame, time_zone: str) -> pd.DataFrame:
    """Return day, weekday and hour of the middle of each window, on the local clock."""
    length = incidents["to_at"] - incidents["from_at"]
    middle = (incidents["from_at"] + length / 2).dt.tz_convert(time_zone)
    return pd.DataFrame(
        {
            "day": middle.dt.tz_localize(None).dt.normalize(),
            "weekday": middle.dt.day_of_week.astype("int8"),
            "hour": middle.dt.hour.where(length <= _LONGEST, UNKNOWN_HOUR).astype("int8"),
        }
    )
