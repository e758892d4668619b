# SPDX-License-Identifier: EUPL-1.2
"""How long does one town take? Writes benchmarks/results/scale.json.

Usage: ``python benchmarks/scale.py [--small]``. A drawn town (`scale_town`) is put in a workspace; then, each in a
process of its own: an outlook from stored incidents to a ranked run with intervals and reasons; and a backtest of a
year of the default model and all counting and kernel baselines. Times are budgets to report: 20 s and 2 minutes on an
idle machine with two cores. Processor time is told beside them, because it holds on a busy machine too.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from about import ROOT, about
from scale_town import TYPES, UNTIL, TownSize, make_scale_town

from stip.outlook import backtest, make_forecasters, make_outlook, model_names, read_history
from stip.store import Workspace

SIZES = {
    False: (TownSize("outlook", 60_000, 400_000, 416), TownSize("backtest", 33_000, 220_000, 416)),
    True: (TownSize("outlook", 6_000, 40_000, 416), TownSize("backtest", 3_300, 22_000, 416)),
}
BUDGET_S = {"outlook": 20, "backtest": 120}
"""On two cores, at full size."""

_WEEKS = 52


def measure(root: str, size: TownSize) -> dict[str, Any]:
    """Do what a town is named after, and tell what it cost."""
    workspace = Workspace.open(root)
    wall_s, processor_s = time.perf_counter(), time.process_time()
    if size.name == "outlook":
        rows = len(make_outlook(workspace, UNTIL).table("outlook"))
    else:
        settings = workspace.settings.outlook
        history = read_history(workspace, UNTIL)
        forecasters = make_forecasters(tuple(model_names(history, slow=False)), TYPES, settings)
        rows = len(backtest(history, forecasters, weeks=_WEEKS, refit_weeks=settings.refit_weeks))
    return {
        "what": size.name,
        "cells": size.cells,
        "incidents": size.incidents,
        "weeks": size.weeks,
        "types": len(TYPES),
        "rows": rows,
        "seconds": round(time.perf_counter() - wall_s, 1),
        "processor_s": round(time.process_time() - processor_s, 1),
        "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2),
        "load": round(os.getloadavg()[0], 1),
    }


def main() -> None:
    """Make the towns, measure, print a table and write the figures."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--small", action="store_true", help="a tenth of the size")
    small = reader.parse_args().small
    found = []
    with tempfile.TemporaryDirectory() as temporary:
        os.environ.setdefault("STIP_KEYS", str(Path(temporary) / "keys"))
        for size in SIZES[small]:
            make_scale_town(Path(temporary) / size.name, size)
            with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as own:
                found.append(own.submit(measure, str(Path(temporary) / size.name), size).result())
    print(f"{'':<10}{'cells':>8}{'incidents':>11}{'weeks':>7}{'types':>7}{'seconds':>9}{'processor':>11}{'GB':>7}")
    for row in found:
        print(
            f"{row['what']:<10}{row['cells']:>8}{row['incidents']:>11}{row['weeks']:>7}{row['types']:>7}"
            f"{row['seconds']:>9}{row['processor_s']:>11}{row['peak_gb']:>7}"
        )
    results = ROOT / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    made = {"about": about(), "budget_s": BUDGET_S, "measured": found}
    (results / f"scale{'_small' if small else ''}.json").write_text(
        json.dumps(made, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
