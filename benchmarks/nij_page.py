# SPDX-License-Identifier: EUPL-1.2
"""The page docs/explanation/nij.md, made from the figures."""

from __future__ import annotations

from typing import Any

from about import told

MODEL = "blend"
BESIDE = ("long_run", "last_52_weeks", "kde_narrow")
_NAMES = {
    "blend": "the outlook",
    "long_run": "all reports so far",
    "last_52_weeks": "last 52 weeks",
    "kde_narrow": "KDE, 90 m",
}
_TITLES = {"burglary": "Burglary", "vehicle_theft": "Motor vehicle theft"}


def page(found: dict[str, Any]) -> str:
    """Return the page."""
    parts = [
        "# The forecasting challenge of Portland",
        "<!-- Made by `make nij`; do not edit. -->",
        "In 2017 the National Institute of Justice asked who could tell where in Portland, Oregon, calls for service "
        "would come in. Each entry was a map of marked cells, handed in before 1 March 2017 and scored on what came "
        "in the one week, two weeks, month, two and three months from that day. A cell had to be 62,500 to 360,000 "
        "square feet, all marked cells together 0.25 to 0.75 square miles of the 147.7 of the police districts: "
        "less than half a per cent of the town.",
        "Two measures were used. **PAI** is the share of the reports that fell in the marked cells, divided by the "
        "share of the area that was marked: (n/N) / (a/A). **PEI** is n divided by n\\*, the most that as many cells "
        "of the same grid could have held. *n* is what fell in the marked cells and *N* everything in that window.",
        "## What was compared",
        "- **The outlook**: the default `blend`, every setting as shipped ([the outlook](outlook.md) tells what was "
        "tuned, and on which weeks). The reports went through agreement, gate and link like any town's "
        "(`benchmarks/towns.py`). Its last Monday before the challenge is 27 February 2017: it knows nothing of that "
        "day or later, so two days less than the entries could. It looks one week ahead; the same map stands for the "
        "longer windows.",
        f"- **Plain counts**: {', '.join(_NAMES[name] for name in BESIDE)}; known and marked in the same way.",
        "- **A winner**: the marked cells of team Kernel Glitches, from its own shapefiles, scored by the same "
        "function. Three of its shapefiles for these categories are at hand and were rescored here; the scores of "
        "five more (marked †) were measured earlier by the project from files too large to be kept. Its three-month "
        "maps are not stored. Whether the stored files are the entry exactly as it was judged is not known. Where "
        "its whole grid is not stored, n\\* is not known either; it is N at most, so its PEI is n/N or more.",
        _choice(found),
        "## The challenge itself",
        "Look at *N* and *n* first. One report more or less moves a PAI of one week by ten or more, so no row here "
        "tells who forecasts better. That is what the 52 windows below are for.",
    ]
    parts += _challenges(found)
    parts += [
        "## Fifty-two windows of a week",
        f"The same entries over {found['rolling'][0]['weeks']} weeks ({found['test_weeks'][0]} to "
        f"{found['test_weeks'][1]}), each marked anew with what was known on its Monday. All come after those "
        "on which cell size and area were chosen. *Outlook ÷ this* has a 95 % interval by paired bootstrap over "
        "weeks; one that holds 1 says: this may be chance. Where cells tie, *n* is the mean over "
        "all ways to break the tie.",
    ]
    parts += _rollings(found)
    parts += [*_reading(found), told(found["about"], "make nij", "nij.json")]
    return "\n\n".join(parts) + "\n"


def tables(found: dict[str, Any]) -> str:
    """Return the tables alone, for the terminal."""
    return "\n\n".join([*_challenges(found), *_rollings(found)])


def _challenges(found: dict[str, Any]) -> list[str]:
    return [
        part
        for crime_type, title in _TITLES.items()
        for part in (f"### {title}", _challenge(found, crime_type, "pai"), _challenge(found, crime_type, "pei"))
    ]


def _rollings(found: dict[str, Any]) -> list[str]:
    return [
        part
        for crime_type, title in _TITLES.items()
        for part in (f"### {title}, 52 weeks", _rolling(found, crime_type, "pai"), _rolling(found, crime_type, "pei"))
    ]


def _choice(found: dict[str, Any]) -> str:
    first, last = found["choice_weeks"]
    return (
        "- **Cell size and area** were chosen on the past only, for each method, category and measure apart: of "
        f"{', '.join(str(side) for side in found['cells_m'])} m (80 m is 68,889 and 180 m 348,752 square feet) and "
        f"{', '.join(str(area) for area in found['areas'])} square miles the pair with the highest PAI, or PEI, over "
        f"the 52 weeks {first} to {last} together, each foretold with what was known on its Monday."
    )


def _challenge(found: dict[str, Any], crime_type: str, measure: str) -> str:
    lines = [line for line in found["challenge"] if line["crime_type"] == crime_type]
    mine = {(line["window"], line["model"]): line for line in lines if line["chosen_for"] == measure}
    models = (MODEL, *BESIDE)
    shape = "; ".join(
        f"{_NAMES[name]} {line['cell_m']} m, {line['square_miles']:.2f} sq mi"
        for name in models
        for line in [mine["1 week", name]]
    )
    table = [
        f"| {measure.upper()} | N | winner | " + " | ".join(_NAMES[name] for name in models) + " |",
        "|---|--:|" + "--:|" * (1 + len(models)),
    ]
    for window in dict.fromkeys(line["window"] for line in lines):
        cells = [_entry(mine[window, name], measure) for name in models]
        winner = found["winner"].get(f"{crime_type} {window}")
        total = mine[window, MODEL]["N"]
        table.append(f"| {window} | {total} | {_winner(winner, measure)} | {' | '.join(cells)} |")
    return "\n".join(table) + f"\n\n{measure.upper()}, with n{' of n*' if measure == 'pei' else ''}. Chosen: {shape}."


def _entry(line: dict[str, Any], measure: str) -> str:
    if measure == "pai":
        return f"{line['pai']:.1f} ({line['n']})"
    return f"{line['pei']:.2f} ({line['n']} of {line['best']})"


def _winner(line: dict[str, Any] | None, measure: str) -> str:
    if line is None:
        return "–"
    mark = " †" if line["quoted"] else ""
    if measure == "pai":
        return f"{line['pai']:.1f} ({line['n']}){mark}"
    if line["best"] is None:  # n* is N at most, so n/N is a lower bound
        return f"≥ {line['n'] / line['total']:.2f} ({line['n']}){mark}"
    return f"{line['n'] / line['best']:.2f} ({line['n']} of {line['best']})"


def _rolling(found: dict[str, Any], crime_type: str, measure: str) -> str:
    lines = [line for line in found["rolling"] if (line["crime_type"], line["measure"]) == (crime_type, measure)]
    table = [
        f"| chosen for {measure.upper()} | cell, area | n | N | PAI | PEI | weeks with nothing | PAI of one week | "
        "outlook ÷ this |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for line in sorted(lines, key=lambda line: -line[measure]):
        bold = "**" if line["model"] == MODEL else ""
        ratio = (
            "" if "ratio" not in line else f"{line['ratio']:.2f} ({line['ratio_low']:.2f}–{line['ratio_high']:.2f})"
        )
        table.append(
            f"| {bold}{_NAMES[line['model']]}{bold} | {line['cell_m']} m, {line['square_miles']:.2f} sq mi | "
            f"{line['n']:.0f} | {line['N']} | {line['pai']:.1f} | {line['pei']:.3f} | {line['weeks_with_nothing']} | "
            f"{line['least_pai']:.0f}–{line['most_pai']:.0f} | {ratio} |"
        )
    return "\n".join(table)


def _reading(found: dict[str, Any]) -> list[str]:
    said = []
    for line in found["rolling"]:
        if "ratio" not in line:
            continue
        sure = "more" if line["ratio_low"] > 1 else "less" if line["ratio_high"] < 1 else "neither more nor less"
        said.append((sure, line))
    count = {sure: sum(1 for found_sure, _ in said if found_sure == sure) for sure in ("more", "less")}
    ours = {(line["crime_type"], line["measure"]): line for line in found["rolling"] if line["model"] == MODEL}
    spread = "; ".join(
        f"{_TITLES[crime_type].lower()} from {line['least_pai']:.0f} to {line['most_pai']:.0f}, nothing at all in "
        f"{line['weeks_with_nothing']} of {line['weeks']} weeks"
        for (crime_type, measure), line in ours.items()
        if measure == "pai"
    )
    beaten = [line for sure, line in said if sure == "less"]
    lost = (
        " It caught less, beyond chance, than "
        + ", ".join(
            f"*{_NAMES[line['model']]}* ({_TITLES[line['crime_type']].lower()}, {line['measure'].upper()})"
            for line in beaten
        )
        + "."
        if beaten
        else " It caught less beyond chance in none."
    )
    return [
        "## What this shows, and what it does not",
        f"- Over 52 weeks the outlook scored higher than a plain count beyond chance in {count['more']} of "
        f"{len(said)} comparisons.{lost} The others may be chance.",
        _own_windows(found),
        f"- A single window is a lottery. The outlook's own PAI of one week ran ({spread}). Anybody's "
        "entry could have won or lost a category by the week that was drawn.",
        "- So nothing here says that the outlook would have won, or that the winner was lucky: the winner's maps "
        "were made for these windows and can be scored on no others.",
        "- A high PAI at a quarter of a square mile is the challenge's game, not a team's: "
        "half a per cent of the town holds few of its burglaries. How much 1, 3 and 5 % hold stands in [the "
        "record](record.md).",
        "- *Motor vehicle theft* is here mostly the finding of a stolen car (7,212 of 9,842 calls), and a quarter of "
        "the burglary calls is about a prowler. These are calls for service, not crimes.",
        "- Street crimes and all calls could not be scored: their reports of March to May 2017 are not among "
        "the data at hand, only those of 2012 and two months of 2016. No figure for them is given.",
        "- The reports are real and no part of the project; so who has no copy cannot run this page again.",
    ]


def _own_windows(found: dict[str, Any]) -> str:
    """Return in how many of the challenge's own windows the outlook stood above, level with or below plain counts."""
    outcomes = {"above": 0, "level": 0, "below": 0}
    for line in found["challenge"]:
        measure = line["chosen_for"]
        if line["model"] != MODEL:
            continue
        others = max(
            other[measure]
            for other in found["challenge"]
            if other["model"] != MODEL
            and all(other[key] == line[key] for key in ("crime_type", "window", "chosen_for"))
        )
        where = "above" if line[measure] > others else "level" if line[measure] == others else "below"
        outcomes[where] += 1
    return (
        f"- In the challenge's own {sum(outcomes.values())} windows and measures the outlook stood above the best "
        f"plain count {outcomes['above']} times, level {outcomes['level']} times, below {outcomes['below']} times. "
        "PEI depends on the grid: with few, large cells n\\* is small, so over long windows such an entry has the "
        "higher PEI while it caught less."
    )
