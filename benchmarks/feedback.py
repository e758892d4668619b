# SPDX-License-Identifier: EUPL-1.2
"""What becomes of an outlook whose patrols change the reports? Writes docs/explanation/feedback-loop.md and .png.

Usage: ``python benchmarks/feedback.py [--small]``. On the sample town, whose true intensity is known, patrol follows
the outlook for three years. ``--small`` lives through a few seeds with one cheap model, checks and writes nothing.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from about import ROOT, about
from feedback_loop import SCENARIOS, Scenario, live
from feedback_page import chart, page
from feedback_world import YEAR, YEARS, Reporting, World, draw, make_world

SEEDS = {"kde_narrow": 12, "last_52_weeks": 8, "blend": 3}
"""How many lives each model gets."""
SHARES = (0.0, 0.25, 0.5, 1.0)
"""Shares of police-found reports that are tried with the first model."""
DRAWS = 2000


def lives(
    world: World, model: str, seeds: Iterable[int], reporting: Reporting, scenarios: tuple[Scenario, ...] = SCENARIOS
) -> pd.DataFrame:
    """Live through every rule with every seed; the luck of a seed is the same under every rule.

    Returns
    -------
    DataFrame
        As `feedback_loop.live` gives it, with ``seed``, ``scenario`` and ``same``: the share of the marked cells that
        would have been marked too had reports not responded.
    """
    parts = []
    for seed in seeds:
        draws = draw(world, reporting, seed=seed)
        lived = {rule.name: live(world, draws, rule, model=model, seed=seed) for rule in scenarios}
        for rule in scenarios:
            mine, theirs = lived[rule.name], lived[rule.beside]["marked"]
            same = [len(np.intersect1d(a, b)) / len(a) for a, b in zip(mine["marked"], theirs, strict=True)]
            parts.append(mine.drop(columns="marked").assign(seed=seed, scenario=rule.name, same=same))
    return pd.concat(parts, ignore_index=True)


def figures(rows: pd.DataFrame, scenarios: tuple[Scenario, ...] = SCENARIOS) -> list[dict[str, Any]]:
    """Add up the lives: for each rule and year the mean over seeds with its 95 % interval.

    Returns
    -------
    list of dict
        ``scenario``, ``year``, ``seeds`` and of each measure mean, low and high: ``true_share``, ``record_share``
        (the part of what is counted that lies in the marked cells, as the record would show), ``times`` (counted in
        the marked cells ÷ what had been reported there without patrol), ``same``, ``ratio`` and ``change`` (true
        share less that of the rule beside it, in the same seeds).
    """
    year = rows["week"] // YEAR + 1
    by = rows.groupby(["scenario", "seed", year.rename("year")])
    added = by[["counted", "total", "plain"]].sum().join(by[["true_share", "same", "ratio"]].mean())
    added["record_share"] = added["counted"] / added["total"]
    added["times"] = added["counted"] / added["plain"]
    beside = {rule.name: rule.beside for rule in scenarios}
    lines = []
    for (name, number), group in added.groupby(level=["scenario", "year"], sort=False):
        reference = added.xs((beside[str(name)], number), level=("scenario", "year"))["true_share"]
        mine = group.droplevel(["scenario", "year"])
        measures = mine.assign(change=mine["true_share"] - reference)
        line: dict[str, Any] = {"scenario": name, "year": int(number), "seeds": len(measures)}
        for measure in ("true_share", "record_share", "times", "same", "ratio", "change"):
            line[measure] = interval(measures[measure].to_numpy())
        lines.append(line)
    return lines


def interval(values: np.ndarray, *, draws: int = DRAWS) -> list[float]:
    """Return the mean over seeds and its 95 % interval by bootstrap; of fewer than eight the least and the most."""
    if len(values) < 8:
        return [round(float(value), 4) for value in (values.mean(), values.min(), values.max())]
    drawn = np.random.default_rng(1).integers(0, len(values), (draws, len(values)))
    low, high = np.quantile(values[drawn].mean(axis=1), [0.025, 0.975])
    return [round(float(value), 4) for value in (values.mean(), low, high)]


def check(lines: list[dict[str, Any]]) -> None:
    """Refuse figures in which the loop does not show, or what should hold it does not.

    Raises
    ------
    SystemExit
    """
    last = {line["scenario"]: line for line in lines if line["year"] == YEARS}

    def flatters(name: str) -> float:
        return last[name]["record_share"][0] / last[name]["true_share"][0]

    follows, brought = flatters("follows"), flatters("brought_random")
    bounds = {
        "the record looks at least 1.5 times as good as the truth when patrol follows": follows >= 1.5,
        "with brought reports only the record is within 15 % of the truth": abs(brought - 1) <= 0.15,
        "dividing out brings the record nearer to the truth": flatters("random_corrected") < 0.8 * follows,
        "the loop moves more of the marked places than brought reports do": (
            last["follows"]["same"][0] < last["brought"]["same"][0]
        ),
        "the drawn places tell how much patrol adds, within 30 %": abs(last["random"]["ratio"][0] / 3 - 1) <= 0.3,
    }
    for what, holds in bounds.items():
        print(f"{'holds' if holds else 'FAILS'}: {what}")
    if not all(bounds.values()):
        raise SystemExit("feedback: a bound does not hold.")


def sensitivity(world: World, model: str, seeds: int) -> list[dict[str, Any]]:
    """Return the last year of a followed outlook by how large a share of the reports police find themselves."""
    two = tuple(rule for rule in SCENARIOS if rule.name in ("no_response", "follows"))
    lines = []
    for share in SHARES:
        rows = lives(world, model, range(seeds), Reporting(police_share=share), two)
        (line,) = (line for line in figures(rows, two) if (line["scenario"], line["year"]) == ("follows", YEARS))
        lines.append({"police_share": share} | line)
    return lines


def main() -> None:
    """Live through it, print, check, and write page, chart and figures."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--small", action="store_true", help="four seeds of one cheap model; writes nothing")
    small = reader.parse_args().small
    reporting = Reporting()
    with tempfile.TemporaryDirectory() as temporary:
        world = make_world(Path(temporary))
    found: dict[str, Any] = {"reporting": asdict(reporting), "cells": len(world.area), "models": {}}
    curves = None
    for model, seeds in SEEDS.items():
        if small and curves is not None:
            break
        started = time.process_time()
        rows = lives(world, model, range(4 if small else seeds), reporting)
        curves = rows if curves is None else curves
        lines = figures(rows)
        found["models"][model] = {"lines": lines, "processor_s": round(time.process_time() - started, 1)}
        for line in lines:
            if line["year"] == YEARS:
                print(model, line["scenario"], {k: v for k, v in line.items() if isinstance(v, list)})
        check(lines)
    if small or curves is None:
        print(f"{time.process_time():.0f} s of processor time")
        return
    found["sensitivity"] = sensitivity(world, next(iter(SEEDS)), 8)
    found["about"] = about()
    results = ROOT / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    (results / "feedback.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    explanation = ROOT / "docs" / "explanation"
    chart(curves, explanation / "feedback-loop.png")
    (explanation / "feedback-loop.md").write_text(page(found), encoding="utf-8")
    print("docs/explanation/feedback-loop.md")


if __name__ == "__main__":
    main()
