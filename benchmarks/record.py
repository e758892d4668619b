# SPDX-License-Identifier: EUPL-1.2
"""How well does the outlook do on real towns? Writes docs/explanation/record.md and benchmarks/results/record.json.

Usage: ``python benchmarks/record.py [--data FOLDER] [--work FOLDER]``. Reads each town's own files through the gate,
looks ahead to each of the last 52 weeks whose reports are in, with what was known on that Monday, and counts what
fell in the best 1, 3 and 5 % of the cells, for the model and for every baseline.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import pandas as pd
from about import ROOT, about
from record_districts import districts_of, section
from towns import TOWNS, RealTown, make_real_town

from stip.outlook import (
    DistrictScores,
    backtest,
    compare,
    make_forecasters,
    model_label,
    model_names,
    read_districts,
    read_history,
    summary,
)
from stip.space import shift_week
from stip.store import read_areas

WEEKS = 52
SHARES = (0.01, 0.03, 0.05)
MAIN = 0.03


def run_town(town: RealTown, data: Path, work: Path) -> list[dict[str, Any]]:
    """Backtest every model in a town and return, for each crime type, rows for the page, with what it cost."""
    started = time.perf_counter()
    workspace = make_real_town(town, data, work / town.name, tell=print)
    settings = workspace.settings
    read = time.perf_counter()
    late = settings.learn.final_after_weeks
    history = read_history(workspace, shift_week(town.last_week, 1))
    apart = DistrictScores(history, read_districts(workspace, history.area))
    rows = backtest(
        history,
        make_forecasters(tuple(model_names(history)), settings.outlook.targets, settings.outlook),
        weeks=WEEKS + late,
        refit_weeks=settings.outlook.refit_weeks,
        final_after_weeks=late,
        watch=apart.add,
    )
    # Only weeks whose late reports are in; the same weeks for every model.
    settled = sorted(rows["week"].unique())[:WEEKS]
    rows, districts = (table[table["week"].isin(settled)] for table in (rows, apart.rows()))
    done = time.perf_counter()
    shared = {
        "town": town.name,
        "cells": int(history.area.cells.size),
        "area_km2": round(history.area.cells.size * (settings.town.cell_m / 1000) ** 2, 1),
        "first_week": str(rows["week"].min()),
        "last_week": str(rows["week"].max()),
        "weeks": int(rows["week"].nunique()),
        "model": settings.outlook.model,
        "intake_s": round(read - started, 1),
        "backtest_s": round(done - read, 1),
    }
    added, beside = (
        summary(rows, n_cells=len(history.area)),
        compare(rows, settings.outlook.model, seed=settings.outlook.seed),
    )
    names = read_areas(workspace).district_names()
    return [
        shared
        | {
            "label": settings.crime_types[target].label,
            "crime_type": target,
            "summary": added[added["crime_type"] == target].to_dict("records"),
            "compare": beside[beside["crime_type"] == target].to_dict("records"),
            "by_district": districts_of(
                districts[districts["crime_type"] == target],
                settings.outlook.model,
                tuple(dict.fromkeys((settings.outlook.baseline, _best_baseline(beside, target)))),
                names,
                seed=settings.outlook.seed,
            ),
        }
        for target in town.targets
    ]


def _best_baseline(beside: pd.DataFrame, target: str) -> str:
    """Return the baseline that caught most of a type, seen afterwards."""
    rows = beside[(beside["crime_type"] == target) & (beside["area_share"] == MAIN)]
    return str(rows.loc[rows["beside_hits"].idxmax(), "beside"])


def page(found: list[dict[str, Any]], about: dict[str, Any]) -> str:
    """Return the page."""
    parts = [
        "# The record",
        "<!-- Made by `make record`; do not edit. -->",
        "How often the outlook was right on real towns, beside every baseline. Each outlook was made with what "
        "was known on its Monday at 00:00 ([`known_at`](../adr/0005-known-at.md)) and scored on everything that was "
        "reported since. *n* is the number of incidents in the chosen cells, *N* the number in the whole study area; "
        "an incident with a time window counts for the part of its window that lies in the week.",
        "Ratios are *n* of the outlook over *n* of the other, with a 95 % interval by paired bootstrap over weeks. "
        "An interval that holds 1 says: this may be chance.",
        "An average may hide a part of town that is not served. So each section ends with the districts: what fell "
        "in the best 3 % of a district's own cells, in the worst, the middle and the best district, and in how many "
        "a baseline did better. All districts stand in `benchmarks/results/record.json`; "
        "`stip outlook backtest --by district` shows them for any town.",
    ]
    for town in found:
        parts += _town(town)
    parts += [
        "## How this was made",
        f"`make record` on {about['made_on']}, Stip {about['stip']} at commit `{about['commit']}`, Python "
        f"{about['python']}, {about['cores']} cores; at most {about['peak_gb']:.1f} GB of memory. The files went "
        "through intake, gate and link like any town's (`benchmarks/towns.py`); they are not part of the project. "
        "Default settings everywhere; what was tuned, and on which weeks, stands in [the outlook](outlook.md).",
    ]
    return "\n\n".join(parts) + "\n"


def _town(town: dict[str, Any]) -> list[str]:
    added = pd.DataFrame(town["summary"])
    pairs = pd.DataFrame(town["compare"])
    wide = {share: added[added["area_share"] == share].set_index("model") for share in SHARES}
    beside = pairs[pairs["area_share"] == MAIN].set_index("beside")
    order = wide[MAIN].sort_values("hits", ascending=False).index
    lines = [
        "| | n, 1 % | n, 3 % | n, 5 % | N | n/N, 3 % | PAI, 3 % | outlook ÷ this, 3 % | expected ÷ came |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name in order:
        row = wide[MAIN].loc[name]
        ratio = "" if name == town["model"] else _ratio(beside.loc[name])
        mark = "**" if name == town["model"] else ""
        hits = " | ".join(f"{wide[share].loc[name, 'hits']:.0f}" for share in SHARES)
        lines.append(
            f"| {mark}{_english(name)}{mark} | {hits} | {row['total']:.0f} | {mark}{row['hit_rate']:.3f}{mark} | "
            f"{row['pai']:.1f} | {ratio} | {row['calibration']:.2f} |"
        )
    best = beside["beside_hits"].idxmax()
    return [
        f"## {town['town'].capitalize()}: {town['crime_type'].replace('_', ' ')}",
        f"{town['weeks']} weeks, {town['first_week']} to {town['last_week']}; study area {town['cells']:,} cells "
        f"of 125 m ({town['area_km2']} km²), all cells whose middle lies in a neighbourhood of the town.",
        "\n".join(lines),
        f"The best baseline here, seen afterwards, is *{_english(best)}*: the outlook caught "
        f"{_ratio(beside.loc[best])} times as much in 3 % of the area. "
        f"Reading and linking the town took {town['intake_s']:.0f} s, the backtest of all its types and models "
        f"{town['backtest_s']:.0f} s.",
        *section(town, _english),
    ]


def _ratio(row: pd.Series) -> str:
    return f"{row['ratio']:.2f} ({row['ratio_low']:.2f}–{row['ratio_high']:.2f})"


_ENGLISH = {
    "blend": "the outlook (blend)",
    "long_run": "all incidents so far",
    "last_52_weeks": "last 52 weeks",
    "recent_mean": "last 8 weeks",
    "same_season_last_year": "same season last year",
    "kde_narrow": "KDE, 90 m, all incidents",
    "kde": "KDE, bandwidth tuned on the past",
    "prospective_hot_spot": "prospective hot spot (ProMap)",
    "etas": "self-exciting point process (ETAS)",
    "risk_terrain": "risk terrain (RTM)",
}


def _english(name: str) -> str:
    return _ENGLISH.get(name, f"{name} ({model_label(name)})")


def main() -> None:
    """Run the towns and write page and figures."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder with real incidents"
    )
    reader.add_argument(
        "--work", type=Path, default=None, help="where to keep the workspaces; else a temporary folder"
    )
    reader.add_argument("--towns", default=",".join(TOWNS), help="names, with commas")
    asked = reader.parse_args()
    if not asked.data.is_dir():
        reader.error(f"{asked.data} is not there; the real incidents are not part of the project.")
    with tempfile.TemporaryDirectory() as temporary:
        work = asked.work or Path(temporary)
        os.environ.setdefault("STIP_KEYS", str(Path(temporary) / "keys"))
        found = [pair for name in asked.towns.split(",") for pair in run_town(TOWNS[name], asked.data, work)]
    made = about()
    results = ROOT / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    (results / "record.json").write_text(
        json.dumps({"about": made, "towns": found}, indent=1) + "\n", encoding="utf-8"
    )
    (ROOT / "docs" / "explanation" / "record.md").write_text(page(found, made), encoding="utf-8")
    print("docs/explanation/record.md")


if __name__ == "__main__":
    main()
