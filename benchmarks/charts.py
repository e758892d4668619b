# SPDX-License-Identifier: EUPL-1.2
"""Draw the charts of README from what the benchmarks wrote: accuracy by pair, and speed beside peers.

Usage: ``python benchmarks/charts.py``. Writes docs/assets/accuracy.png and docs/assets/speed.png.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
from about import ROOT
from matplotlib.axes import Axes
from matplotlib.figure import Figure

mpl.use("Agg")

RESULTS = ROOT / "benchmarks" / "results"
ASSETS = ROOT / "docs" / "assets"
INK, SOFT, FAINT = "#222222", "#666666", "#cccccc"
MAIN = "0.03"

Figures = dict[str, Any]

SPEED: tuple[tuple[str, str, Callable[[Figures], float]], ...] = (
    ("near repeats, one band,\nbeside pointpats", "near_repeats", lambda found: found["faster"]),
    ("near repeats, 20 bands,\nbeside one of pointpats", "near_repeats", lambda found: 1 / found["all_bands"]),
    ("incidents of a period and area,\nbeside a full scan", "store", lambda found: 1 / found["ratio"]),
    ("reading a file through the gate,\nbeside DuckDB alone", "intake_file", lambda found: found["ratio"]),
)
"""What is said beside the bar, the figures it comes from, and how many times faster than the peer."""


def accuracy_lines(found: Figures) -> list[tuple[str, float, float, float]]:
    """Return what is drawn: a label, and the ratio with its interval; pairs first, the mean over them last."""
    main = found["by_share"][MAIN]
    total = {
        pair["pair"]: next(each["total"] for each in pair["models"] if each["area_share"] == float(MAIN))
        for pair in found["pairs"]
    }
    lines = [
        (f"{_words(pair)}\nbeside {_words(each['beside'])}; N = {total[pair]:,.0f}", *_interval(each))
        for pair, each in main["pairs"].items()
    ]
    mean = main["best_of_each"], main["one_for_all"]
    return [
        *lines,
        ("all pairs, best baseline of each\n(geometric mean)", *_interval(mean[0])),
        (f"all pairs, beside {_words(mean[1]['beside'])}\n(the best one for all)", *_interval(mean[1])),
    ]


def speed_lines(results: Path) -> list[tuple[str, float]]:
    """Return what is drawn of speed: a label, and how many times faster; what was not run is left out."""
    lines = []
    for label, name, times in SPEED:
        file = results / f"{name}.json"
        if not file.exists():
            continue
        try:
            lines.append((label, float(times(json.loads(file.read_text(encoding="utf-8"))))))
        except KeyError:
            print(f"{file.name} holds no ratio; its bar is left out.")
    return lines


def draw_accuracy(found: Figures) -> Figure:
    """Draw the ratio to the best baseline of each pair, with its interval."""
    lines = accuracy_lines(found)
    figure = Figure(figsize=(8, 0.48 * len(lines) + 1.4), layout="constrained")
    axes = figure.subplots()
    places = range(len(lines), 0, -1)
    for place, (_, ratio, low, high) in zip(places, lines, strict=True):
        overall = place <= 2
        axes.plot([low, high], [place, place], color=INK if overall else SOFT, linewidth=2.5 if overall else 1.5)
        axes.plot(ratio, place, marker="D" if overall else "o", color=INK, markersize=6)
        axes.annotate(f"{ratio:.2f}", (high, place), (6, 0), textcoords="offset points", va="center", fontsize=9)
    axes.axvline(1, color=INK, linewidth=0.8)
    axes.axhline(2.5, color=FAINT, linewidth=0.8)
    axes.set_yticks(list(places), [label for label, *_ in lines], fontsize=9)
    axes.set_xlabel("incidents in the best 3 % of the cells, outlook ÷ baseline (95 % interval)")
    period = "the last 30 % of the weeks" if found["period"] == "final" else "the year before the cut-off"
    axes.set_title(f"More than the best plain map? {period.capitalize()}", loc="left", fontsize=11)
    _calm(axes)
    return figure


def draw_speed(lines: list[tuple[str, float]]) -> Figure:
    """Draw how many times faster than each peer, on a log scale."""
    figure = Figure(figsize=(8, 0.6 * len(lines) + 1.4), layout="constrained")
    axes = figure.subplots()
    places = list(range(len(lines), 0, -1))
    ratios = [ratio for _, ratio in lines]
    axes.barh(places, [ratio - 1 for ratio in ratios], left=1, color=SOFT, height=0.5)
    for place, ratio in zip(places, ratios, strict=True):
        axes.annotate(f"{ratio:.2g}×", (max(ratio, 1), place), (5, 0), textcoords="offset points", va="center")
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter("{x:g}")
    axes.axvline(1, color=INK, linewidth=0.8)
    axes.set_yticks(places, [label for label, _ in lines], fontsize=9)
    axes.set_xlabel("times as fast, processor time side by side in one run (log scale)")
    axes.set_title("Speed beside peers", loc="left", fontsize=11)
    _calm(axes)
    return figure


def _calm(axes: Axes) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.margins(x=0.12)


def _interval(each: Figures) -> tuple[float, float, float]:
    return each["ratio"], each["low"], each["high"]


def _words(name: str) -> str:
    town, _, crime_type = name.rpartition(":")
    words = crime_type.replace("_", " ")
    return f"{town.capitalize()}, {words}" if town else words


def main() -> None:
    """Draw what can be drawn: of accuracy the final period, or else the year before the cut-off."""
    ASSETS.mkdir(parents=True, exist_ok=True)
    plain = {"Software": None}  # the same figures give the same file
    for name in ("final", "tuning"):
        file = RESULTS / f"accuracy_{name}.json"
        if file.exists():
            draw_accuracy(json.loads(file.read_text(encoding="utf-8"))).savefig(
                ASSETS / "accuracy.png", dpi=130, metadata=plain
            )
            print(f"docs/assets/accuracy.png, from {file.name}")
            break
    if lines := speed_lines(RESULTS):
        draw_speed(lines).savefig(ASSETS / "speed.png", dpi=130, metadata=plain)
        print(f"docs/assets/speed.png, {len(lines)} bars")


if __name__ == "__main__":
    main()
