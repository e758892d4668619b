# SPDX-License-Identifier: EUPL-1.2
"""How ``stip explore`` shows a rhythm in the terminal."""

from __future__ import annotations

import pandas as pd

from stip.cli.show import number
from stip.explore import Period

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")

_SHADES = " ░▒▓█"


def heat(seen: pd.DataFrame) -> list[str]:
    """Draw the rhythm of a week: a line a day, a block an hour, from the calmest (blank) to the busiest (full).

    Parameters
    ----------
    seen : DataFrame, shape (7, 24)
        As `stip.explore.rhythm` gives it.

    Returns
    -------
    list of str
        Lines of at most 80 signs, with the busiest hour in words at the end.
    """
    values = seen.to_numpy()
    total, least, most = values.sum(), values.min(), values.max()
    lines = ["", "   " + "".join(f"{hour:3d}" for hour in range(24))]
    for day, row in zip(DAYS, values, strict=True):
        levels = (row - least) / (most - least) * (len(_SHADES) - 1) if most > least else row * 0
        blocks = (_SHADES[round(level)] * 2 for level in levels)
        lines.append(f"{day[:2]}  " + " ".join(blocks))
    lines.append("")
    if total:
        weekday, hour = divmod(int(values.argmax()), 24)
        busiest, calmest = number(100 * most / total, 1), number(100 * least / total, 1)
        lines.append(
            f"Drukste uur (vol): {DAYS[weekday]} van {hour} tot {hour + 1} uur, met {busiest} % van de meldingen. "
            f"Rustigste uur (leeg): {calmest} %."
        )
        by_day = values.sum(axis=1)
        busy, calm = DAYS[int(by_day.argmax())], DAYS[int(by_day.argmin())]
        lines.append(
            f"Drukste dag: {busy} ({number(100 * by_day.max() / total)} %); "
            f"rustigste: {calm} ({number(100 * by_day.min() / total)} %)."
        )
    return lines


def incomplete_in_words(incomplete: Period, other: Period, *, known_then: float, by_now: float) -> str:
    """Say which weeks are not complete yet, and how the other period was made to compare.

    Parameters
    ----------
    incomplete, other : Period
    known_then, by_now : float
        Reports of ``other`` that were known at the same age, and that are known now.
    """
    later = by_now - known_then
    sentence = (
        f"Let op: van {incomplete} komen nog meldingen binnen. Daarom telt {other} hier zoals die even lang na "
        "afloop bekend was; dan zijn beide even compleet."
    )
    if later >= 0.5:
        part = f" ({number(100 * later / by_now)} %)"
        sentence += f" Van {other} kwamen er later nog {number(later)} bij{part}; die tellen hier niet mee."
    return sentence
