# SPDX-License-Identifier: EUPL-1.2
"""The page docs/explanation/feedback-loop.md and its chart, made from the figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from about import told

_RULES = {
    "no_response": "reports do not respond to patrol",
    "follows": "patrol follows the outlook",
    "random": "… and a fifth of the places is drawn by lot",
    "random_corrected": "… and what the drawn places show is divided out",
    "brought_no_response": "citizens' reports only, no response",
    "brought": "citizens' reports only, patrol follows",
    "brought_random": "… and a fifth of the places is drawn by lot",
}
_MODELS = {
    "kde_narrow": "KDE of 90 m over all reports (remembers everything)",
    "last_52_weeks": "Count of the last 52 weeks (forgets after a year)",
    "blend": "The default outlook, `blend`",
}
_SMOOTH_WEEKS = 13


def page(found: dict[str, Any]) -> str:
    """Return the page."""
    reporting = found["reporting"]
    times = 1 + reporting["police_share"] * reporting["found_gain"]
    times += (1 - reporting["police_share"]) * reporting["brought_gain"]
    first = next(iter(found["models"]))
    parts = [
        "# When patrol follows the outlook",
        "<!-- Made by `make feedback`; do not edit. -->",
        "An outlook learns from reports. If a patrol that follows it causes reports, the outlook learns where it "
        "sent the patrol. That loop is known from drug arrests (Lum and Isaac 2016; Ensign and others 2018). Here it "
        "is run on the sample town, where the truth is known, to see how large it is and what holds it.",
        "## What is simulated",
        f"Stipdam, {found['cells']:,} cells of 125 m, about 25 incidents a week. What truly happens is given and "
        "never changes: patrol prevents nothing and causes nothing, only reports change. After a year without, "
        "patrol goes each week for three years to the 3 % of the cells that the outlook marks.",
        f"- {100 * reporting['police_share']:.0f} % of the usual reports are what police find themselves (*haal*); "
        "the rest is brought by citizens (*breng*).",
        f"- Where patrol is, police find {1 + reporting['found_gain']:.0f} times as much in that week, and citizens "
        f"bring {100 * reporting['brought_gain']:.0f} % more. Together that is {times:.1f} times the usual.",
        "- The same luck falls in every rule, so rules differ by nothing else.",
        "",
        "These figures are chosen, not measured: they show a mechanism, not how strong it is in a real town.",
        "![Left: the record of a followed outlook doubles while the truth stays; with citizens' reports only they "
        "lie together. Right: the share of marked places that would have been marked anyway](feedback-loop.png)",
        f"*{_MODELS[first]}; mean over lives, {_SMOOTH_WEEKS} weeks moving.*",
        "## What comes of it, in the third year",
        "*True*: the part of what truly happens that lies in the marked cells. *Record*: the part of the counted "
        "reports that lies there, which is what anybody would see. *Times*: counted in the marked cells, beside what "
        "had been reported there without patrol. *Same*: marked cells that would have been marked too had reports "
        "not responded. *Change*: the true share, less that of the rule without response, in points. Mean over lives "
        "with a 95 % interval by bootstrap (of fewer than eight lives: the least and the most).",
    ]
    for model, of_model in found["models"].items():
        parts += [f"### {_MODELS[model]}", _table(of_model["lines"])]
    parts += [
        "## How it grows with the share that police find",
        "A followed outlook in its third year, by the share of the usual reports that police find themselves "
        f"({_MODELS[first]}).",
        _by_share(found["sensitivity"]),
        *_reading(found),
        told(found["about"], "make feedback", "feedback.json"),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _table(lines: list[dict[str, Any]]) -> str:
    years = max(line["year"] for line in lines)
    last = {line["scenario"]: line for line in lines if line["year"] == years}
    table = [
        f"| {next(iter(last.values()))['seeds']} lives | true | record | times | same | change, points |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name, words in _RULES.items():
        line = last[name]
        lost = "" if name.endswith("no_response") else _between(line["change"], 100, 1)
        table.append(
            f"| {words} | {_between(line['true_share'])} | {_between(line['record_share'])} | "
            f"{_between(line['times'], 1, 2)} | {_between(line['same'])} | {lost} |"
        )
    return "\n".join(table)


def _by_share(lines: list[dict[str, Any]]) -> str:
    table = ["| found by police | true | record | same | change, points |", "|--:|--:|--:|--:|--:|"]
    for line in lines:
        table.append(
            f"| {100 * line['police_share']:.0f} % | {_between(line['true_share'])} | "
            f"{_between(line['record_share'])} | {_between(line['same'])} | {_between(line['change'], 100, 1)} |"
        )
    return "\n".join(table)


def _between(values: list[float], scale: float = 100, decimals: int = 0) -> str:
    mean, low, high = (value * scale for value in values)
    unit = " %" if scale == 100 and decimals == 0 else ""
    return f"{mean:.{decimals}f}{unit} ({low:.{decimals}f} to {high:.{decimals}f})"


def _reading(found: dict[str, Any]) -> list[str]:
    first = next(iter(found["models"]))
    last = {
        model: {line["scenario"]: line for line in of_model["lines"] if line["year"] == 3}
        for model, of_model in found["models"].items()
    }
    kde = last[first]

    def percent(line: dict[str, Any], measure: str) -> str:
        return f"{100 * line[measure][0]:.0f} %"

    lost = "; ".join(
        f"{_MODELS[model].split(' (')[0].rstrip('.')} {_between(lines['follows']['change'], 100, 1)}"
        for model, lines in last.items()
    )
    uncorrected = "; ".join(f"{percent(lines['random'], 'record_share')}" for lines in last.values())
    paid = "; ".join(
        f"{_MODELS[model].split(' (')[0]}: {percent(lines['brought'], 'true_share')} against "
        f"{percent(lines['follows'], 'true_share')}"
        for model, lines in last.items()
    )
    ratio = kde["random"]["ratio"]
    return [
        "## What this shows",
        "- **The record flatters itself.** A followed outlook seems to hold "
        f"{percent(kde['follows'], 'record_share')} of what happens in its 3 %; in truth "
        f"{percent(kde['follows'], 'true_share')}. Nothing in the reports gives that away. This comes at once and "
        "with every model.",
        "- **The places drift, but how much harm that does differs by model.** Change of the true share, in "
        f"points: {lost}. A model that remembers everything keeps going where it went; one that forgets can even "
        "gain, because patrol brings more reports from where much happens. Where most reports are the patrol's own, "
        "it is worse.",
        "- **A share of places by lot does not hold the loop by being there**: the record still shows "
        f"{uncorrected}. What it does is tell. Drawn places beside others that could have been drawn show patrol to "
        f"add {ratio[0]:.1f} times the reports ({ratio[1]:.1f} to {ratio[2]:.1f}); 3.0 was put in. Divided out by "
        f"that figure, the record comes to {percent(kde['random_corrected'], 'record_share')} where the truth is "
        f"{percent(kde['random_corrected'], 'true_share')}.",
        "- **Citizens' reports only hold it without any correction**: record "
        f"{percent(kde['brought'], 'record_share')}, truth {percent(kde['brought'], 'true_share')}. What it "
        "buys is an honest record; the price is that half of the reports is not used, so in truth it need not mark "
        f"better than a followed outlook that uses all ({paid}). Stip refuses a target that police find themselves, "
        "and does not use such reports as a signal.",
        "- A random share on top of that costs next to nothing and keeps watch: the day citizens' reports do respond "
        "to patrol, the drawn places show it.",
        "## What it does not show",
        "- How strongly reports respond in a real town. The random share of the plan is there to measure that.",
        "- What happens when patrol prevents: then reports fall where it goes, and the loop turns the other way.",
        "- Stip freezes for every plan which places could have been drawn, with which probability; dividing out what "
        "they show is done here and is not built in. Nor does this page say anything about who is stopped or found.",
    ]


def chart(rows: pd.DataFrame, file: Path) -> None:
    """Draw what the record shows beside the truth, and how many places stay the same.

    Parameters
    ----------
    rows : DataFrame
        As `feedback.lives` gives it.
    """
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    mean = rows.assign(record=rows["counted"] / rows["total"]).groupby(["scenario", "week"])
    wide = mean[["record", "true_share", "same"]].mean().unstack("scenario").rolling(_SMOOTH_WEEKS).mean()
    drawn, (left, right) = pyplot.subplots(1, 2, figsize=(10, 3.8), layout="constrained")
    colours = {"follows": "#d55e00", "random_corrected": "#0072b2", "brought_random": "#009e73"}
    words = {
        "follows": "patrol follows",
        "random_corrected": "random share, divided out",
        "brought_random": "citizens' reports only",
    }
    for name, colour in colours.items():
        left.plot(100 * wide["record", name], color=colour, label=f"{words[name]}: record")
        left.plot(100 * wide["true_share", name], color=colour, linestyle=":", label=f"{words[name]}: truth")
        right.plot(100 * wide["same", name], color=colour, label=words[name])
    left.set_ylabel("% in the marked 3 % of the cells")
    right.set_ylabel("% of marked cells that would be marked anyway")
    for axis in (left, right):
        axis.set_xlabel("weeks of patrol")
        axis.set_ylim(0, None if axis is left else 100)
        axis.spines[["top", "right"]].set_visible(False)
        axis.legend(frameon=False, fontsize=8)
    drawn.savefig(file, dpi=110)
    pyplot.close(drawn)
