# SPDX-License-Identifier: EUPL-1.2
"""What is really true of the sample town, and how well a forecaster who knew it would do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from stip.samples.cells import GRID
from stip.samples.history import TIME_ZONE, History
from stip.samples.risk import TYPES

TRUTH = "truth.parquet"
INCIDENTS = "truth_incidents.parquet"
FAULTS = "truth_faults.parquet"


def true_intensity(folder: Path | str) -> pd.DataFrame:
    """Return the true intensity of a sample town.

    Parameters
    ----------
    folder : path
        Where `make_town` wrote the town.

    Returns
    -------
    DataFrame
        ``cell``, ``week``, ``crime_type``, ``expected``: the mean count of a cell in a week given all that happened
        before its Monday, for every cell of the town; weeks of the future are there too.
    """
    columns = ["cell", "week", "crime_type", "expected"]
    return pq.read_table(Path(folder) / TRUTH, columns=columns).to_pandas().astype({"expected": np.float64})


def true_incidents(folder: Path | str) -> pd.DataFrame:
    """Return the incidents as they really happened.

    Returns
    -------
    DataFrame
        ``number`` (as in the police files), ``crime_type``, ``occurred_at``, ``from_at``, ``to_at``, ``known_at``
        (UTC), ``week``, ``cell``, ``x_m``, ``y_m``, ``recorded_cell`` (where the police put it), ``near_repeat``,
        ``future``.
    """
    return pq.read_table(Path(folder) / INCIDENTS).to_pandas()


def planted_faults(folder: Path | str) -> pd.DataFrame:
    """Return what was made wrong in the police files on purpose: ``file``, ``row``, ``number``, ``fault``."""
    return pq.read_table(Path(folder) / FAULTS).to_pandas()


def oracle_scores(
    folder: Path | str,
    *,
    area_shares: Sequence[float] = (0.01, 0.03, 0.05, 0.10),
    weeks: Sequence[str] = (),
    place: Literal["true", "recorded"] = "true",
) -> pd.DataFrame:
    """Score a forecaster who ranks cells by the true intensity; no honest one can do better in the long run.

    Parameters
    ----------
    area_shares : sequence of float
        Shares of the cells that are marked; rounded to whole cells, at least one.
    weeks : sequence of str
        Only these weeks; all when empty.
    place : {"true", "recorded"}
        Count an incident where it was, or where the police put it.

    Returns
    -------
    DataFrame
        ``model`` (oracle), ``crime_type``, ``week``, ``area_share``, ``hits``, ``best_hits`` (most that as many
        cells could have held), ``total``, ``expected`` (in all cells).
    """
    truth = true_intensity(folder)
    incidents = true_incidents(folder)
    cells = np.unique(truth["cell"])
    at = "cell" if place == "true" else "recorded_cell"
    rows = []
    for (crime_type, week), there in truth.groupby(["crime_type", "week"], observed=True):
        if len(weeks) and week not in weeks:
            continue
        mine = incidents[(incidents["crime_type"] == crime_type) & (incidents["week"] == week)]
        spot = np.searchsorted(cells, mine[at].to_numpy())
        inside = np.isin(mine[at].to_numpy(), cells)
        counts = np.bincount(spot[inside], minlength=len(cells))
        ranked = counts[np.argsort(-there.sort_values("cell")["expected"].to_numpy(), kind="stable")]
        best = np.sort(counts)[::-1]
        for share in area_shares:
            marked = max(round(share * len(cells)), 1)
            rows.append(
                {
                    "model": "oracle",
                    "crime_type": crime_type,
                    "week": week,
                    "area_share": share,
                    "hits": float(ranked[:marked].sum()),
                    "best_hits": float(best[:marked].sum()),
                    "total": float(len(mine)),
                    "expected": float(there["expected"].sum()),
                }
            )
    return pd.DataFrame(rows)


def truth_table(history: History) -> pa.Table:
    """Return the true intensity and its parts, ordered by type, week and cell.

    ``expected`` = ``base`` × ``season`` × ``frailty`` + ``near_repeat``.
    """
    types, weeks, cells = history.expected.shape
    words = [
        pa.array(np.repeat(np.arange(types, dtype=np.int8), weeks * cells)),
        pa.array(np.tile(np.repeat(np.arange(weeks, dtype=np.int16), cells), types)),
    ]
    base = np.broadcast_to(history.base[:, None, :], history.expected.shape)
    season = np.broadcast_to(history.season[:, :, None], history.expected.shape)
    numbers = {
        "expected": history.expected,
        "near_repeat": history.near_repeat,
        "base": base,
        "season": season,
        "frailty": history.frailty,
    }
    columns: dict[str, pa.Array] = {
        "cell": pa.array(np.tile(history.cells.index.to_numpy(), types * weeks)),
        "week": pa.DictionaryArray.from_arrays(words[1], pa.array([str(week) for week in history.weeks])),
        "crime_type": pa.DictionaryArray.from_arrays(words[0], pa.array(TYPES)),
    }
    columns |= {name: pa.array(values.ravel().astype(np.float32)) for name, values in numbers.items()}
    return pa.table(columns)


def incidents_table(records: pd.DataFrame, recorded: pd.DataFrame) -> pd.DataFrame:
    """Return the incidents of the four types as `true_incidents` gives them.

    Parameters
    ----------
    records : DataFrame from `stip.samples.police.add_police_work`
    recorded : DataFrame from `stip.samples.police.recorded_place`, on the same index
    """
    mine = records["crime_type"].isin(TYPES)
    kept, place = records[mine], recorded[mine]
    moments = {
        f"{name}_at": kept[name]
        .dt.tz_localize(TIME_ZONE, ambiguous=np.ones(len(kept), dtype=bool), nonexistent="shift_forward")
        .dt.tz_convert("UTC")
        for name in ("occurred", "from", "to", "known")
    }
    there = GRID.cell_at(place["x"].to_numpy(dtype=np.float64), place["y"].to_numpy(dtype=np.float64))
    columns = {
        "number": kept["number"],
        "crime_type": kept["crime_type"],
        **moments,
        "week": kept["week"],
        "cell": kept["cell"],
        "x_m": kept["x_m"],
        "y_m": kept["y_m"],
        "recorded_cell": there,
        "near_repeat": kept["near_repeat"],
        "future": kept["future"],
    }
    return pd.DataFrame(columns).reset_index(drop=True)
