# SPDX-License-Identifier: EUPL-1.2
"""Does the ranking name who really did better? Years on the sample town in which it is known who had more skill.

Usage: ``python benchmarks/learn_year.py [--seeds 200] [--data FOLDER]``. Writes benchmarks/results/learn_year.json
and the tables in docs/explanation/learning.md.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from about import ROOT, about
from learn_year_page import write_section
from learn_year_world import MODELS, SCENARIOS, Scenario, World, live_a_year, make_world, true_order
from scipy import stats

from stip.learn import HALF_YEAR, YEAR, Block, Kind, Pair, rank
from stip.settings import LearnSettings

SETTINGS = LearnSettings()
SEEDS = 200


def judge(world: World, scenario: Scenario, seed: int) -> dict[str, Any]:
    """Live one year and tell what the ranking says after it, and whether it said anything wrong in any week."""
    rows, weeks = live_a_year(world, scenario, seed=seed)
    year = Block(YEAR, weeks)
    told = {kind: rank(rows, year, SETTINGS, kind=kind) for kind in (Kind.PEOPLE, Kind.DROPPED)}
    half = rank(rows, Block(HALF_YEAR, weeks[:HALF_YEAR]), SETTINGS)
    truth = {frozenset(pair): better for pair, better in scenario.better.items()}
    said = [pair for each in (half, told[Kind.PEOPLE]) for pair in each.pairs if pair.better is not None]
    return {
        "order": [str(side) for side in told[Kind.PEOPLE].order],
        "nothing": told[Kind.PEOPLE].says_nothing,
        "wrong": any(truth[frozenset((pair.first, pair.second))] != pair.better for pair in said),
        "half_order": [str(side) for side in half.order],
        "hits": {str(side): hits for side, hits in told[Kind.PEOPLE].hits.items()},
        "judgements": told[Kind.PEOPLE].judgements,
        "total": told[Kind.PEOPLE].total,
        "dropped": [_above(pair) for pair in told[Kind.DROPPED].pairs],
    }


def _above(pair: Pair) -> str | None:
    """Return which side the interval of a pair favours; Stip shows the interval and says nothing of it."""
    return str(pair.first) if pair.low > 0 else str(pair.second) if pair.high < 0 else None


def run(world: World, scenario: Scenario, seeds: int, workers: int) -> dict[str, Any]:
    """Live many years of one scenario and count what was said."""
    seeds = seeds if scenario.named else seeds // 2
    with ProcessPoolExecutor(workers) as pool:
        years = list(pool.map(partial(judge, world, scenario), range(seeds), chunksize=max(1, seeds // 20)))
    want = [str(side) for side in true_order(scenario)]
    right = sum(bool(want) and year["order"] == want for year in years)
    other = sum(bool(year["order"]) and year["order"] != want for year in years)
    nothing, wrong = (sum(year[name] for year in years) for name in ("nothing", "wrong"))
    dropped = Counter(str(year["dropped"][0]) if year["dropped"] else "too_few" for year in years)
    return {
        "name": scenario.name,
        "what": scenario.what,
        "order": want,
        "seeds": seeds,
        "right": right,
        "other_order": other,
        "nothing": nothing,
        "wrong_at_any_moment": wrong,
        "right_after_half": sum(bool(want) and year["half_order"] == want for year in years),
        "dropped": dict(dropped),
        "judgements": float(np.mean([year["judgements"] for year in years])),
        "total": float(np.mean([year["total"] for year in years])),
        "hits": {side: float(np.mean([year["hits"][side] for year in years])) for side in years[0]["hits"]},
        **{f"{name}_interval": interval(count, seeds) for name, count in
           (("right", right), ("other_order", other), ("nothing", nothing), ("wrong_at_any_moment", wrong))},
    }  # fmt: skip


def interval(count: int, of: int) -> list[float]:
    """Return the 95 % interval of a share (Clopper and Pearson 1934)."""
    found = stats.binomtest(count, of).proportion_ci(0.95, method="exact")
    return [round(float(found.low), 4), round(float(found.high), 4)]


def keep(found: list[dict[str, Any]], made_s: float) -> None:
    """Write figures and page."""
    facts = about()
    kept = {"about": facts, "weeks": YEAR, "world_processor_s": made_s, "scenarios": found}
    target = ROOT / "benchmarks" / "results" / "learn_year.json"
    target.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    write_section(ROOT / "docs" / "explanation" / "learning.md", found, facts)


def main() -> None:
    """Live the years and write what came out."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--seeds", type=int, default=SEEDS)
    reader.add_argument("--workers", type=int, default=2)
    reader.add_argument("--data", type=Path, default=None, help="a sample town that was made before")
    reader.add_argument("--only", default="", help="names of scenarios, with commas")
    reader.add_argument("--keep", action="store_true", help="do not write results and page")
    asked = reader.parse_args()
    started = time.process_time()
    with tempfile.TemporaryDirectory() as temporary:
        chosen = [each for each in SCENARIOS if not asked.only or each.name in asked.only.split(",")]
        used = {name for each in chosen for name in (each.outlook, each.baseline)}
        names = tuple(name for name in MODELS if name in used) or MODELS[-1:]  # one tells which weeks there are
        world = make_world(asked.data or Path(temporary), names=names)
    made = time.process_time() - started
    found = []
    for scenario in chosen:
        found.append(run(world, scenario, asked.seeds, asked.workers))
        line = found[-1]
        counts = ("right", "other_order", "nothing", "wrong_at_any_moment", "seeds", "hits", "dropped")
        if not asked.keep:  # after each, so that a run that is cut off leaves what it found
            keep(found, round(made, 1))
        print(line["name"], {name: line[name] for name in counts}, flush=True)


if __name__ == "__main__":
    main()
