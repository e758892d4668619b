# SPDX-License-Identifier: EUPL-1.2
"""A town in which patrol changes what is reported, but not what happens: the truth is known and stays the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.outlook import StudyArea
from stip.samples import make_town, true_intensity
from stip.space import Grid, week_number

Doubles = npt.NDArray[np.float64]

CRIME_TYPE = "vandalism"
"""Whose true intensity is used: the most frequent type of the sample town, with no near repeats."""
YEAR = 52
YEARS = 3


@dataclass(frozen=True)
class Reporting:
    """How what happens comes to be known.

    Attributes
    ----------
    police_share : float
        Share of the reports that police find themselves (*haal*) when nobody patrols in particular; citizens bring
        the rest (*breng*).
    found_gain : float
        How much more police find in a cell in a week in which they patrol it: 4 is five times as much.
    brought_gain : float
        How much more citizens report there: somebody is there to report to.
    """

    police_share: float = 0.5
    found_gain: float = 4.0
    brought_gain: float = 0.05


@dataclass(frozen=True)
class World:
    """The sample town with its true intensity over a year before the patrols, and three years with them.

    Attributes
    ----------
    area : StudyArea
    truth : ndarray, shape (weeks, cells)
        Expected reports a week when nobody patrols in particular.
    first_week : int
        Ordinal of the first week.
    """

    area: StudyArea
    truth: Doubles
    first_week: int


def make_world(folder: Path, *, crime_type: str = CRIME_TYPE) -> World:
    """Make the sample town and take its true intensity; its first year stands for the year before the patrols too."""
    table = true_intensity(make_town(folder).folder)
    table = table[table["crime_type"] == crime_type]
    wide = table.pivot_table(index="week", columns="cell", values="expected", observed=True).sort_index()
    weeks = wide.to_numpy(np.float64)[: YEARS * YEAR]
    first = week_number(str(wide.index[0])) - YEAR
    return World(StudyArea(Grid(), wide.columns.to_numpy(np.int64)), np.concatenate([weeks[:YEAR], weeks]), first)


@dataclass(frozen=True)
class Draws:
    """What luck brings in one seed, the same in every scenario, so that scenarios differ by their rule alone.

    Attributes
    ----------
    brought, found : ndarray of int, shape (weeks, cells)
        Reports of citizens, and what police find, when nobody patrols in particular.
    extra_brought, extra_found : ndarray of int, shape (weeks, cells)
        What comes on top in a cell in a week in which it is patrolled.
    """

    brought: npt.NDArray[np.int64]
    found: npt.NDArray[np.int64]
    extra_brought: npt.NDArray[np.int64]
    extra_found: npt.NDArray[np.int64]


def draw(world: World, reporting: Reporting, *, seed: int) -> Draws:
    """Draw what is reported in each week and cell, patrolled or not."""
    rng = np.random.default_rng([seed, 20260907])
    found = world.truth * reporting.police_share
    brought = world.truth - found
    return Draws(
        rng.poisson(brought),
        rng.poisson(found),
        rng.poisson(brought * reporting.brought_gain),
        rng.poisson(found * reporting.found_gain),
    )


def points(counts: Doubles, weights: Doubles, rng: np.random.Generator, cell_m: int) -> pd.DataFrame:
    """Return one row a report: ``cell_index``, ``weight``, and where in its cell, in metres from its corner."""
    cell = np.repeat(np.arange(len(counts)), counts.astype(np.int64))
    return pd.DataFrame(
        {
            "cell_index": cell.astype(np.int32),
            "weight": weights[cell].astype(np.float32),
            "east_m": rng.uniform(0, cell_m, len(cell)).astype(np.float32),
            "north_m": rng.uniform(0, cell_m, len(cell)).astype(np.float32),
        }
    )
