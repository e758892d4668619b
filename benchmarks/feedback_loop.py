# SPDX-License-Identifier: EUPL-1.2
"""The loop: the outlook marks cells, patrol goes there, reports change, and the outlook learns from the reports."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from feedback_world import YEAR, Doubles, Draws, World, points

from stip.outlook import Context, History, cells_in, make_forecasters
from stip.settings import OutlookSettings

MARKED = 0.03
"""Share of the cells that is marked and patrolled each week."""
RANDOM_SHARE = 0.2
"""Share of the patrolled cells that is drawn by lot, as in the plan."""
RANDOM_FLOOR = 0.25
"""A cell can be drawn when it is expected to hold this share of the average cell, as in the plan."""
_REFIT_WEEKS = 13
_ENOUGH = 20  # reports in drawn cells, from which on their ratio is believed


@dataclass(frozen=True)
class Scenario:
    """A rule by which patrol goes and reports count.

    Attributes
    ----------
    name : str
    responds : bool
        Whether reports rise where the patrol is; without it nothing can feed back.
    random_share : float
        Share of the patrolled cells drawn by lot.
    corrects : bool
        Whether reports from patrolled cells are weighted down by what the drawn cells show patrol to add.
    police_counts : bool
        Whether what police find themselves is looked at; not with *breng* targets only.
    beside : str
        The rule that looks at the same reports, but to which reports do not respond: drift is measured from there.
    """

    name: str
    responds: bool = True
    random_share: float = 0.0
    corrects: bool = False
    police_counts: bool = True
    beside: str = "no_response"


SCENARIOS = (
    Scenario("no_response", responds=False),
    Scenario("follows"),
    Scenario("random", random_share=RANDOM_SHARE),
    Scenario("random_corrected", random_share=RANDOM_SHARE, corrects=True),
    Scenario("brought_no_response", responds=False, police_counts=False, beside="brought_no_response"),
    Scenario("brought", police_counts=False, beside="brought_no_response"),
    Scenario("brought_random", police_counts=False, random_share=RANDOM_SHARE, beside="brought_no_response"),
)


@dataclass
class Correction:
    """What the drawn cells tell about how much patrol adds: drawn beside not drawn, of the cells that could be."""

    drawn_reports: float = 0.0
    drawn_cells: float = 0.0
    other_reports: float = 0.0
    other_cells: float = 0.0

    def add(self, reports: Doubles, drawn: npt.NDArray[np.bool_], frame: npt.NDArray[np.bool_]) -> None:
        """Take in a week; within it every cell of the frame had the same chance to be drawn."""
        other = frame & ~drawn
        self.drawn_reports += float(reports[drawn].sum())
        self.drawn_cells += float(drawn.sum())
        self.other_reports += float(reports[other].sum())
        self.other_cells += float(other.sum())

    @property
    def ratio(self) -> float:
        """How many times as much is reported where patrol is; 1 until enough was seen."""
        if self.drawn_reports < _ENOUGH or self.other_reports == 0:
            return 1.0
        return max(1.0, (self.drawn_reports / self.drawn_cells) / (self.other_reports / self.other_cells))


def live(world: World, draws: Draws, scenario: Scenario, *, model: str, seed: int) -> pd.DataFrame:
    """Live through the years under a rule.

    Returns
    -------
    DataFrame, one row a week of the three years
        ``true_share`` (of what is expected in truth, the part in the marked cells), ``counted`` and ``total`` (what
        is reported and looked at, in the marked cells and in all, as it is weighed), ``plain`` (in the marked
        cells, had nobody patrolled), ``marked`` (the marked cells, by index) and ``ratio`` (how many times as much is
        reported where patrol is, as the drawn cells tell).
    """
    settings = OutlookSettings(targets=("x",), refit_weeks=_REFIT_WEEKS)
    (forecaster,) = make_forecasters((model,), ("x",), settings)
    rng, lot = np.random.default_rng([seed, 1]), np.random.default_rng([seed, 2])
    k = cells_in(MARKED, len(world.area))
    known: list[pd.DataFrame] = []
    correction = Correction()
    nothing = np.zeros(len(world.area), dtype=bool)
    lines = []
    for week in range(len(world.truth)):
        patrolled = drawn = frame = nothing
        if week >= 1:
            forecaster.observe(_history(world, known, week))
        if week >= YEAR:
            if (week - YEAR) % _REFIT_WEEKS == 0:
                forecaster.fit(_history(world, known, week))
            expected = forecaster.predict()
            top = _top(expected, k, rng)
            patrolled, drawn, frame = _patrol(expected, top, k, scenario.random_share, lot)
        responds = patrolled if scenario.responds else nothing
        brought = draws.brought[week] + draws.extra_brought[week] * responds
        found = draws.found[week] + draws.extra_found[week] * responds
        plain = draws.brought[week] + draws.found[week] * scenario.police_counts
        reports = brought + found * scenario.police_counts
        weights = np.where(patrolled & scenario.corrects, 1 / correction.ratio, 1.0)
        if week >= YEAR:
            lines.append(
                {
                    "week": week - YEAR,
                    "true_share": world.truth[week][top].sum() / world.truth[week].sum(),
                    "counted": float((reports * weights)[top].sum()),
                    "total": float((reports * weights).sum()),
                    "plain": int(plain[top].sum()),
                    "ratio": correction.ratio,
                    "marked": np.flatnonzero(top),
                }
            )
        if drawn.any():
            correction.add(reports, drawn, frame)
        known.append(points(reports, weights, rng, world.area.grid.cell_m))
    return pd.DataFrame(lines)


def _top(expected: Doubles, k: int, rng: np.random.Generator) -> npt.NDArray[np.bool_]:
    order = np.lexsort((rng.permutation(len(expected)), -expected))
    top = np.zeros(len(expected), dtype=bool)
    top[order[:k]] = True
    return top


def _patrol(
    expected: Doubles, top: npt.NDArray[np.bool_], k: int, random_share: float, lot: np.random.Generator
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return which cells are patrolled, which of them are drawn by lot, and which could have been."""
    by_lot = round(random_share * k)
    if not by_lot:
        return top, np.zeros_like(top), np.zeros_like(top)
    chosen = np.zeros_like(top)
    chosen[np.argsort(np.where(top, -expected, np.inf), kind="stable")[: k - by_lot]] = True
    frame = ~chosen & (expected >= RANDOM_FLOOR * expected.mean())
    drawn = np.zeros_like(top)
    drawn[lot.choice(np.flatnonzero(frame), by_lot, replace=False)] = True
    return chosen | drawn, drawn, frame


def _history(world: World, known: list[pd.DataFrame], week: int) -> History:
    """Return what is known on the Monday of a week; everything is reported within its week."""
    table = pd.concat(known, ignore_index=True)
    happened = np.repeat(np.arange(len(known)), [len(part) for part in known]) + world.first_week
    return History(
        area=world.area,
        crime_types=("x",),
        time_zone="Europe/Amsterdam",
        cutoff_week=world.first_week + week,
        cell_index=table["cell_index"].to_numpy(np.int32),
        type_index=np.zeros(len(table), dtype=np.int8),
        occurred_week=happened.astype(np.int32),
        known_week=happened.astype(np.int32),
        weight=table["weight"].to_numpy(np.float32),
        east_m=table["east_m"].to_numpy(np.float32),
        north_m=table["north_m"].to_numpy(np.float32),
        context=Context(len(world.area)),
    )
