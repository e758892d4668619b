# SPDX-License-Identifier: EUPL-1.2
"""What changed between two periods, with an interval, and only when there is enough to compare."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special, stats

from stip.errors import SettingsError
from stip.explore.counts import By, counts_in, names_of
from stip.explore.periods import Period
from stip.space import Areas
from stip.words import number, times

FEWEST = 10
"""When neither period holds so many, there is too little to compare."""

CHANGE_METHOD = (
    "Verhouding van twee Poisson-aantallen per week, exact gegeven hun som (Clopper-Pearson). "
    "Wat toeval kan zijn is bepaald over alle regels samen (Benjamini-Hochberg, 5 %). De marge hoort bij dat "
    "oordeel: 95 % bij één regel, wijder bij meer regels (Benjamini-Yekutieli)."
)

_FALSE_SHARE = 0.05

Floats = npt.NDArray[np.float64]


def change(
    incidents: pd.DataFrame,
    period: Period,
    other_period: Period,
    *,
    by: By | str = By.TYPE,
    time_zone: str,
    areas: Areas | None = None,
    other_incidents: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Lay a period beside an earlier one.

    Reports come in late, so a recent period misses some that an older one has by now. Give ``other_incidents`` as
    they were known at `stip.explore.same_age`; then both periods miss the same part.

    Given how many there were in both, the number in one is binomial when the rates are equal; that gives the exact
    interval of the ratio of the rates, also when the periods are not equally long. Windows make counts that
    are not whole; the same formula, by the beta distribution, then lies between those of the whole numbers.
    Incidents that bring on others make the real uncertainty larger than this interval.

    Parameters
    ----------
    incidents : DataFrame that keeps the INCIDENT contract
    period, other_period : Period
        The change is from ``other_period`` to ``period``.
    by : By
        ``type``, ``area``, ``district`` or ``town``.
    time_zone : str
    areas : Areas, optional
        Needed for districts; gives names and a row to every area.
    other_incidents : DataFrame that keeps the INCIDENT contract, optional
        What ``other_period`` is counted from; ``incidents`` when left out.

    Returns
    -------
    DataFrame
        ``key``, ``name``, ``count``, ``other_count``, ``difference``; ``ratio`` of the counts per week with
        ``ratio_low`` and ``ratio_high`` (95 % for one row, wider for more, so that an interval holds 1 exactly where
        the verdict is chance), ``p_value``, and ``q_value`` that allows for the number of rows; ``verdict`` (``few``,
        ``chance``, ``more``, ``less``); ``sentence`` in Dutch. What cannot be known is missing. The largest count
        first.

    Raises
    ------
    SettingsError
        When the periods overlap: what lies in both cannot have changed.

    References
    ----------
    Przyborowski & Wilenski (1940), Biometrika 31. Benjamini & Hochberg (1995), JRSS B 57. Benjamini & Yekutieli
    (2005), JASA 100: intervals of what was selected.
    """
    by = By(by)
    if not set(period.numbers).isdisjoint(other_period.numbers):
        raise SettingsError(
            f"De periodes {other_period} en {period} overlappen. Kies er twee die los van elkaar liggen, "
            "of vergelijk met de weken ervoor."
        )
    older = incidents if other_incidents is None else other_incidents
    sides = [
        counts_in(frame, (each,), by=by, time_zone=time_zone, areas=areas)[0]
        for frame, each in ((incidents, period), (older, other_period))
    ]
    counted = pd.concat(sides, axis=1, keys=[0, 1]).fillna(0.0).sort_index().rename_axis("key")
    now, then = counted[0].to_numpy(float), counted[1].to_numpy(float)
    weeks, other_weeks = period.weeks, other_period.weeks
    few = np.maximum(now, then) < FEWEST
    p_value = np.where(few, np.nan, _p_value(now, then, weeks / (weeks + other_weeks)))
    q_value = np.full(len(now), np.nan)
    q_value[~few] = stats.false_discovery_control(p_value[~few]) if (~few).any() else []
    sure = ~few & (q_value < _FALSE_SHARE)
    ratio, low, high = _ratio(now, then, other_weeks / weeks, _outside(few, sure))
    verdict = np.select([few, ~sure, ratio > 1], ["few", "chance", "more"], "less")
    table = pd.DataFrame(
        {
            "key": counted.index,
            "name": names_of(counted.index, by, areas),
            "count": now,
            "other_count": then,
            "difference": now - then,
            "ratio": ratio,
            "ratio_low": low,
            "ratio_high": high,
            "p_value": p_value,
            "q_value": q_value,
            "verdict": verdict,
        }
    )
    rows = table.to_dict("records")
    table["sentence"] = [_sentence(row, weeks, other_weeks) for row in rows]
    return table.sort_values(["count", "key"], ascending=[False, True], ignore_index=True)


def _outside(few: npt.NDArray[np.bool_], sure: npt.NDArray[np.bool_]) -> Floats:
    """Return the chance that each interval leaves out, such that it holds 1 exactly where the verdict is chance.

    Of ``m`` rows Benjamini-Hochberg picks the ``R`` with the smallest chances: each of these is at most ``R q / m``,
    each of the others above ``(R + 1) q / m``.
    """
    compared, picked = int((~few).sum()), int(sure.sum())
    share = np.where(sure, picked, picked + 1) / max(compared, 1)
    return np.where(few, _FALSE_SHARE, _FALSE_SHARE * share)


def _ratio(now: Floats, then: Floats, scale: float, outside: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the ratio of the rates and its exact interval; ``scale`` is other weeks over weeks."""
    tail = outside / 2
    low = np.where(now > 0, stats.beta.ppf(tail, np.maximum(now, 1e-12), then + 1), 0)
    high = np.where(then > 0, stats.beta.ppf(1 - tail, now + 1, np.maximum(then, 1e-12)), 1)
    with np.errstate(
        divide="ignore", invalid="ignore"
    ):  # nothing then: infinitely many times; nothing at all: unknown
        ratio, low, high = now / then * scale, low / (1 - low) * scale, high / (1 - high) * scale
    nothing = (now == 0) & (then == 0)
    return tuple(np.where(nothing, np.nan, value) for value in (ratio, low, high))  # type: ignore[return-value]


def _p_value(now: Floats, then: Floats, share: float) -> Floats:
    """Return the two-sided chance of a number as far off as ``now``, when equal rates give it this share."""
    at_least = np.where(now > 0, special.betainc(np.maximum(now, 1e-12), then + 1, share), 1)
    at_most = np.where(then > 0, special.betainc(np.maximum(then, 1e-12), now + 1, 1 - share), 1)
    p_value: Floats = np.minimum(1, 2 * np.minimum(at_least, at_most))
    return p_value


def _sentence(row: dict[Any, Any], weeks: int, other_weeks: int) -> str:
    numbers = f"{number(row['other_count'])} → {number(row['count'])}"
    if weeks != other_weeks:
        rates = f"{number(row['other_count'] / other_weeks, 1)} → {number(row['count'] / weeks, 1)}"
        numbers = f"{numbers} (per week {rates})"
    if row["verdict"] == "few":
        return f"{numbers}, te weinig om te vergelijken"
    if row["verdict"] == "chance":
        return f"{numbers}, verschil kan toeval zijn"
    word = "meer" if row["verdict"] == "more" else "minder"
    low, high = times(row["ratio_low"]), times(row["ratio_high"])
    range_ = f"{low} tot {high} keer zo veel" if np.isfinite(row["ratio_high"]) else f"ten minste {low} keer zo veel"
    return f"{numbers}, duidelijk {word} ({range_})"
