# SPDX-License-Identifier: EUPL-1.2
"""Can one machine look ahead for the whole country? Writes benchmarks/results/country.json.

Usage: ``python benchmarks/country.py [--small] [--share 0.1] [--work FOLDER] [--workers N]``. Draws 340 towns of
very unequal size, together 2.2 million cells, 8 million incidents in ten years and four types, each a workspace of
its own; then makes all their outlooks as ``stip outlook run --all`` does. Ten minutes and 8 GB are the budget, on an
idle machine with two cores; processor time is told beside it. Towns that are drawn in
FOLDER already are not drawn again.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import shutil
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from about import ROOT, about
from scale_town import UNTIL, TownSize, make_scale_town

from stip.outlook import Outcome, outlooks_here, workspaces_in

COUNTRY = {False: (340, 2_200_000, 8_000_000, 520), True: (12, 20_000, 72_000, 520)}
"""Towns, cells, incidents and weeks; the small one has towns as small as the country's."""

_BUDGET = {"seconds": 600, "gb": 8}
_FEWEST_CELLS, _MOST_CELLS = 250, 60_000
_PAGE_GB = os.sysconf("SC_PAGE_SIZE") / 1e9
_TICKS = os.sysconf("SC_CLK_TCK")


def sizes_of(towns: int, cells: int, incidents: int, weeks: int) -> list[TownSize]:
    """Draw unequal sizes that add up; large towns have more incidents a cell."""
    draw = np.random.default_rng(340)
    spread = np.exp(draw.normal(0, 0.8, towns))
    for _ in range(20):
        spread = np.clip(spread * cells / spread.sum(), _FEWEST_CELLS, _MOST_CELLS)
    busy = spread * np.exp(draw.normal(0, 0.7, towns))
    busy *= incidents / busy.sum()
    return [
        TownSize(f"gemeente{place:03}", round(n), max(400, round(came)), weeks, seed=place)
        for place, (n, came) in enumerate(zip(spread, busy, strict=True))
    ]


class Meter(threading.Thread):
    """Watches this process and all below it: most memory together, counting shared pages in each; processor time."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak_gb = 0.0
        self.processor_s: dict[int, float] = {}
        self._done = threading.Event()

    def run(self) -> None:
        """Look twice a second."""
        while not self._done.wait(0.5):
            self._look()

    def stop(self) -> None:
        """Look a last time and end."""
        self._done.set()
        self.join()

    def _look(self) -> None:
        family = {os.getpid()}
        held = 0.0
        for folder in sorted(Path("/proc").glob("[0-9]*"), key=lambda each: int(each.name)):
            try:
                fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(folder.name) in family or int(fields[1]) in family:
                family.add(int(folder.name))
                held += int(fields[21]) * _PAGE_GB
                self.processor_s[int(folder.name)] = (int(fields[11]) + int(fields[12])) / _TICKS
        self.peak_gb = max(self.peak_gb, held)


def draw_town(folder: str, size: TownSize) -> None:
    """Draw a town unless it is there."""
    if not (Path(folder) / size.name / "data" / "incidents").exists():
        shutil.rmtree(Path(folder) / size.name, ignore_errors=True)
        make_scale_town(Path(folder) / size.name, size)


def measure(folder: Path, workers: int) -> dict[str, Any]:
    """Make all outlooks and tell what it cost."""
    meter = Meter()
    meter.start()
    began = time.perf_counter()
    reports = outlooks_here(workspaces_in(folder), UNTIL, workers=workers)
    seconds = time.perf_counter() - began
    meter.stop()
    return {
        "outcomes": {outcome: sum(report.outcome is outcome for report in reports) for outcome in Outcome},
        "why": sorted({report.why for report in reports if report.why}),
        "seconds": round(seconds, 1),
        "processor_s": round(sum(meter.processor_s.values()), 1),
        "peak_gb": round(meter.peak_gb, 2),
        "slowest_s": max(report.seconds for report in reports),
        "workers": workers,
        "load": round(os.getloadavg()[0], 1),
    }


def main() -> None:
    """Draw the country, measure, print a line and write the figures."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--small", action="store_true", help="twelve small towns")
    reader.add_argument("--share", type=float, default=1.0, help="so much of the country: fewer towns, as unequal")
    reader.add_argument("--work", type=Path, default=None, help="where to keep the towns; else a temporary folder")
    reader.add_argument("--workers", type=int, default=2)
    asked = reader.parse_args()
    towns, cells, incidents, weeks = COUNTRY[asked.small]
    sizes = sizes_of(*(round(asked.share * number) for number in (towns, cells, incidents)), weeks)
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.work or Path(temporary) / "country"
        folder.mkdir(parents=True, exist_ok=True)
        os.environ.setdefault("STIP_KEYS", str(Path(temporary) / "keys"))
        with ProcessPoolExecutor(asked.workers, mp_context=multiprocessing.get_context("spawn")) as pool:
            list(pool.map(draw_town, [str(folder)] * len(sizes), sizes))
        for runs in folder.glob("*/runs"):
            shutil.rmtree(runs)
            runs.mkdir()
        found = measure(folder, asked.workers)
    country = {
        "towns": len(sizes),
        "cells": sum(size.cells for size in sizes),
        "incidents": sum(size.incidents for size in sizes),
        "weeks": sizes[0].weeks,
    }
    print(json.dumps(country | found, indent=1))
    results = ROOT / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    made = {"about": about(), "budget": _BUDGET, "country": country, "measured": found}
    name = f"country{'_small' if asked.small else ''}{'' if asked.share == 1 else f'_{asked.share:g}'}.json"
    (results / name).write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
