# SPDX-License-Identifier: EUPL-1.2
"""A town of any size, drawn with a seed and put in a workspace through the store: what speed is measured on.

Centres with a busy middle, cells that differ as real ones do (a tenth holds more than half), reports that come in
after a few days. It stands in for no town: for that there is `stip.samples`, which is too small to time.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.agreements import install_shipped
from stip.settings import OutlookSettings, Settings, Town
from stip.space import Grid, week_from_number, week_number, week_start
from stip.store import Workspace, publish_batch, write_cells

TYPES = ("home_burglary", "theft_from_vehicle", "bicycle_theft", "vandalism")
UNTIL = "2026-W37"
"""The first week that is still open."""

_GRID = Grid()
_MIX = (0.15, 0.25, 0.35, 0.25)
_CELLS_A_CENTRE = 4000
_DELAY_DAYS = 4.0
_WEEK_SECONDS = 7 * 86_400


@dataclass(frozen=True)
class TownSize:
    """How large a town is.

    Attributes
    ----------
    name : str
    cells, incidents, weeks : int
    seed : int
    """

    name: str
    cells: int
    incidents: int
    weeks: int
    seed: int = 1


def make_scale_town(root: Path, size: TownSize) -> Workspace:
    """Make the workspace of a town: cells in neighbourhoods of a square kilometre, and its incidents by the year."""
    draw = np.random.default_rng(size.seed)
    workspace = Workspace.create(root, Settings(town=Town(name=size.name), outlook=OutlookSettings(targets=TYPES)))
    install_shipped(workspace)
    cells, column, row = _blob(size.cells, draw)
    zone = np.char.add(np.char.add("BU", (column // 8).astype(str)), np.char.add("x", (row // 8).astype(str)))
    x_m, y_m = _GRID.centre(cells)
    table = pd.DataFrame({"grid_id": _GRID.grid_id, "cell": cells, "x_m": x_m, "y_m": y_m, "area_code": zone})
    write_cells(workspace, table.assign(dwellings=np.full(len(cells), 40, dtype=np.int32), in_study=True))
    incidents = _incidents(cells, column, row, size, draw)
    for year, rows in incidents.groupby(incidents["known_at"].dt.year):
        batch = f"y{year}"
        publish_batch(workspace, rows.assign(batch_id=batch), {"batch_id": batch, "received_at": f"{year}-12-31"})
    return workspace


def _blob(n: int, draw: np.random.Generator) -> tuple[npt.NDArray[np.int64], ...]:
    """Return n cells within an uneven border, ascending, with column and row."""
    reach = int(np.sqrt(n)) + 3
    along = np.arange(-reach, reach + 1)
    column, row = (each.ravel() for each in np.meshgrid(along, along, indexing="ij"))
    angle = np.arctan2(row, column)
    border = 1 + sum(0.08 * draw.normal() * np.sin(k * angle + draw.uniform(0, 6)) for k in range(2, 6))
    kept = np.argsort(np.hypot(column, row) / border, kind="stable")[:n]
    cells = _GRID.cell_from(column[kept] + 1200, row[kept] + 3600)
    order = np.argsort(cells)
    return cells[order], (column[kept] + 1200)[order], (row[kept] + 3600)[order]


def _incidents(
    cells: npt.NDArray[np.int64],
    column: npt.NDArray[np.int64],
    row: npt.NDArray[np.int64],
    size: TownSize,
    draw: np.random.Generator,
) -> pd.DataFrame:
    centres = draw.choice(len(cells), size=max(1, len(cells) // _CELLS_A_CENTRE))
    busy = sum(np.exp(-((column - column[c]) ** 2 + (row - row[c]) ** 2) / 400) for c in centres) + 0.05
    last = week_number(UNTIL)
    begins = np.array(
        [
            week_start(week_from_number(week), "Europe/Amsterdam").timestamp()
            for week in range(last - size.weeks, last)
        ]
    )
    parts = []
    for kind, part in zip(TYPES, _MIX, strict=True):
        share = busy * draw.gamma(0.4, 1.0, len(cells)) + 1e-4
        n = round(size.incidents * part)
        season = 1 + 0.2 * np.sin(2 * np.pi * np.arange(size.weeks) / 52.18 + draw.uniform(0, 6))
        week = draw.choice(size.weeks, size=n, p=season / season.sum())
        parts.append(
            pd.DataFrame(
                {
                    "crime_type": kind,
                    "cell": draw.choice(len(cells), size=n, p=share / share.sum()),
                    "moment": begins[week] + draw.uniform(0, _WEEK_SECONDS - 7200, n),
                }
            )
        )
    drawn = pd.concat(parts, ignore_index=True).sort_values("moment", ignore_index=True)
    n = len(drawn)
    from_at = pd.to_datetime(drawn["moment"].astype("int64"), unit="s", utc=True)
    to_at = from_at + pd.to_timedelta(draw.integers(0, 12, n), unit="h")
    west, south = _GRID.corner(cells[drawn["cell"]])
    return pd.DataFrame(
        {
            "incident_id": [f"i{number}" for number in range(n)],
            "source": "bvh",
            "batch_id": "",
            "version": np.ones(n, dtype=np.int32),
            "crime_type": drawn["crime_type"],
            "from_at": from_at,
            "to_at": to_at,
            "known_at": to_at + pd.to_timedelta(draw.exponential(_DELAY_DAYS * 86_400, n).astype(int), unit="s"),
            "x_m": west + draw.uniform(0, 125, n),
            "y_m": south + draw.uniform(0, 125, n),
            "precision_m": np.float32(1),
            "area_code": None,
            "area_year": None,
        }
    )
