# SPDX-License-Identifier: EUPL-1.2
"""What does each part of the default outlook add? Writes the table in docs/explanation/outlook.md.

Usage: ``python benchmarks/ablation.py [--data FOLDER] [--work FOLDER]``. Over the 52 weeks before each cut-off, never
the final period, each part is taken out by itself.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pandas as pd
from ablation_parts import PARTS, default_and_variants
from about import ROOT, about
from accuracy_pairs import TUNING_WEEKS, Pair, read_pairs
from accuracy_run import REFIT_WEEKS, history_of_pair
from accuracy_summary import MAIN, SEED

from stip.outlook import backtest, compare, summary

PAIRS = ("groningen:bicycle_theft", "portland:burglary", "chicago:home_burglary")
PAGE = ROOT / "docs" / "explanation" / "outlook.md"
BEGIN, END = "<!-- ablation: made by `make ablation`; do not edit -->", "<!-- end of ablation -->"


def run(pair: Pair, data: Path, work: Path) -> dict[str, Any]:
    """Score the default and each variant over the year before the cut-off."""
    history, settings = history_of_pair(pair, "tuning", data, work)
    forecasters = default_and_variants(pair.crime_type, settings, history)
    rows = backtest(history, forecasters, weeks=TUNING_WEEKS, refit_weeks=REFIT_WEEKS)
    added = summary(rows, n_cells=len(history.area))
    added = added[added["area_share"] == MAIN].set_index("model")
    beside = compare(rows, "blend", seed=SEED)
    beside = beside[beside["area_share"] == MAIN].set_index("beside")
    variants = {
        name: {
            "n": round(float(added.loc[name, "hits"]), 1),
            "deviance": round(float(added.loc[name, "deviance"]), 1),
            "calibration": round(float(added.loc[name, "calibration"]), 3),
        }
        | ({} if name == "blend" else _inverse(beside.loc[name]))
        for name in added.index
    }
    first, last = pair.ends("tuning")
    print(f"{pair}: {variants}", flush=True)
    return {
        "pair": str(pair),
        "weeks": f"{first} to {last}",
        "N": round(float(added["total"].iloc[0]), 1),
        "variants": variants,
    }


def _inverse(row: pd.Series) -> dict[str, float]:
    """Return the variant over the default, from the default over the variant."""
    return {
        "ratio": round(1 / row["ratio"], 4),
        "low": round(1 / row["ratio_high"], 4),
        "high": round(1 / row["ratio_low"], 4),
    }


def table(found: list[dict[str, Any]]) -> str:
    """Return the table as it stands on the page."""
    heads = [f"{each['pair'].replace(':', ', ').replace('_', ' ')} (N = {each['N']:.0f})" for each in found]
    lines = ["| | " + " | ".join(heads) + " |", "|---|" + "--:|" * len(found)]
    for name, words in PARTS.items():
        cells = [_cell(each["variants"].get(name)) for each in found]
        lines.append(f"| {words} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(figures: dict[str, float] | None) -> str:
    if figures is None:
        return "–"
    told = f"deviance {figures['deviance']:.0f}"
    if "ratio" not in figures:
        return f"n = {figures['n']:.0f}; {told}"
    return f"{figures['ratio']:.3f} ({figures['low']:.3f}–{figures['high']:.3f}); {told}"


def put(page: str, text: str) -> str:
    """Return the page with the text between its two marks.

    Raises
    ------
    ValueError
        When a mark is not there.
    """
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    if not rest or END not in rest:
        raise ValueError(f"The page has no {BEGIN} or no {END}.")
    return f"{before}{BEGIN}\n{text}\n{END}{after}"


def write(found: list[dict[str, Any]]) -> None:
    """Write table and figures of the pairs so far."""
    results = ROOT / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    figures = {"area_share": MAIN, "pairs": found, "about": about()}
    (results / "ablation.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(put(PAGE.read_text(encoding="utf-8"), table(found)), encoding="utf-8")


def main() -> None:
    """Run it, and write table and figures."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    reader.add_argument("--work", type=Path, default=Path(gettempdir()) / "stip-bench")
    asked = reader.parse_args()
    if not asked.data.is_dir():
        reader.error(f"{asked.data} is not there; the real incidents are not part of the project.")
    os.environ.setdefault("STIP_KEYS", str(asked.work / "keys"))
    pairs, found = read_pairs(), []
    for name in PAIRS:
        found.append(run(pairs[name], asked.data, asked.work))
        write(found)  # after each pair: a run takes long, and may be broken off
    print(table(found))


if __name__ == "__main__":
    main()
