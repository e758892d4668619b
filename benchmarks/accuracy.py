# SPDX-License-Identifier: EUPL-1.2
"""How accurate is the outlook beside everything that stands beside it, pair by pair? With asserted bounds.

Usage: ``python benchmarks/accuracy.py [--final] [--pairs NAMES] [--data FOLDER] [--work FOLDER]``. Weekly,
in cells of 125 m, rolling: the state moves on each week, coefficients are learned again every 13. Without ``--final``
over the 52 weeks before each cut-off in ``cutoffs.toml``. With it over the last 30 % of weeks: once per tagged model,
and each such run is logged. Ends with 1 and a sentence for each bound that does not hold.
"""

from __future__ import annotations

import argparse
import json
import os
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pandas as pd
from about import ROOT, about
from accuracy_beside import MODEL, ORACLE
from accuracy_ground import GROUND, with_ground
from accuracy_pairs import Pair, Period, read_pairs
from accuracy_run import Found, open_town, run_pair
from accuracy_summary import MAIN, SHARES, account, bounds, figures_of
from children import ONE_THREAD
from record_districts import in_lines
from sample_filter import REACHABLE

RESULTS = ROOT / "benchmarks" / "results"
AT_ONCE = 2  # pairs; each takes some 1.3 GB


def table_of(pair: dict[str, Any]) -> str:
    """Return the table of one pair, best first at 3 % of the cells."""
    added, beside = pd.DataFrame(pair["models"]), pd.DataFrame(pair["compare"])
    wide = {share: added[added["area_share"] == share].set_index("model") for share in SHARES}
    ratios = beside[beside["area_share"] == MAIN].set_index("beside")
    lines = [
        f"{pair['pair']}, {pair['first_week']} to {pair['last_week']} ({pair['weeks']} weeks); study area "
        f"{pair['cells']:,} cells of 125 m, {pair['area_km2']:,} km²; N = {wide[MAIN]['total'].iloc[0]:.0f}",
        f"{'':24}{'n 1%':>7}{'n 3%':>7}{'n 5%':>7}{'n/N 3%':>8}{'PAI':>6}{'PEI*':>7}{'dev/wk':>9}{'exp÷came':>9}"
        "  outlook ÷ this, 3 %",
    ]
    for name in wide[MAIN].sort_values("hits", ascending=False).index:
        row = wide[MAIN].loc[name]
        hits = "".join(f"{wide[share].loc[name, 'hits']:7.0f}" for share in SHARES)
        told = ""
        if name not in (MODEL,):
            ratio = ratios.loc[name]
            told = f"  {ratio['ratio']:.3f} ({ratio['ratio_low']:.3f}–{ratio['ratio_high']:.3f})"
        mark = "*" if name == MODEL else "°" if name in (ORACLE, REACHABLE, GROUND) else " "
        lines.append(
            f"{mark} {name:22}{hits}{row['hit_rate']:8.3f}{row['pai']:6.1f}{row['pei_star']:7.3f}"
            f"{row['deviance']:9.1f}{row['calibration']:9.3f}{told}"
        )
    lines += in_lines(pair["by_district"])
    return "\n".join(lines)


def overview(accounted: dict[str, Any]) -> str:
    """Return the table over pairs."""
    lines = [f"{'pair':28}{'best baseline in hindsight':28}outlook ÷ it at 1 %, 3 % and 5 % of the cells"]
    by_share = accounted["by_share"]
    for pair, main in by_share.get(str(MAIN), {}).get("pairs", {}).items():
        told = "   ".join(_ratio(by_share[str(share)]["pairs"][pair]) for share in SHARES)
        lines.append(f"{pair:28}{main['beside']:28}{told}")
    for name, words in (("best_of_each", "geometric mean"), ("one_for_all", "one baseline for all")):
        if by_share:
            told = "   ".join(_ratio(by_share[str(share)][name]) for share in SHARES)
            lines.append(f"{words:28}{by_share[str(MAIN)][name].get('beside', 'best of each'):28}{told}")
    for whole in ("oracle", "oracle_expected", "reachable_expected"):
        for pair, models in accounted[whole].items():
            told = ", ".join(
                f"{name} {share['ratio']:.3f}"
                for name, share in sorted(models.items(), key=lambda item: -item[1]["ratio"])
            )
            lines.append(f"{pair}: share of {whole.replace('_', ', ')} at 3 %: {told}")
    return "\n".join(lines)


def _ratio(ratio: dict[str, float]) -> str:
    return f"{ratio['ratio']:.3f} ({ratio['low']:.3f}–{ratio['high']:.3f})"


def run(pairs: list[Pair], period: Period, data: Path, work: Path) -> dict[str, Any]:
    """Run the pairs, as many at once as there are cores (two at most); print their tables and return the figures."""
    os.environ.update(ONE_THREAD)
    found = []
    with ProcessPoolExecutor(min(os.cpu_count() or 1, AT_ONCE), mp_context=get_context("spawn")) as pool:
        towns = dict.fromkeys(pair.town for pair in pairs)
        list(pool.map(read_town, towns, repeat(data), repeat(work)))
        for each in pool.map(one_pair, pairs, repeat(period), repeat(data), repeat(work)):
            found.append(each)
            print(table_of(figures_of(each)), end="\n\n", flush=True)
    accounted = account(found)
    print(overview(accounted), end="\n\n")
    return {"period": period, "pairs": [figures_of(each) for each in found], **accounted}


def read_town(town: str, data: Path, work: Path) -> None:
    """Read a town through the gate once, before its pairs share it."""
    open_town(town, data, work)


def one_pair(pair: Pair, period: Period, data: Path, work: Path) -> Found:
    """Run a pair; in the sample town with a perfect map beside it."""
    found = run_pair(pair, period, data, work)
    return with_ground(found, period, data, work) if pair.made_up else found


def main() -> None:
    """Run it, write the figures, and end with 1 when a bound does not hold."""
    known = read_pairs()
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder with real incidents"
    )
    reader.add_argument("--work", type=Path, default=Path(gettempdir()) / "stip-bench", help="keeps towns and runs")
    reader.add_argument("--final", action="store_true", help="the final period: once per tagged model; logged")
    reader.add_argument("--pairs", default="", help=f"names with commas; all is {', '.join(known)}")
    asked = reader.parse_args()
    if not asked.data.is_dir():
        reader.error(f"{asked.data} is not there; the real incidents are not part of the project.")
    names = asked.pairs.split(",") if asked.pairs else list(known)
    if unknown := [name for name in names if name not in known]:
        reader.error(f"No pair is called {unknown[0]}; there are {', '.join(known)}.")
    os.environ.setdefault("STIP_KEYS", str(asked.work / "keys"))
    period: Period = "final" if asked.final else "tuning"
    figures = run([known[name] for name in names], period, asked.data, asked.work) | {"about": about()}
    if not asked.pairs:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / f"accuracy_{period}.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    told = bounds(figures, every_pair=not asked.pairs)
    for sentence, holds in sorted(told, key=lambda each: not each[1]):  # what broke is told last
        print(f"{'holds' if holds else 'FAILS'}: {sentence}")
    if not all(holds for _, holds in told):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
