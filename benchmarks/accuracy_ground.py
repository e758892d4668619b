# SPDX-License-Identifier: EUPL-1.2
"""What a perfect map of the sample town catches: the truth without what changes in it or follows from a report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.parquet as pq
from accuracy_beside import Oracle
from accuracy_pairs import Period
from accuracy_run import Found, folder_of, history_of_pair, with_luck_taken_out
from accuracy_sample import sample_files

from stip.outlook import Forecast, Truth, make_forecasters
from stip.outlook.backtest import score
from stip.space import week_number

GROUND = "ground"


def ground_of(folder: Path, crime_type: str, cells: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Return the lasting part of the true intensity in each cell; it is the same in every week."""
    truth = pq.read_table(
        folder / "truth.parquet", columns=["cell", "base"], filters=[("crime_type", "==", crime_type)]
    ).to_pandas()
    return truth.groupby("cell")["base"].mean().reindex(cells).fillna(0.0).to_numpy(np.float64)


def with_ground(found: Found, period: Period, data: Path, work: Path) -> Found:
    """Return the scores of a pair of the sample town with those of a perfect map; its level is not looked at."""
    pair = found.pair
    oracle_files = sample_files(folder_of(pair.town, work))
    history, settings = history_of_pair(pair, period, data, work)
    ground, truth = ground_of(oracle_files, pair.crime_type, history.area.cells), Truth(history)
    nobody = make_forecasters(("long_run",), (pair.crime_type,), settings)[0]  # a forecast is someone's
    oracle = Oracle(pair.crime_type, settings, nobody.memory).knows(oracle_files, history)
    first, last = (week_number(week) for week in pair.ends(period))
    rows: list[dict[str, object]] = []
    for week in range(first, last + 1):
        forecast = Forecast(week, GROUND, pair.crime_type, ground, nobody)
        scored = score(forecast, history, run_id="accuracy", final_after_weeks=6, truth=truth)
        rows += with_luck_taken_out(scored, forecast, oracle)
    return replace(found, rows=pd.concat([found.rows, pd.DataFrame(rows)], ignore_index=True))
