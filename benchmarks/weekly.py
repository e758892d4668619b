# SPDX-License-Identifier: EUPL-1.2
"""Does a longer history make the week dearer? Writes benchmarks/results/weekly.json, and refuses if it does.

Usage: ``python benchmarks/weekly.py [--small]``. Two drawn towns of as many cells, of which one has twice as many
years behind it, at as many incidents a year. Each outlook is made seven times, in turns, in a process of its own; the
least processor time counts. What is left to grow is reading: the incidents are read and put in order once.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from children import check, child, measured, write_result
from scale_town import UNTIL, TownSize, make_scale_town

from stip.outlook import make_outlook, read_history
from stip.store import Workspace

MOST = 1.15
"""What twice the years may cost, beside once."""

_ROUNDS = {"outlook": 7, "reading": 2}
_WARM = TownSize("warm", 500, 2_000, 160)
_SIZES = {False: (20_000, 130_000, 416), True: (4_000, 27_000, 416)}


def outlook(root: Path) -> dict[str, Any]:
    """Make the outlook afresh."""
    shutil.rmtree(root / "runs", ignore_errors=True)
    make_outlook(Workspace.open(root), UNTIL)
    return {}


def reading(root: Path) -> dict[str, Any]:
    """Do the part that goes through all incidents."""
    return {"arrivals": len(read_history(Workspace.open(root), UNTIL))}


WORK = {"outlook": outlook, "reading": reading}


def main() -> None:
    """Draw the towns, measure in turns, print a table, write the figures and hold the bound."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--small", action="store_true", help="a town of 4,000 cells instead of 20,000")
    reader.add_argument("--child", nargs=2, metavar=("WORK", "ROOT"), help=argparse.SUPPRESS)
    asked = reader.parse_args()
    if asked.child:
        work, root = WORK[asked.child[0]], Path(asked.child[1])
        work(root.parent / _WARM.name)  # imports and compiles
        measured(lambda: work(root))
        return
    cells, incidents, weeks = _SIZES[asked.small]
    spent: dict[str, dict[int, list[float]]] = {name: {1: [], 2: []} for name in WORK}
    with tempfile.TemporaryDirectory() as temporary:
        os.environ.setdefault("STIP_KEYS", str(Path(temporary) / "keys"))
        make_scale_town(Path(temporary) / _WARM.name, _WARM)
        for times in (1, 2):
            size = TownSize(f"years{times}", cells, times * incidents, times * weeks)
            make_scale_town(Path(temporary) / size.name, size)
        for name, of_years in spent.items():
            for _ in range(_ROUNDS[name]):
                for times, seconds in of_years.items():
                    found = child(Path(__file__), name, Path(temporary) / f"years{times}")
                    seconds.append(found["cpu_s"])
    least = {name: {times: min(seconds) for times, seconds in of_years.items()} for name, of_years in spent.items()}
    print(f"{'processor seconds':<20}{'8 years':>10}{'16 years':>10}{'ratio':>8}")
    for name, of_years in least.items():
        print(f"{name:<20}{of_years[1]:>10.2f}{of_years[2]:>10.2f}{of_years[2] / of_years[1]:>8.2f}")
    ratio = least["outlook"][2] / least["outlook"][1]
    facts = {"cells": cells, "incidents": incidents, "weeks": weeks, "cpu_s": least, "ratio": round(ratio, 3)}
    write_result(f"weekly{'_small' if asked.small else ''}", {"measured": facts})
    check({f"twice the years cost at most {MOST} times as much: {ratio:.2f}": ratio <= MOST})


if __name__ == "__main__":
    main()
