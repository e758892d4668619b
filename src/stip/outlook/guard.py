# SPDX-License-Identifier: EUPL-1.2
"""A guard against looking ahead: an outlook must stay the same when the future is another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

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
    """Return a history that is the same as far as known before a week, and different in every way after it.

    Also in how much comes, when, where in its cell, and which weeks are not delivered.
    """
    draw = np.random.default_rng(seed)
    known = history.as_known(week)
    ahead = history.cutoff_week - week
    if ahead <= 0:
        return known
    n = _another_number(len(history) - len(known), draw)
    known_week = np.sort(draw.integers(week, history.cutoff_week, n)).astype(np.int32)
    # Some of it is about weeks before: late reports must not leak either.
    occurred = np.maximum(known_week - draw.integers(0, 20, n), known.first_week)
    # And a few are about long before: where the history seems to begin must not leak.
    occurred = occurred - _BEFORE_WEEKS * (draw.random(n) < _SHARE_BEFORE)
    side = history.area.grid.cell_m
    later = {
        "cell_index": draw.integers(0, len(history.area), n),
        "type_index": draw.integers(0, len(history.crime_types), n),
        "occurred_week": occurred,
        "known_week": known_week,
        "weight": draw.uniform(0.5, 5.0, n),
        "east_m": draw.uniform(0, side, n),
        "north_m": draw.uniform(0, side, n),
    }
    changed: dict[str, Any] = {
        name: np.concatenate([getattr(known, name), values.astype(getattr(known, name).dtype)])
        for name, values in later.items()
    }
    for name in ("outside_known_week", "coarse_known_week"):
        before = getattr(known, name)
        many = _another_number(len(getattr(history, name)) - len(before), draw)
        weeks = np.sort(draw.integers(week, history.cutoff_week, many)).astype(np.int32)
        changed[name] = np.concatenate([before, weeks])
    # What was delivered is not, and what was not is.
    future = range(week, history.cutoff_week)
    undelivered = tuple(
        (*known.undelivered_of(kind), *(each for each in future if each not in history.undelivered_of(kind)))
        for kind in history.crime_types
    )
    return replace(history, undelivered=undelivered, **changed)


def _another_number(many: int, draw: np.random.Generator) -> int:
    drawn = int(draw.integers(1, 2 * many + 10))
    return drawn + 1 if drawn == many else drawn
