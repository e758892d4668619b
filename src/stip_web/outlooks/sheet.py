# SPDX-License-Identifier: EUPL-1.2
"""One outlook, cell by cell, as map, list and twins show it: class, interval or hatch, what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from stip.link import visible_cells
from stip.outlook import Expected
from stip.space import short_names
from stip.store import Run, Workspace, read_areas, read_cells
from stip_web.outlooks.beside import Beside, beside
from stip_web.outlooks.choice import Choice
from stip_web.outlooks.classes import CLASSES, ORDINARY, STEPS, THIN_A_YEAR, Class, Step, steps_of
from stip_web.outlooks.keys import Unchanged

_FEW_REPORTS = 200  # as `stip.outlook` warns: under this all of it is a rough impression


@dataclass(frozen=True)
class ClassTotal:
    """A class with what its cells hold together."""

    kind: Class
    cells: int
    low: int
    high: int
    beside: float


@dataclass(frozen=True)
class StepTotal:
    """A step of the difference with what its cells differ together."""

    kind: Step
    cells: int
    difference: float

    @property
    def size(self) -> float:
        """How much they differ, whichever way."""
        return abs(self.difference)


@dataclass(frozen=True, eq=False)
class Sheet:
    """An outlook ready to show.

    Attributes
    ----------
    run : Run
    choice : Choice
    crime_types : tuple of str
        Those that were added up.
    squares : DataFrame, one row a cell, by class and then by what is expected, most first
        ``cell``, ``name``, ``short`` (within its area, such as B3), ``area_code``, ``area``, ``district``, ``class``
        (5 … 1), ``expected``, ``low``, ``high``, ``beside``,
        ``difference``, ``step``, ``thin`` (too little to say anything of this one cell) and ``hidden``
        (few dwellings: figures are missing).
    classes : tuple of ClassTotal
    steps : tuple of StepTotal
    whole : tuple of int
        Interval of all cells that are shown, together; what is hidden is in no sum.
    hidden : int
        Cells that are hidden.
    beside : Beside
    """

    run: Run
    choice: Choice
    crime_types: tuple[str, ...]
    squares: pd.DataFrame
    classes: tuple[ClassTotal, ...]
    steps: tuple[StepTotal, ...]
    whole: tuple[int, int]
    hidden: int
    beside: Beside

    def square(self, name: str) -> dict[str, object] | None:
        """Give one cell by its name, None when the outlook has no such cell."""
        rows = self.squares[self.squares["name"] == name]
        return None if rows.empty else {str(key): value for key, value in rows.iloc[0].to_dict().items()}


def sheet_of(workspace: Workspace, run: Run, choice: Choice) -> Sheet:
    """Make the sheet of a frozen outlook; kept as long as the outlook's cells and areas are the same."""
    choice = choice.within(run)
    crime_types = (choice.crime_type,) if choice.crime_type else tuple(run.notes["by_type"])
    next_to = beside(workspace, run, choice.beside, crime_types)
    known = expected_of(workspace, run, crime_types)
    at = ground_of(workspace).reindex(known.cells)
    hidden = at["few"].fillna(False).to_numpy(bool)
    low, high = known.intervals
    other = next_to.expected.reindex(known.cells).fillna(0.0).to_numpy(np.float64)
    difference = known.total - other
    few = sum(run.notes["by_type"][name]["known_reports"] for name in crime_types) < _FEW_REPORTS
    number = np.array([{each.per_cent: each.number for each in CLASSES}[int(tier)] for tier in known.tier])
    squares = pd.DataFrame(
        {
            "cell": known.cells,
            "name": [workspace.grid.name(int(cell)) for cell in known.cells],
            "short": at["short"].fillna("").to_numpy(object),
            "area_code": at["area_code"].to_numpy(object),
            "area": at["area"].to_numpy(object),
            "district": at["district"].to_numpy(object),
            "class": np.where(hidden, ORDINARY.number, number),
            "expected": np.where(hidden, np.nan, known.total),
            "low": np.where(hidden, np.nan, low),
            "high": np.where(hidden, np.nan, high),
            "beside": np.where(hidden, np.nan, other),
            "difference": np.where(hidden, np.nan, difference),
            "step": np.where(hidden, 0, steps_of(difference)),
            "thin": ((52 * known.total < THIN_A_YEAR) | few) & ~hidden,
            "hidden": hidden,
        }
    )
    # What is hidden is in no sum: sums less what is shown would give it away.
    tiers = {each: (known.tier == each.per_cent) & ~hidden for each in CLASSES}
    classes = tuple(
        ClassTotal(each, int(rows.sum()), *known.between(rows), float(other[rows].sum()))
        for each, rows in tiers.items()
    )
    steps = tuple(
        StepTotal(
            each, int((rows := (squares["step"] == each.number) & ~hidden).sum()), float(difference[rows].sum())
        )
        for each in STEPS
    )
    order = squares.sort_values(["class", "expected", "name"], ascending=[False, False, True], na_position="last")
    everything = known.between(~hidden)
    return Sheet(
        run, choice, crime_types, order.reset_index(drop=True), classes, steps, everything, int(hidden.sum()), next_to
    )


def expected_of(workspace: Workspace, run: Run, crime_types: tuple[str, ...]) -> Expected:
    """Give what the frozen outlook expects of these types together."""
    zones = ground_of(workspace)["area_code"]
    return Expected.of(run, zones, seed=int(run.facts["settings"]["outlook"]["seed"]), crime_types=crime_types)


def ground_of(workspace: Workspace) -> pd.DataFrame:
    """Give what is known of each cell, indexed by cell: area, district, dwellings and whether those are few."""
    return _ground(Unchanged(workspace, "data/cells.parquet", "data/areas"))


@lru_cache(maxsize=4)
def _ground(key: Unchanged) -> pd.DataFrame:
    workspace = key.workspace
    cells, areas = read_cells(workspace), read_areas(workspace)
    seen = visible_cells(cells, minimum=workspace.settings.dwellings.minimum)["state"]
    code = cells["area_code"]
    district = code.map(areas.district_of())
    return pd.DataFrame(
        {
            "short": short_names(cells).reindex(cells["cell"]).to_numpy(object),
            "area_code": code,
            "area": code.map(areas.names()).fillna("buiten de buurten"),
            "district_code": district,
            "district": district.map(areas.district_names()).fillna("buiten de wijken"),
            "dwellings": cells["dwellings"],
            "few": ~seen.isin(["shown", "unknown"]),
        }
    ).set_index(cells["cell"])
