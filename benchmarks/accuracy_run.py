# SPDX-License-Identifier: EUPL-1.2
"""Looking ahead for one pair, week by week, by every model; what was done already is not done again."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from about import ROOT
from accuracy_beside import MODEL, Oracle, model_and_beside
from accuracy_known import reachable
from accuracy_pairs import Pair, Period
from accuracy_sample import make_sample, sample_files
from record_districts import districts_of
from towns import TOWNS, made_by, make_real_town

from stip.outlook import DistrictScores, Forecast, History, Truth, read_districts, read_history, rolling
from stip.outlook.backtest import AREA_SHARES, score
from stip.outlook.ranking import hits_at_each
from stip.settings import OutlookSettings
from stip.space import shift_week, week_number
from stip.store import Workspace, read_areas

LOG = ROOT / "benchmarks" / "results" / "final_runs.jsonl"
REFIT_WEEKS = 13
IN_DISTRICTS = ("etas", "long_run")
"""Baselines that stand beside the model in each district."""

BESIDE = (
    "accuracy_beside",
    "accuracy_known",
    "accuracy_run",
    "record_districts",
    "sample_prior",
    "sample_filter",
)


@dataclass(frozen=True)
class Found:
    """What came of a pair in a period.

    Attributes
    ----------
    pair : Pair
    facts : dict
        Cells and km² of the study area, weeks, processor time, the hash of the program, and the scores by district.
    rows : DataFrame that keeps the SCORE contract
    kept : Path
        File with what the model expected and what came, in each week and cell.
    """

    pair: Pair
    facts: dict[str, Any]
    rows: pd.DataFrame
    kept: Path

    def forecasts(self) -> tuple[np.ndarray, np.ndarray]:
        """Return what the model expected and what came, each of shape (weeks, n_cells)."""
        with np.load(self.kept) as file:
            return file["expected"].astype(np.float64), file["came"].astype(np.float64)


@cache
def program_hash() -> str:
    """Return a hash of the library and of what stands beside it here: the same hash is the same model."""
    beside = (Path(__file__).parent / f"{name}.py" for name in BESIDE)
    files = [*sorted((ROOT / "src" / "stip").rglob("*.py")), *beside]
    whole = hashlib.sha256()
    for file in files:
        whole.update(file.name.encode() + file.read_bytes())
    return whole.hexdigest()[:16]


def folder_of(town: str, work: Path) -> Path:
    """Return where a town is kept: apart for each program that reads it in another way."""
    return work / made_by() / town


def open_town(town: str, data: Path, work: Path) -> Workspace:
    """Read a town through the gate, or open it as this program read it before; what was half read is not."""
    folder = folder_of(town, work)
    make = partial(make_real_town, TOWNS[town], data) if town in TOWNS else make_sample
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(prefix=f"{town}-", dir=folder.parent))
        make(half, tell=print)
        try:
            half.rename(folder)
        except OSError:  # another process was first, with the same
            shutil.rmtree(half)
    return make(folder, tell=print)


def history_of_pair(pair: Pair, period: Period, data: Path, work: Path) -> tuple[History, OutlookSettings]:
    """Return what is known at the end of the period: in tuning, nothing of the final period."""
    workspace = open_town(pair.town, data, work)
    return read_history(workspace, shift_week(pair.ends(period)[1], 1)), workspace.settings.outlook


def run_pair(pair: Pair, period: Period, data: Path, work: Path) -> Found:
    """Look ahead to every week of a period by every model, or take what the same program found before.

    In the whole town, and in each district: nobody is served by an average.
    """
    stem = work / "pairs" / f"{pair.town}-{pair.crime_type}-{period}-{program_hash()}-{made_by()}"
    rows_at, facts_at, kept = (stem.with_suffix(end) for end in (".parquet", ".json", ".npz"))
    if facts_at.exists():
        return Found(pair, json.loads(facts_at.read_text(encoding="utf-8")), pd.read_parquet(rows_at), kept)
    history, settings = history_of_pair(pair, period, data, work)
    forecasters = model_and_beside(pair.crime_type, settings, history)
    oracle: Oracle | None = None
    if pair.made_up:
        files, memory = sample_files(folder_of(pair.town, work)), forecasters[0].memory
        oracle = Oracle(pair.crime_type, settings, memory).knows(files, history)
        forecasters += [oracle, reachable(pair, files, history, settings, memory)]
    started, truth = time.process_time(), Truth(history)
    workspace = open_town(pair.town, data, work)
    apart = DistrictScores(history, read_districts(workspace, history.area))
    rows, expected, came = [], [], []
    first, last = pair.ends(period)
    print(f"{pair}: {first} to {last}, {len(history.area):,} cells", flush=True)
    for forecast in rolling(
        history,
        forecasters,
        first_week=week_number(first),
        last_week=week_number(last),
        refit_weeks=REFIT_WEEKS,
    ):
        scored = score(forecast, history, run_id="accuracy", final_after_weeks=6, truth=truth)
        rows += scored if oracle is None else with_luck_taken_out(scored, forecast, oracle)
        if forecast.model in (MODEL, *IN_DISTRICTS):
            apart.add(forecast)
        if forecast.model == MODEL:
            expected.append(forecast.expected.astype(np.float32))
            came.append(truth.counts(pair.crime_type, forecast.week).astype(np.float32))
    table = pd.DataFrame(rows)
    facts = {
        "pair": str(pair),
        "period": period,
        "first_week": first,
        "last_week": last,
        "weeks": int(table["week"].nunique()),
        "cells": len(history.area),
        "area_km2": round(len(history.area) * (history.area.grid.cell_m / 1000) ** 2, 1),
        "processor_minutes": round((time.process_time() - started) / 60, 1),
        "program": program_hash(),
        "by_district": districts_of(
            apart.rows(), MODEL, IN_DISTRICTS, read_areas(workspace).district_names(), seed=settings.seed
        ),
    }
    stem.parent.mkdir(parents=True, exist_ok=True)
    table.to_parquet(rows_at)
    np.savez_compressed(kept, expected=np.array(expected), came=np.array(came))
    facts_at.write_text(json.dumps(facts), encoding="utf-8")
    if period == "final":
        _log(facts, table)
    return Found(pair, facts, table, kept)


def with_luck_taken_out(rows: list[dict[str, object]], forecast: Forecast, oracle: Oracle) -> list[dict[str, object]]:
    """Return the rows with what the best cells hold by the true intensity: hits without the luck of the counts."""
    held = hits_at_each(forecast.expected, oracle.of_week(forecast.week), AREA_SHARES)
    return [row | {"expected_hits": each} for row, each in zip(rows, held, strict=True)]


def _log(facts: dict[str, Any], rows: pd.DataFrame) -> None:
    """Write in the log that the final weeks were looked at, with what was seen."""
    at_main = rows[rows["area_share"] == 0.03].groupby("model")[["hits", "total"]].sum()
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    line = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit.stdout.strip() or "unknown",
        **{name: facts[name] for name in ("program", "pair", "first_week", "last_week", "weeks", "cells")},
        "N": round(float(at_main["total"].iloc[0]), 1),
        "n_at_3_per_cent": {str(name): round(float(n), 1) for name, n in at_main["hits"].items()},
    }
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(json.dumps(line) + "\n")
