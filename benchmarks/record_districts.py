# SPDX-License-Identifier: EUPL-1.2
"""The record by district: whether an average hides a part of town that the outlook does not serve."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd

from stip.outlook import ENOUGH_INCIDENTS, by_district, district_spread

MAIN = 0.03


def districts_of(
    rows: pd.DataFrame, model: str, besides: tuple[str, ...], names: dict[str, str], *, seed: int
) -> dict[str, Any]:
    """Return, for one crime type, how far districts lie apart beside each baseline, and the districts themselves.

    Parameters
    ----------
    rows : DataFrame
        Of one crime type, as `stip.outlook.DistrictScores.rows` gives it.
    model : str
    besides : tuple of str
        Baselines to stand beside; the districts are told beside the first.
    names : dict of str to str
        Of districts, by code.
    """
    kept = rows[rows["area_share"] == MAIN]
    beside = {other: by_district(kept, model, other, seed=seed) for other in besides}
    for found in beside.values():
        found["district"] = found["district"].map(lambda code: names.get(code, code))
    first = beside[besides[0]]
    return {
        "area_share": MAIN,
        "spread": {other: _plain(district_spread(found))[0] for other, found in beside.items()},
        "districts": _plain(first.drop(columns=["crime_type", "area_share", "weeks"])),
    }


def section(town: dict[str, Any], english: Callable[[str], str]) -> list[str]:
    """Return the paragraphs of a town and crime type for the page."""
    found = town["by_district"]
    spread = next(iter(found["spread"].values()))
    compared, all_of_them = spread["compared"], spread["districts"]
    if compared < 2:
        return [
            f"By district: {compared} of the {all_of_them} districts had {ENOUGH_INCIDENTS} incidents or more; the "
            "others had too few to compare, so nothing is said about the spread."
        ]
    by_name = {line["district"]: line for line in found["districts"]}
    ranked = sorted((line for line in found["districts"] if line["enough"]), key=lambda line: line["own_rate"])
    middle = ranked[(len(ranked) - 1) // 2]
    lines = [
        "| by district | n of N, 3 % of its own cells | n/N | baseline n | n, town's best 3 % | expected ÷ came |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for what, line in (("worst", by_name[spread["worst"]]), ("middle", middle), ("best", by_name[spread["best"]])):
        of = f"{line['own_hits']:.0f} of {line['total']:.0f} | {line['own_rate']:.2f} | {line['beside_own_hits']:.0f}"
        lines.append(f"| {what}: {line['district']} | {of} | {line['town_hits']:.0f} | {line['calibration']:.2f} |")
    served = "; ".join(
        f"*{english(other)}* caught more in {line['baseline_better']} (surely in {line['baseline_surely']}; "
        f"the outlook surely in {line['model_surely']})"
        for other, line in found["spread"].items()
    )
    few = all_of_them - compared
    missed = f" In {spread['missed']} nothing fell in the town's best 3 %." if spread["missed"] else ""
    return [
        "\n".join(lines),
        f"Of {all_of_them} districts {compared} had {ENOUGH_INCIDENTS} incidents or more"
        + (f"; the other {few} had too few to compare" if few else "")
        + f". Of those {compared}, {served}. Surely is by 95 % of the draws of weeks, each district apart: one in "
        f"twenty would be called so by chance.{missed} The baseline in the table is "
        f"*{english(next(iter(found['spread'])))}*.",
    ]


def in_lines(found: dict[str, Any]) -> list[str]:
    """Return what `districts_of` found, for a table in the terminal."""
    spread = next(iter(found["spread"].values()))
    told = f"  by district: {spread['compared']} of {spread['districts']} had {ENOUGH_INCIDENTS} incidents or more"
    if spread["compared"] < 2:
        return [f"{told}: too few to compare"]
    served = "; ".join(
        f"{other} caught more in {line['baseline_better']} (surely in {line['baseline_surely']}; the outlook surely "
        f"in {line['model_surely']})"
        for other, line in found["spread"].items()
    )
    return [
        f"{told}; n/N in the best 3 % of their own cells {spread['worst_rate']:.2f} (worst), "
        f"{spread['median_rate']:.2f} (middle), {spread['best_rate']:.2f} (best); {served}"
    ]


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return json.loads(frame.round(4).to_json(orient="records"))
