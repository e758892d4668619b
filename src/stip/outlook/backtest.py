# SPDX-License-Identifier: EUPL-1.2
"""The backtest: week by week, every model beside its baselines, with only what was known then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from stip.errors import HistoryError
from stip.outlook.area import Doubles
from stip.outlook.completeness import untold_weeks
from stip.outlook.forecaster import Forecaster
from stip.outlook.history import History
from stip.outlook.one_thread import one_thread
from stip.outlook.ranking import best_hits_at, hits_at_each
from stip.space import week_from_number, week_start
from stip.store import SCORE

AREA_SHARES = (0.01, 0.03, 0.05, 0.10)
"""Shares of the area at which hits are counted."""

Progress = Callable[[int, int], None]
"""Told how many weeks are done, of how many."""


@dataclass(frozen=True)
class Forecast:
    """What one forecaster expected for one week.

    Attributes
    ----------
    week : int
        Ordinal.
    model, crime_type : str
    expected : ndarray, shape (n_cells,)
    forecaster : Forecaster
        In the state in which it made this; for what else it can tell.
    """

    week: int
    model: str
    crime_type: str
    expected: Doubles
    forecaster: Forecaster


def rolling(
    history: History,
    forecasters: list[Forecaster],
    *,
    first_week: int,
    last_week: int,
    refit_weeks: int,
    progress: Progress | None = None,
) -> Iterator[Forecast]:
    """Drive forecasters through the weeks, and yield what each expected for each week.

    Before each week they see only `History.as_known` at its cut-off; before the first, they observe as many weeks as
    the slowest asks.

    Parameters
    ----------
    first_week, last_week : int
        Ordinals.
    refit_weeks : int
        They learn again after so many weeks.

    Raises
    ------
    HistoryError
        When less than a week is known before the first.
    """
    begins = history.as_known(first_week)  # where the weeks begin may not depend on what came later either
    if len(begins) == 0 or first_week - begins.first_week < 1:
        raise HistoryError(
            f"Voor {week_from_number(first_week)} was er nog niets bekend; de meldingen beginnen in "
            f"{week_from_number(history.first_week)}. Kies minder weken of een latere week."
        )
    longest = max(forecaster.warm_up_weeks for forecaster in forecasters)
    start = max(begins.first_week + 1, first_week - longest)
    weeks = last_week + 1 - start
    with one_thread():
        for week in range(start, last_week + 1):
            known = history.as_known(week)
            for forecaster in forecasters:
                if week >= first_week - forecaster.warm_up_weeks:
                    forecaster.observe(known)
            if week >= first_week:
                for forecaster in forecasters:
                    if (week - first_week) % refit_weeks == 0:
                        forecaster.fit(known)
                    yield Forecast(week, forecaster.name, forecaster.crime_type, forecaster.predict(), forecaster)
            if progress is not None:
                progress(week + 1 - start, weeks)


def score(
    forecast: Forecast, history: History, *, run_id: str, final_after_weeks: int, truth: Truth
) -> list[dict[str, object]]:
    """Return the SCORE rows of one forecast, one for each share of the area."""
    came = truth.counts(forecast.crime_type, forecast.week)
    final = history.cutoff_week - forecast.week > final_after_weeks
    common: dict[str, object] = {
        "run_id": run_id,
        "model": forecast.model,
        "crime_type": forecast.crime_type,
        "cutoff": pd.Timestamp(week_start(week_from_number(forecast.week), history.time_zone)).tz_convert("UTC"),
        "week": week_from_number(forecast.week),
        "total": float(came.sum()),
        "expected": float(forecast.expected.sum()),
        "deviance": poisson_deviance(came, forecast.expected),
        "state": "final" if final else "provisional",
    }
    return [
        common | {"area_share": share, "hits": hits, "best_hits": best_hits_at(came, area_share=share)}
        for share, hits in zip(AREA_SHARES, hits_at_each(forecast.expected, came, AREA_SHARES), strict=True)
    ]


class Truth:
    """What came, in the end: the incidents of each week as they are known now.

    Parameters
    ----------
    history : History
        With everything that is known.
    """

    def __init__(self, history: History) -> None:
        self._area = history.area
        self._types = history.crime_types
        order = np.lexsort((history.type_index, history.occurred_week))
        self._key = history.occurred_week[order].astype(np.int64) * 128 + history.type_index[order]
        self._cell = history.cell_index[order]
        self._weight = history.weight[order]
        self._untold = {kind: untold_weeks(history, kind) for kind in history.crime_types}

    def told(self, crime_type: str, week: int) -> bool:
        """Say whether the reports of a week were delivered; one that was not is no week without incidents."""
        return week not in self._untold[crime_type]

    def counts(self, crime_type: str, week: int) -> Doubles:
        """Return the incidents of a type in each cell in a week."""
        key = week * 128 + self._types.index(crime_type)
        start, end = np.searchsorted(self._key, [key, key + 1])
        counted = np.bincount(self._cell[start:end], self._weight[start:end], minlength=len(self._area))
        return np.where(counted > 1e-6, counted, 0.0)  # what was taken back leaves a rounding error, not an incident


def poisson_deviance(came: Doubles, expected: Doubles) -> float:
    """Return the Poisson deviance summed over cells: 0 when expected is exactly what came."""
    expected = np.maximum(expected, 1e-12)
    some = came > 0
    return float(2 * (np.sum(came[some] * np.log(came[some] / expected[some])) - came.sum() + expected.sum()))


def backtest(
    history: History,
    forecasters: list[Forecaster],
    *,
    weeks: int,
    refit_weeks: int,
    final_after_weeks: int = 6,
    progress: Progress | None = None,
    watch: Callable[[Forecast], None] | None = None,
) -> pd.DataFrame:
    """Score forecasters over the last weeks before the history's cut-off.

    Parameters
    ----------
    history : History
        With everything that is known; each week sees only what was known then, and is scored on everything.
    forecasters : list of Forecaster
        Every model beside its baselines.
    weeks : int
        How many weeks.
    refit_weeks, final_after_weeks : int
    watch : callable, optional
        Is shown each forecast as it is made; `DistrictScores.add` scores it for each district.

    Returns
    -------
    DataFrame that keeps the SCORE contract
        Weeks that were not delivered (`Truth.told`) are left out.
    """
    truth = Truth(history)
    last = history.cutoff_week - 1
    rows: list[dict[str, object]] = []
    for forecast in rolling(
        history,
        forecasters,
        first_week=last - weeks + 1,
        last_week=last,
        refit_weeks=refit_weeks,
        progress=progress,
    ):
        if not truth.told(forecast.crime_type, forecast.week):
            continue
        rows += score(forecast, history, run_id="backtest", final_after_weeks=final_after_weeks, truth=truth)
        if watch is not None:
            watch(forecast)
    return pd.DataFrame(rows, columns=SCORE.schema.names)
