# SPDX-License-Identifier: EUPL-1.2
"""When it happened, between which moments the victim knows it happened, and when the police came to know.

All moments are wall-clock time in the town.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.samples.chance import chance
from stip.samples.risk import TYPES

Floats = npt.NDArray[np.float64]

_HOUR = 3600.0
# Chance of each hour of the day, 0 first; only the proportions count.
_HOURS = {
    "home_burglary": [5, 6, 6, 5, 3, 2, 1, 1, 2, 3, 4, 4, 4, 5, 5, 5, 5, 6, 8, 10, 10, 8, 6, 5],
    "theft_from_vehicle": [9, 9, 9, 8, 6, 4, 2, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 5, 6, 6, 7, 8],
    "bicycle_theft": [5, 5, 4, 3, 2, 1, 1, 2, 4, 5, 5, 5, 6, 6, 6, 6, 7, 8, 7, 6, 6, 7, 7, 6],
    "vandalism": [10, 10, 9, 7, 5, 2, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 8, 9],
}


@dataclass(frozen=True)
class _Window:
    """Ways of not having been there: share, and mean hours away before and after."""

    ways: tuple[tuple[float, float, float], ...]
    delay_hours: float  # median
    delay_spread: float  # of the logarithm
    months_late: float  # share reported after months


_WINDOWS = {
    "home_burglary": _Window(
        ((0.52, 1.6, 2.2), (0.33, 4.0, 4.5), (0.12, 50.0, 45.0), (0.03, 0.0, 0.0)), 2.5, 1.3, 0.0
    ),
    "theft_from_vehicle": _Window(((0.78, 5.0, 6.0), (0.14, 16.0, 20.0), (0.08, 0.2, 0.3)), 7.0, 1.4, 0.002),
    "bicycle_theft": _Window(((0.62, 2.5, 3.5), (0.28, 7.0, 8.0), (0.10, 30.0, 40.0)), 40.0, 1.55, 0.03),
    "vandalism": _Window(((0.30, 0.0, 0.0), (0.52, 4.0, 6.0), (0.18, 20.0, 26.0)), 17.0, 1.6, 0.01),
}


def tell_time(incidents: pd.DataFrame, first_day: pd.Timestamp, *, seed: int) -> pd.DataFrame:
    """Return the incidents with ``occurred``, ``from``, ``to`` and ``known``, as wall-clock time.

    Parameters
    ----------
    incidents : DataFrame from `stip.samples.process.happen`
    first_day : Timestamp
        The Monday that is day 0.
    """
    parts = []
    for kind, name in enumerate(TYPES):
        mine = incidents[incidents["kind"] == kind]
        rng = chance(seed, f"moments {name}")
        size = len(mine)
        odds = np.array(_HOURS[name], dtype=np.float64)
        hour = rng.choice(24, size, p=odds / odds.sum())
        second = np.floor((hour + rng.random(size)) * 60) * 60
        occurred = mine["day"].to_numpy() * 86_400.0 + second
        window = _WINDOWS[name]
        before, after = _away(window, size, rng)
        start, end = _rounded(occurred - before, down=True), _rounded(occurred + after, down=False)
        exact = before + after == 0
        start, end = np.where(exact, occurred, start), np.where(exact, occurred, end)
        late = rng.random(size) < window.months_late
        delay = window.delay_hours * np.exp(window.delay_spread * rng.standard_normal(size)) * _HOUR
        delay = np.where(late, rng.uniform(62, 210, size) * 86_400, np.minimum(delay, 75 * 86_400))
        # Now and then the police know before the window ends, as when a neighbour calls.
        known = np.where(rng.random(size) < 0.006, (occurred + end) / 2, _in_office(end + delay, delay, rng))
        seconds = {"occurred": occurred, "from": start, "to": end, "known": np.floor(known / 60) * 60}
        parts.append(
            mine.assign(**{name: first_day + pd.to_timedelta(value, unit="s") for name, value in seconds.items()})
        )
    return pd.concat(parts).sort_index()


def _away(window: _Window, size: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    shares = np.array([share for share, _, _ in window.ways])
    way = rng.choice(len(window.ways), size, p=shares / shares.sum())
    means = np.array([[before, after] for _, before, after in window.ways])[way]
    hours = rng.gamma(1.7, 1 / 1.7, (size, 2)) * means
    return hours[:, 0] * _HOUR, hours[:, 1] * _HOUR


def _rounded(seconds: Floats, *, down: bool) -> Floats:
    """Round to the quarter of an hour, as people tell the time."""
    quarter = 900.0
    return np.floor(seconds / quarter) * quarter if down else np.ceil(seconds / quarter) * quarter


def _in_office(known: Floats, delay: Floats, rng: np.random.Generator) -> Floats:
    """Move reports that can wait to between eight in the morning and ten in the evening."""
    hour = (known % 86_400) / _HOUR
    night = (delay > 3 * _HOUR) & ((hour < 8) | (hour >= 22))
    midnight = np.floor(known / 86_400) * 86_400
    morning = midnight + np.where(hour >= 22, 86_400, 0) + rng.uniform(8, 12.5, len(known)) * _HOUR
    return np.where(night, morning, known)
