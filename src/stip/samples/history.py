# SPDX-License-Identifier: EUPL-1.2
"""Three years in the town: the true intensity, and the incidents that were drawn from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.samples.cells import GRID, describe_cells, study_cells
from stip.samples.geography import Geography
from stip.samples.moments import tell_time
from stip.samples.process import BRANCHING, echo_of, echoes_expected, happen
from stip.samples.risk import TYPES, draw_background
from stip.samples.spots import nearest_home, possible, put_on_spots, spots_of
from stip.space import monday, week_from_number, week_number

LAST_WEEK = "2026-W36"
FUTURE_WEEKS = 4
TIME_ZONE = "Europe/Amsterdam"
_WARM_UP_WEEKS = 26

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Scale:
    """How long and how much.

    Attributes
    ----------
    weeks : int
        Full weeks up to and including `LAST_WEEK`.
    per_week : tuple of float
        Incidents a week for each of `stip.samples.risk.TYPES`, near repeats included.
    """

    weeks: int
    per_week: tuple[float, ...]


SCALES = {"full": Scale(156, (7.0, 14.0, 20.0, 25.0)), "small": Scale(52, (3.0, 5.0, 9.0, 10.0))}


@dataclass(frozen=True)
class History:
    """What is true of the town; nobody in it knows all of this.

    Attributes
    ----------
    cells : DataFrame
        Context of each cell; index ``cell``.
    weeks : ndarray of str
        From the first week to the last of the future.
    base : ndarray, shape (types, cells)
    season : ndarray, shape (types, weeks)
    frailty, near_repeat, expected : ndarray, shape (types, weeks, cells)
        ``expected`` = base × season × frailty + near_repeat: the mean count of a week, given all before its Monday.
    incidents : DataFrame
        ``kind``, ``crime_type``, ``week``, ``cell``, ``x_m``, ``y_m``, ``occurred``, ``from``, ``to``, ``known``
        (wall-clock), ``near_repeat`` (bool), ``future`` (bool), ``home`` (row of the nearest home, or −1);
        ordered by ``known``.
    """

    cells: pd.DataFrame
    weeks: npt.NDArray[np.object_]
    base: Floats
    season: Floats
    frailty: Floats
    near_repeat: Floats
    expected: Floats
    incidents: pd.DataFrame


def live_through(town: Geography, scale: Scale, *, seed: int) -> History:
    """Draw the history of the town.

    The process runs for half a year before the first week, so that near repeats and drifts are under way.
    """
    cells = study_cells(town)
    context = describe_cells(town, cells)
    last = week_number(LAST_WEEK) + FUTURE_WEEKS
    weeks = np.arange(last - FUTURE_WEEKS - scale.weeks - _WARM_UP_WEEKS + 1, last + 1)
    drawn_per_week = tuple(np.array(scale.per_week) * (1 - np.array(BRANCHING)))
    spots = spots_of(town, cells)
    somewhere = possible(spots, len(cells))
    background = draw_background(context, somewhere, GRID, weeks, drawn_per_week, seed=seed)
    echoes = [echo_of(cells, base, GRID) for base in background.base]
    incidents = happen(background, echoes, seed=seed)
    repeats = echoes_expected(incidents, background, echoes)
    first_day = pd.Timestamp(monday(week_from_number(int(weeks[0]))))
    incidents = put_on_spots(incidents, spots, seed=seed)
    incidents = tell_time(incidents, first_day, seed=seed)
    kept = slice(_WARM_UP_WEEKS, None)
    frailty, near_repeat = background.frailty[:, kept], repeats[:, kept]
    season = background.season[:, kept]
    expected = background.base[:, None, :] * season[:, :, None] * frailty + near_repeat
    return History(
        cells=context,
        weeks=np.array([week_from_number(int(number)) for number in weeks[kept]], dtype=object),
        base=background.base,
        season=season,
        frailty=frailty,
        near_repeat=near_repeat,
        expected=expected,
        incidents=_told(incidents, cells, weeks, town),
    )


def _told(
    incidents: pd.DataFrame, cells: npt.NDArray[np.int64], weeks: npt.NDArray[np.int64], town: Geography
) -> pd.DataFrame:
    week = incidents["day"].to_numpy() // 7
    found = incidents.assign(
        crime_type=np.array(TYPES, dtype=object)[incidents["kind"]],
        week=np.array([week_from_number(int(number)) for number in weeks], dtype=object)[week],
        cell=cells[incidents["cell"]],
        near_repeat=incidents["parent"] >= 0,
        future=week >= len(weeks) - FUTURE_WEEKS,
    )
    found = found[week >= _WARM_UP_WEEKS].drop(columns=["day", "parent"])
    found = found.sort_values(["known", "kind", "x_m", "y_m", "occurred"], kind="stable", ignore_index=True)
    return found.assign(home=nearest_home(found, town.homes))
