# SPDX-License-Identifier: EUPL-1.2
"""A guard against looking ahead: an outlook must stay the same when the future is another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from stip.errors import HistoryError
from stip.outlook.backtest import rolling
from stip.outlook.forecaster import Forecaster
from stip.outlook.history import History
from stip.space import week_from_number

_BEFORE_WEEKS, _SHARE_BEFORE = 200, 0.1


def find_leaks(
    history: History, make: Callable[[History], list[Forecaster]], *, week: int, weeks: int = 1, seed: int = 0
) -> list[str]:
    """Return the forecasters whose outlook changes when what became known later is replaced by something else.

    Parameters
    ----------
    history : History
    make : callable
        Makes the forecasters anew. It gets the whole history, so that one that keeps it to peek is found out.
    week : int
        Ordinal; what became known in it or later is replaced.
    weeks : int
        How many weeks up to this one are foretold.
    seed : int
        Of the other future.
    """
    outcomes = []
    for version in (history, another_future(history, week, seed=seed)):
        forecasts = rolling(version, make(version), first_week=week - weeks + 1, last_week=week, refit_weeks=weeks)
        outcomes.append([(f.week, f.crime_type, f.model, f.expected) for f in forecasts])
    return sorted(
        {
            f"{model} ({crime_type})"
            for (_, crime_type, model, one), (*_, other) in zip(*outcomes, strict=True)
            if not np.array_equal(one, other)
        }
    )


def check_no_leaks(
    history: History, make: Callable[[History], list[Forecaster]], *, week: int, weeks: int = 1
) -> None:
    """Refuse forecasters that look ahead.

    Raises
    ------
    HistoryError
        Naming them.
    """
    leaks = find_leaks(history, make, week=week, weeks=weeks)
    if leaks:
        raise HistoryError(
            f"Deze vooruitblik gebruikt wat in {week_from_number(week)} nog niet bekend was: {', '.join(leaks)}. "
            "De toets op het verleden telt daarom niet. Laat de maker ervan dit herstellen."
        )


def another_future(history: History, week: int, *, seed: int = 0) -> History:
    """Return a history that is the same as far as known before a week, and different in every way after it."""
    later = np.arange(len(history)) >= int(np.searchsorted(history.known_week, week))
    draw = np.random.default_rng(seed)
    n = int(later.sum())
    changed = {
        name: getattr(history, name).copy() for name in ("cell_index", "type_index", "occurred_week", "weight")
    }
    changed["cell_index"][later] = draw.integers(0, len(history.area), n)
    changed["type_index"][later] = draw.integers(0, len(history.crime_types), n)
    changed["weight"][later] = draw.uniform(0.5, 5.0, n)
    # Some of it is about weeks before: late reports must not leak either.
    first = history.as_known(week).first_week
    changed["occurred_week"][later] = np.maximum(history.known_week[later] - draw.integers(0, 20, n), first)
    # And a few are about long before: where the history seems to begin must not leak.
    changed["occurred_week"][later] -= (_BEFORE_WEEKS * (draw.random(n) < _SHARE_BEFORE)).astype(np.int32)
    return replace(history, **changed)
