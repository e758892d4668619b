# SPDX-License-Identifier: EUPL-1.2
"""Would more reports of the same kind help? The outlook beside one who knows, as well, half of what is still to come.

Usage: ``python benchmarks/headroom.py [--data FOLDER] [--work FOLDER]``. Over the 104 weeks before each cut-off,
never the final period. Every other week is given away: in each cell, what came in those weeks over what the outlook
expected there, shrunk by a gamma prior, lifts or lowers what it expects in the weeks between. Near weeks may count
more, on both sides, and so may the cells around. How strongly, how long and how wide is chosen in hindsight, for the
most hits in the weeks that count, pair by pair: all of that is to the favour of who knows. It tells what more reports
of the target would add to this model. It is no bound on what a better model or other sources could: with the target
alone it said 1.003 on Portland's burglaries, where the other types then added 19 %. Writes
benchmarks/results/headroom.json.
"""

from __future__ import annotations

import argparse
import json
import os
from itertools import product
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import numpy as np
from about import ROOT, about
from accuracy_pairs import Pair, read_pairs
from accuracy_run import REFIT_WEEKS, history_of_pair
from accuracy_summary import MAIN

from stip.outlook import StudyArea, Truth, make_forecasters, rolling
from stip.outlook.ranking import hits_at_each
from stip.space import week_number

WEEKS = 104
PRIORS = (1.0, 4.0, 16.0, 64.0)
HALF_LIVES_WEEKS = (4.0, 16.0, float("inf"))
WIDTHS_M = (0.0, 200.0)


def expected_and_came(pair: Pair, data: Path, work: Path) -> tuple[StudyArea, np.ndarray, np.ndarray]:
    """Return what the outlook expected and what came, each of shape (weeks, n_cells)."""
    history, settings = history_of_pair(pair, "tuning", data, work)
    truth, last = Truth(history), week_number(pair.ends("tuning")[1])
    forecasts = rolling(
        history,
        make_forecasters(("blend",), (pair.crime_type,), settings),
        first_week=last - WEEKS + 1,
        last_week=last,
        refit_weeks=REFIT_WEEKS,
    )
    both = [(each.expected, truth.counts(pair.crime_type, each.week)) for each in forecasts]
    return history.area, np.array([e for e, _ in both]), np.array([c for _, c in both])


def hits(expected: np.ndarray, came: np.ndarray) -> float:
    """Return the incidents in the best cells, week by week."""
    return float(sum(hits_at_each(e, c, (MAIN,))[0] for e, c in zip(expected, came, strict=True)))


def told_half(area: StudyArea, expected: np.ndarray, came: np.ndarray, first: int) -> dict[str, float]:
    """Return hits in every other week, by how the weeks between are used; not at all as ``outlook``."""
    weeks = np.arange(len(came))
    counted, given = weeks[first::2], weeks[1 - first :: 2]
    found = {"outlook": hits(expected[counted], came[counted])}
    for half_life, width in product(HALF_LIVES_WEEKS, WIDTHS_M):
        fade = np.exp2(-np.abs(counted[:, None] - given) / half_life)
        seen, foreseen = fade @ came[given], fade @ expected[given]
        if width:
            seen, foreseen = (area.smooth(each.astype(np.float32), width) for each in (seen, foreseen))
        for prior in PRIORS:
            lifted = expected[counted] * (prior + seen) / (prior + foreseen)
            found[f"{half_life:g} weeks, {width:g} m, prior {prior:g}"] = hits(lifted, came[counted])
    return found


def run(pair: Pair, data: Path, work: Path) -> dict[str, Any]:
    """Return the hits of the outlook and of who knows half of the future, best way in hindsight."""
    area, expected, came = expected_and_came(pair, data, work)
    one, other = (told_half(area, expected, came, first) for first in (0, 1))
    added = {way: one[way] + other[way] for way in one}
    outlook = added.pop("outlook")
    best = max(added, key=lambda way: added[way])
    print(f"{pair}: {outlook:.0f}; who knows half of the future {added[best]:.0f} ({best})", flush=True)
    return {
        "pair": str(pair),
        "N": round(float(came.sum()), 1),
        "outlook": round(outlook, 1),
        "knows_half": round(added[best], 1),
        "how": best,
        "ratio": round(added[best] / outlook, 4),
    }


def main() -> None:
    """Run the real pairs, print the geometric mean and write the figures."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    reader.add_argument("--work", type=Path, default=Path(gettempdir()) / "stip-bench")
    asked = reader.parse_args()
    if not asked.data.is_dir():
        reader.error(f"{asked.data} is not there; the real incidents are not part of the project.")
    os.environ.setdefault("STIP_KEYS", str(asked.work / "keys"))
    pairs = [run(pair, asked.data, asked.work) for pair in read_pairs().values() if not pair.made_up]
    mean = float(np.exp(np.mean([np.log(pair["ratio"]) for pair in pairs])))
    print(f"who knows half of the future ÷ the outlook, geometric mean over {len(pairs)} pairs: {mean:.4f}")
    figures = {"area_share": MAIN, "weeks": WEEKS, "pairs": pairs, "geometric_mean": round(mean, 4), "about": about()}
    results = ROOT / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    (results / "headroom.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
