# SPDX-License-Identifier: EUPL-1.2
"""How would the outlook have done in the NIJ challenge? Writes explanation/nij.md and results/nij.json.

Usage: ``python benchmarks/nij.py [--before-cut-off] [--data FOLDER] [--work FOLDER]``. Scores the default outlook and
plain counts as the entries were scored, beside the shapefiles of a winner, and over the last 52 weeks besides. With
``--before-cut-off`` the 52 weeks before that of ``cutoffs.toml``, in three of the five cell sizes, printed only: the
challenge lies in the final weeks of Portland, so of that the table is told as it was last made.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from about import ROOT, about
from accuracy_pairs import read_pairs
from nij_entries import QUOTED, read_reports, rescored
from nij_ours import AREAS, CELLS_M, gather
from nij_page import BESIDE, MODEL, page, tables
from nij_windows import challenge, chosen_on_the_past, rolling_weeks, split

from stip.space import shift_week, week_from_number

SEED = 20170301
RESULT = ROOT / "benchmarks" / "results" / "nij.json"


def run(data: Path, work: Path) -> dict[str, Any]:
    """Score everything and return the figures of the page."""
    reports, whole = read_reports(data)
    winner = {
        f"{crime_type} {window}": asdict(found) | {"quoted": False}
        for (crime_type, window), found in rescored(data, reports, whole).items()
    }
    winner |= {
        f"{crime_type} {window}": asdict(found) | {"best": None, "square_miles": None, "quoted": True}
        for (crime_type, window), found in QUOTED.items()
    }
    gathered = gather(data, work, (MODEL, *BESIDE))
    choice, test = split(gathered.rows)
    chosen = chosen_on_the_past(gathered.rows)
    return {
        "whole_square_miles": round(whole, 3),
        "cells_m": CELLS_M,
        "areas": AREAS,
        "choice_weeks": _ends(choice),
        "test_weeks": _ends(test),
        "chosen": chosen.to_dict("records"),
        "winner": winner,
        "challenge": challenge(gathered, chosen, reports, whole, seed=SEED),
        "rolling": rolling_weeks(test, chosen, reports, whole, model=MODEL, seed=SEED),
    }


def before_cut_off(data: Path, work: Path) -> dict[str, Any]:
    """Return the rolling weeks before the cut-off, and what `run` last found of the challenge."""
    reports, whole = read_reports(data)
    cut = read_pairs()["portland:burglary"].cut
    gathered = gather(data, work, (MODEL, *BESIDE), cells_m=CELLS_M[::2], last_week=shift_week(cut, -1))
    choice, test = split(gathered.rows)
    chosen = chosen_on_the_past(gathered.rows)
    return json.loads(RESULT.read_text(encoding="utf-8")) | {
        "choice_weeks": _ends(choice),
        "test_weeks": _ends(test),
        "rolling": rolling_weeks(test, chosen, reports, whole, model=MODEL, seed=SEED),
    }


def _ends(rows: Any) -> list[str]:
    return [week_from_number(int(rows["week"].min())), week_from_number(int(rows["week"].max()))]


def main() -> None:
    """Run it and write page and figures."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder with real incidents"
    )
    reader.add_argument(
        "--work", type=Path, default=None, help="where to keep the workspaces; else a temporary folder"
    )
    reader.add_argument("--before-cut-off", action="store_true", help="look at no final week; write nothing")
    asked = reader.parse_args()
    if not asked.data.is_dir():
        reader.error(f"{asked.data} is not there; the real incidents are not part of the project.")
    with tempfile.TemporaryDirectory() as temporary:
        os.environ.setdefault("STIP_KEYS", str(Path(temporary) / "keys"))
        if asked.before_cut_off:
            found = before_cut_off(asked.data, asked.work or Path(temporary))
            made = found["about"]
            print(f"The challenge as `make nij` last made it ({made['made_on']}, commit {made['commit']}),")
            print(f"then {' to '.join(found['test_weeks'])}, made now.\n\n{tables(found)}")
            return
        found = run(asked.data, asked.work or Path(temporary))
    found["about"] = about()
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (ROOT / "docs" / "explanation" / "nij.md").write_text(page(found), encoding="utf-8")
    print(tables(found))
    print(f"docs/explanation/nij.md; {found['about']['processor_minutes']} minutes of processor time")


if __name__ == "__main__":
    main()
