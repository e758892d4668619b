# SPDX-License-Identifier: EUPL-1.2
"""Chooses the width of the background of the self-exciting process (`etas`), on weeks before each cut-off.

Usage: ``python benchmarks/etas_width.py [--data FOLDER] [--work FOLDER]``. Over the 52 weeks before the cut-off of
each pair of a real town, never the final period. The width that caught most in the best 3 % of the cells, in
geometric mean over the pairs, is `stip.outlook.excited.BACKGROUND_M`; ends with 1 when it is another.
"""

from __future__ import annotations

import argparse
import json
import math
import os
from pathlib import Path
from tempfile import gettempdir

import numpy as np
from about import ROOT, about
from accuracy_pairs import TUNING_WEEKS, Pair, read_pairs
from accuracy_run import REFIT_WEEKS, history_of_pair
from accuracy_summary import MAIN

from stip.outlook import Truth, rolling
from stip.outlook.etas import Etas
from stip.outlook.excited import BACKGROUND_M
from stip.outlook.memory import Memory
from stip.outlook.ranking import hits_at
from stip.space import week_number

WIDTHS_M = (60.0, 90.0, 125.0, 180.0, 250.0, 350.0, 500.0)


def run(pair: Pair, data: Path, work: Path) -> dict[str, dict[str, float]]:
    """Return hits, and the mean log-likelihood of where an incident fell, of each width."""
    history, settings = history_of_pair(pair, "tuning", data, work)
    forecasters = []
    for width in WIDTHS_M:
        forecasters.append(Etas(pair.crime_type, settings, Memory((float("inf"),), (0.0,))))
        forecasters[-1].background_m = width
    truth, first = Truth(history), week_number(pair.ends("tuning")[0])
    found = {f"{width:g}": {"hits": 0.0, "log_likelihood": 0.0} for width in WIDTHS_M}
    total = 0.0
    for forecast in rolling(
        history, forecasters, first_week=first, last_week=first + TUNING_WEEKS - 1, refit_weeks=REFIT_WEEKS
    ):
        came = truth.counts(pair.crime_type, forecast.week)
        total += came.sum() / len(WIDTHS_M)
        of = found[f"{forecast.forecaster.background_m:g}"]  # type: ignore[attr-defined]
        of["hits"] += hits_at(forecast.expected, came, area_share=MAIN)
        of["log_likelihood"] += float(came @ np.log(forecast.expected / forecast.expected.sum()))
    for of in found.values():
        of["hits"], of["log_likelihood"] = round(of["hits"], 1), round(of["log_likelihood"] / max(total, 1e-9), 4)
    print(f"{pair}, N = {total:.0f}: " + ", ".join(f"{m} m {of['hits']:.0f}" for m, of in found.items()), flush=True)
    return found


def best_of(pairs: dict[str, dict[str, dict[str, float]]]) -> dict[str, float]:
    """Return hits of each width ÷ those of the best one of each pair, in geometric mean over the pairs.

    Examples
    --------
    >>> best_of({"a": {"60": {"hits": 50.0}, "90": {"hits": 100.0}}, "b": {"60": {"hits": 8.0}, "90": {"hits": 8.0}}})
    {'60': 0.7071, '90': 1.0}
    """
    most = {pair: max(of["hits"] for of in each.values()) for pair, each in pairs.items()}
    found = {}
    for width in next(iter(pairs.values())):
        logs = [math.log(each[width]["hits"] / most[pair]) for pair, each in pairs.items()]
        found[width] = round(math.exp(sum(logs) / len(logs)), 4)
    return found


def main() -> None:
    """Run it over the real towns, write the figures, and end with 1 when another width is best."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    reader.add_argument("--work", type=Path, default=Path(gettempdir()) / "stip-bench")
    asked = reader.parse_args()
    if not asked.data.is_dir():
        reader.error(f"{asked.data} is not there; the real incidents are not part of the project.")
    os.environ.setdefault("STIP_KEYS", str(asked.work / "keys"))
    found = {str(pair): run(pair, asked.data, asked.work) for pair in read_pairs().values() if not pair.made_up}
    relative = best_of(found)
    results = ROOT / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    figures = {"area_share": MAIN, "of_the_best": relative, "pairs": found, "about": about()}
    (results / "etas_width.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    chosen = max(relative, key=lambda width: relative[width])
    print(f"of the best, in geometric mean: {relative}; chosen: {chosen} m; in use: {BACKGROUND_M:g} m")
    if float(chosen) != BACKGROUND_M:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
