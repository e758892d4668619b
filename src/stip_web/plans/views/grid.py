# SPDX-License-Identifier: EUPL-1.2
"""Two tables to fill in: hours by day and shift, and the cells of a neighbourhood as they lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from stip import words
from stip.agreements import is_held
from stip.plan import SHIFTS, Slot
from stip.plan.slots import DAYS
from stip.space import Grid, letters, short_names
from stip.store import Workspace, latest_run, read_cells


def hours_grid(
    team: str, name: str, hours: dict[str, float], typed: Mapping[str, str], wrong: frozenset[str]
) -> dict[str, Any]:
    """Give the table of hours of a team: a row a day, a column a shift.

    Parameters
    ----------
    typed : mapping of str to str
        What somebody just typed, by the name of the box; that stays where it is.
    wrong : frozenset of str
        Boxes in which no hours stand.
    """
    boxes = {f"{team}:{day}-{shift}": hours.get(f"{day}-{shift}", 0.0) for day in DAYS for shift in SHIFTS}
    total = f"totaal-{team}"
    rows: list[dict[str, Any]] = [
        {
            "day": Slot.of(f"{day}-dag").short.split()[0],
            "boxes": [
                {
                    "name": f"{team}:{day}-{shift}",
                    "label": Slot.of(f"{day}-{shift}").label,
                    "value": typed.get(f"{team}:{day}-{shift}", _written(boxes[f"{team}:{day}-{shift}"])),
                    "wrong": f"{team}:{day}-{shift}" in wrong,
                }
                for shift in SHIFTS
            ],
        }
        for day in DAYS
    ]
    shifts = [Slot.of(f"ma-{shift}").label.split(" ", 1)[1] for shift in SHIFTS]
    return {
        "team": team,
        "name": name,
        "shifts": shifts,
        "rows": rows,
        "total": typed.get(total, _written(sum(hours.values()))),
        "total_wrong": total in wrong,
        "wrong": [box["label"] for row in rows for box in row["boxes"] if box["wrong"]],
    }


@dataclass(frozen=True)
class Box:
    """One cell to choose."""

    name: str
    expected: str
    step: int
    chosen: bool
    place: int = 0  # the number of the place that has it already
    short: str = ""  # by column and row of its neighbourhood

    @property
    def label(self) -> str:
        """What it is called for who does not see where it lies."""
        named = f"Vak {self.short} ({self.name})" if self.short else f"Vak {self.name}"
        if self.place:
            return f"{named}, hoort al bij plek {self.place}"
        return f"{named}{f', {self.expected} verwacht' if self.expected else ''}"


def cells_grid(
    workspace: Workspace, week: str, area_code: str, chosen: set[str], taken: Mapping[int, int]
) -> list[list[Box | None]]:
    """Give the cells of a neighbourhood in rows, north above; None where it has no cell.

    Parameters
    ----------
    chosen : set of str
        Names of cells.
    taken : mapping of int to int
        Number of the place that has a cell already.
    """
    cells = read_cells(workspace)
    here = cells[(cells["area_code"] == area_code) & cells["in_study"].astype(bool)]
    if here.empty:
        return []
    numbers = here["cell"].to_numpy(dtype=np.int64)
    run = None if is_held(workspace, "outlook") else latest_run(workspace, "outlook", week)
    expected = run.table("outlook").groupby("cell")["expected"].sum() if run is not None else None
    top = float(expected.quantile(0.99)) if expected is not None else 0.0
    # A cell with a few dwellings would tell about a home.
    between = here["dwellings"].between(1, workspace.settings.dwellings.minimum - 1)
    few = dict(zip(numbers.tolist(), between.fillna(False).astype(bool), strict=True))
    short = short_names(here)
    column, row = Grid.column_row(numbers)
    boxes: dict[tuple[int, int], Box] = {}
    for cell, x, y in zip(numbers.tolist(), column.tolist(), row.tolist(), strict=True):
        count = float(expected.get(cell, 0.0)) if expected is not None and not few[cell] else None
        step = min(4, int(5 * count / top)) if count is not None and top > 0 else 0
        name = workspace.grid.name(cell)
        told = "" if count is None else words.expected(count)
        boxes[x, y] = Box(name, told, step, name in chosen, taken.get(cell, 0), str(short[cell]))
    return [
        [boxes.get((x, y)) for x in range(min(column), max(column) + 1)] for y in range(max(row), min(row) - 1, -1)
    ]


def column_names(grid: list[list[Box | None]]) -> list[str]:
    """Give the letters above the columns, as on a street map."""
    return [letters(at) for at in range(len(grid[0]))] if grid else []


def _written(hours: float) -> str:
    return f"{hours:g}".replace(".", ",") if hours else ""
