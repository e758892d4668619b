# SPDX-License-Identifier: EUPL-1.2
"""Whether the 80 % intervals hold on weeks that they were not learned from."""

from __future__ import annotations

from collections import deque

import pandas as pd

from stip.outlook.area import Doubles
from stip.outlook.backtest import Forecast, Truth
from stip.outlook.history import History
from stip.outlook.intervals import DispersionGauge, interval_of_sum
from stip.outlook.ranking import chosen_at
from stip.space import week_from_number

ENOUGH_WEEKS = 8
"""Weeks from which a width is learned at least."""

_AREA_SHARE = 0.03


class Coverage:
    """Checks intervals beside a backtest: each is learned from weeks that were final at its cut-off, and none later.

    Two sums are looked at, because a square by itself nearly always holds 0: the whole town, and the best 3 % of its
    cells together.

    Parameters
    ----------
    history : History
        With everything that is known.
    final_after_weeks : int
        As in `LearnSettings`. Weeks that are not final by now are not checked.

    Examples
    --------
    >>> from stip.outlook import backtest, make_forecasters
    >>> coverage = Coverage(history, final_after_weeks=6)  # doctest: +SKIP
    >>> backtest(history, forecasters, weeks=52, refit_weeks=13, watch=coverage.add)  # doctest: +SKIP
    >>> coverage.rows()  # doctest: +SKIP
    """

    def __init__(self, history: History, *, final_after_weeks: int) -> None:
        self._truth = Truth(history)
        self._zones = history.area.zones
        self._final_after = final_after_weeks
        self._last_final = history.cutoff_week - final_after_weeks - 1
        self._gauges: dict[tuple[str, str], DispersionGauge] = {}
        self._learned: dict[tuple[str, str], int] = {}
        self._waiting: dict[tuple[str, str], deque[tuple[int, Doubles, Doubles]]] = {}
        self._rows: list[dict[str, object]] = []

    def add(self, forecast: Forecast) -> None:
        """Check one forecast, and keep it to learn from once it is final."""
        if forecast.week > self._last_final or not self._truth.told(forecast.crime_type, forecast.week):
            return
        key = forecast.crime_type, forecast.model
        gauge = self._gauges.setdefault(key, DispersionGauge(self._zones))
        waiting = self._waiting.setdefault(key, deque())
        while waiting and forecast.week - waiting[0][0] > self._final_after:
            gauge.add(*waiting.popleft()[1:])
            self._learned[key] = self._learned.get(key, 0) + 1
        came = self._truth.counts(forecast.crime_type, forecast.week)
        waiting.append((forecast.week, forecast.expected, came))
        if self._learned.get(key, 0) < ENOUGH_WEEKS:
            return
        best = chosen_at(forecast.expected, area_share=_AREA_SHARE) > 0
        for where, cells in (("town", slice(None)), ("best", best)):
            low, high = interval_of_sum(forecast.expected[cells], gauge.dispersion(), zone=self._zones[cells])
            total = float(came[cells].sum())
            self._rows.append(
                {
                    "crime_type": forecast.crime_type,
                    "model": forecast.model,
                    "week": week_from_number(forecast.week),
                    "where": where,
                    "low": low,
                    "high": high,
                    "came": total,
                    "inside": low <= total <= high,
                }
            )

    def rows(self) -> pd.DataFrame:
        """Return what was checked.

        Returns
        -------
        DataFrame, one row a crime type, model, week and ``where`` (``town``, or ``best``: the best 3 % of its cells)
            ``low``, ``high`` (80 % interval), ``came``, and whether that lies ``inside``.
        """
        columns = ["crime_type", "model", "week", "where", "low", "high", "came", "inside"]
        return pd.DataFrame(self._rows, columns=columns)


def coverage_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Count how often an interval held.

    Parameters
    ----------
    rows : DataFrame from `Coverage.rows`

    Returns
    -------
    DataFrame, one row a crime type, model and ``where``
        ``weeks`` and ``inside``, the weeks in which the count lay within.
    """
    by = rows.groupby(["crime_type", "model", "where"], sort=True)["inside"]
    return by.agg(weeks="size", inside="sum").reset_index().astype({"inside": int})
