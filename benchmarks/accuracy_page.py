# SPDX-License-Identifier: EUPL-1.2
"""Writes docs/explanation/accuracy.md from what accuracy.py and calibration.py found over the final period."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
from about import ROOT, told
from accuracy_beside import MODEL
from accuracy_summary import (
    BOUND_BEST_OF_EACH,
    BOUND_ONE_FOR_ALL,
    BOUND_REACHABLE,
    MAIN,
    SHARES,
    bounds,
)

RESULTS = ROOT / "benchmarks" / "results"
PAGE = ROOT / "docs" / "explanation" / "accuracy.md"

Figures = dict[str, Any]


def page(found: Figures, calibrated: Figures | None) -> str:
    """Return the page.

    Parameters
    ----------
    found : dict
        As ``accuracy_final.json`` has it.
    calibrated : dict, optional
        As ``calibration_final.json`` has it.
    """
    real = [pair for pair in found["pairs"] if not pair["pair"].startswith("sample:")]
    parts = [
        "# How accurate",
        "<!-- Made by `make accuracy-final`; do not edit. -->",
        "The outlook beside everything that stands beside it, over the last 30 % of the weeks of each town: weeks on "
        "which nothing was tuned (`benchmarks/cutoffs.toml`; `benchmarks/results/final_runs.jsonl` keeps the log of "
        "each time they were looked at). Weekly, in cells of 125 m, each week with what was known on its Monday; the "
        "state moves on every week, coefficients are learned again every 13. *n* is the number of incidents in the "
        "best cells, *N* in the whole study area. Ratios have a 95 % interval by paired bootstrap over weeks; weeks "
        "of one town are drawn for all its crime types together.",
        "![Incidents in the best 3 % of the cells: the outlook ÷ the best baseline](../assets/accuracy.png)",
        "## Over all pairs",
        _over_pairs(found),
        "*Best in hindsight* is the baseline that caught most in that pair at that share of the cells, seen "
        "afterwards; nobody could have picked it before. The promise, at 3 %: in geometric mean at least "
        f"{BOUND_BEST_OF_EACH} times the best of each pair and {BOUND_ONE_FOR_ALL} times the best single one, and "
        "surely below no baseline in any pair.",
        _bounds(bounds(found, every_pair=True)),
        "## The sample town, where the truth is known",
        "Two stand beside the outlook who know more than a town can. The *oracle* ranks cells by their true "
        "intensity, given all that happened before that Monday. The *reachable* one knows every formula and "
        "parameter of the generator and has the same reports as the outlook; what was drawn by lot it must infer, "
        "and it does so by the posterior (`benchmarks/sample_filter.py`). *Ground* has a perfect map of what lies "
        "where, and knows nothing of what changes from month to month or follows a report nearby.",
        "In each cell of the table, at 3 % of the cells: counted hits ÷ those of the oracle · the same by the true "
        "intensity in the chosen cells, so without the luck of the counts · the latter ÷ that of the reachable one. "
        f"The promise is {100 * BOUND_REACHABLE:.0f} % of the reachable; nobody who has only reports comes above it "
        "but by luck, and [the sample town](sample-town.md) tells why that is less than the oracle.",
        _oracle(found),
        *(_calibration(calibrated) if calibrated else []),
        "## Pair by pair",
        *(text for pair in real for text in _pair(pair)),
        told(found["about"], "make accuracy-final", "accuracy_final.json"),
    ]
    return "\n\n".join(parts) + "\n"


def _over_pairs(found: Figures) -> str:
    by_share = found["by_share"]
    lines = [
        "| pair | N | best in hindsight, 3 % | outlook ÷ best, 1 % | 3 % | 5 % |",
        "|---|--:|---|--:|--:|--:|",
    ]
    totals = {pair["pair"]: _total(pair) for pair in found["pairs"]}
    for pair, main in by_share[str(MAIN)]["pairs"].items():
        ratios = " | ".join(_ratio(by_share[str(share)]["pairs"][pair]) for share in SHARES)
        lines.append(f"| {_words(pair)} | {totals[pair]:,.0f} | {_words(main['beside'])} | {ratios} |")
    for name, words in (("best_of_each", "**geometric mean**"), ("one_for_all", "**one baseline for all pairs**")):
        ratios = " | ".join(f"**{_ratio(by_share[str(share)][name])}**" for share in SHARES)
        beside = _words(by_share[str(MAIN)][name].get("beside", "best of each"))
        lines.append(f"| {words} | | {beside} | {ratios} |")
    return "\n".join(lines)


def _bounds(told_of: list[tuple[str, bool]]) -> str:
    return "\n".join(f"- {'Holds' if holds else '**Does not hold**'}. {sentence}" for sentence, holds in told_of)


def _oracle(found: Figures) -> str:
    counted, shares, reached = (
        pd.DataFrame(
            {pair: {name: each["ratio"] for name, each in models.items()} for pair, models in found[whole].items()}
        )
        for whole in ("oracle", "oracle_expected", "reachable_expected")
    )
    shares = shares.loc[shares.mean(axis=1).sort_values(ascending=False).index]
    reached = reached.reindex(shares.index).fillna(1.0)  # who knows all that can be known is all of it
    totals = {pair["pair"]: _total(pair) for pair in found["pairs"]}
    heads = [f"{_words(pair.removeprefix('sample:'))} (N = {totals[pair]:.0f})" for pair in shares]
    lines = ["| | " + " | ".join(heads) + " |", "|---|" + "--:|" * len(heads)]
    for name, row in shares.iterrows():
        mark = "**" if name == MODEL else ""
        told_of = [
            f"{counted.at[name, pair]:.3f} · {row[pair]:.3f} · {reached.at[name, pair]:.3f}" for pair in shares
        ]
        lines.append(f"| {mark}{_words(str(name))}{mark} | " + " | ".join(told_of) + " |")
    return "\n".join(lines)


def _calibration(found: Figures) -> list[str]:
    lines = [
        "| pair | weeks | PIT from uniform (neighbourhood × week) | 80 % intervals, district × 4 weeks: inside, of | "
        "expected ÷ came, by year from the last |",
        "|---|--:|--:|--:|--:|",
    ]
    for pair in found["pairs"]:
        inside = (
            f"{pair['district_months_inside']} of {pair['district_months']}" if pair["district_months"] else "none"
        )
        years = ", ".join(f"{ratio:.3f}" for ratio in pair["expected_over_came"])
        if "standard_error_of_a_year" in pair:
            years += f" (± {1.96 * pair['standard_error_of_a_year']:.3f})"
        lines.append(
            f"| {_words(pair['pair'])} | {pair['weeks']} | {pair['pit_from_uniform']:.3f} "
            f"({pair['neighbourhood_weeks']:,}) | {inside} | {years} |"
        )
    late = [
        f"| {_words(pair['pair'])} | "
        + " | ".join(
            f"{known:.2f} → {mended:.3f}"
            for known, mended in zip(
                pair["with_delays"]["known"][:5], pair["with_delays"]["corrected"][:5], strict=True
            )
        )
        + " |"
        for pair in found["pairs"]
        if "with_delays" in pair
    ]
    return [
        "## Do counts lie where the outlook says?",
        "Randomised PIT (Czado, Gneiting and Held 2009) of the counts of neighbourhoods: the largest distance of its "
        "distribution function from that of a uniform one. A district over four weeks is four outlooks, each made on "
        "its own Monday, where 20 or more were expected together; their variances are added. Behind expected ÷ came "
        "stands how far a year may be off by chance (95 %), as weeks vary and weeks near each other are off alike "
        "(Newey and West 1987).",
        "\n".join(lines),
        "With reporting delays drawn for Chicago (half within three days, one in twenty after three weeks): which "
        "part of a week was known at its age, and what the correction made of it, as part of what came in the end.",
        "\n".join(["| pair | last week | 2 weeks | 3 weeks | 4 weeks | 5 weeks |", "|---|" + "--:|" * 5, *late]),
        "\n".join(
            f"- {'Holds' if each['holds'] else '**Does not hold**'}. {each['told']}" for each in found["bounds"]
        ),
    ]


def _pair(pair: Figures) -> list[str]:
    added, beside = pd.DataFrame(pair["models"]), pd.DataFrame(pair["compare"])
    wide = {share: added[added["area_share"] == share].set_index("model") for share in SHARES}
    ratios = beside[beside["area_share"] == MAIN].set_index("beside")
    lines = [
        "| | n, 1 % | n, 3 % | n, 5 % | n/N, 3 % | PAI | PEI* | deviance a week | expected ÷ came | "
        "outlook ÷ this, 3 % |",
        "|---|" + "--:|" * 9,
    ]
    for name in wide[MAIN].sort_values("hits", ascending=False).index:
        row, mark, ratio = wide[MAIN].loc[name], "**" if name == MODEL else "", ""
        if name != MODEL:
            each = ratios.loc[name]
            ratio = f"{each['ratio']:.3f} ({each['ratio_low']:.3f}–{each['ratio_high']:.3f})"
        hits = " | ".join(f"{wide[share].loc[name, 'hits']:.0f}" for share in SHARES)
        lines.append(
            f"| {mark}{_words(str(name))}{mark} | {hits} | {row['hit_rate']:.3f} | {row['pai']:.1f} | "
            f"{row['pei_star']:.3f} | {row['deviance']:.0f} | {row['calibration']:.3f} | {ratio} |"
        )
    return [
        f"### {_words(pair['pair']).capitalize()}",
        f"{pair['first_week']} to {pair['last_week']}, {pair['weeks']} weeks; study area {pair['cells']:,} cells "
        f"({pair['area_km2']:,} km²), all cells whose middle lies in a neighbourhood or police district of the town; "
        f"N = {_total(pair):,.0f}.",
        "\n".join(lines),
    ]


def _total(pair: Figures) -> float:
    return float(next(each["total"] for each in pair["models"] if each["area_share"] == MAIN))


def _ratio(each: Figures) -> str:
    return f"{each['ratio']:.3f} ({each['low']:.3f}–{each['high']:.3f})"


def _words(name: str) -> str:
    return name.replace(":", ", ").replace("_", " ")


def write(results: Path = RESULTS, to: Path = PAGE) -> None:
    """Write the page from the figures of the final period."""
    calibrated = results / "calibration_final.json"
    found = json.loads((results / "accuracy_final.json").read_text(encoding="utf-8"))
    told_of = json.loads(calibrated.read_text(encoding="utf-8")) if calibrated.exists() else None
    to.write_text(page(found, told_of), encoding="utf-8")


if __name__ == "__main__":
    write()
    print(PAGE.relative_to(ROOT))
