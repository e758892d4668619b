# SPDX-License-Identifier: EUPL-1.2
"""A small town of 200 cells in which everything that is expected, planned and reported can be set by hand."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from stip.agreements import install_shipped
from stip.settings import LearnSettings, OutlookSettings, Settings, Town
from stip.space import shift_week, week_start
from stip.store import (
    INCIDENT,
    OUTLOOK,
    Run,
    Workspace,
    conform,
    freeze_run,
    publish_batch,
    record,
    write_cells,
)

WEEK = "2026-W37"
ZONE = "Europe/Amsterdam"
TYPE = "home_burglary"
DISPERSION = {"cell": 0.0, "zone": 0.0, "town": 0.05}


@dataclass
class SmallTown:
    """The workspace, with short ways to put things in it. Cells are named by their place, 0 … 199."""

    workspace: Workspace
    cells: np.ndarray[tuple[int], np.dtype[np.int64]]
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def outlook(
        self,
        expected: Sequence[float],
        baseline: Sequence[float],
        *,
        week: str = WEEK,
        crime_type: str = TYPE,
        note: str = "",
    ) -> Run:
        table = pd.DataFrame(
            {
                "run_id": "r",
                "cell": self.cells,
                "week": week,
                "crime_type": crime_type,
                "expected": np.asarray(expected, float),
                "low": 0.0,
                "high": 1.0,
                "baseline": np.asarray(baseline, float),
                "tier": 100,
                "reasons": [[] for _ in self.cells],
            }
        )
        return freeze_run(
            self.workspace,
            kind="outlook",
            week=week,
            settings={},
            inputs={"note": note, "week": week},
            tables={"outlook": conform(table, OUTLOOK)},
            notes={
                "dispersion": {crime_type: DISPERSION},
                "model": "blend",
                "baseline": "last_52_weeks",
            },
        )

    def incidents(
        self,
        places: Iterable[int],
        *,
        week: str = WEEK,
        day: int = 1,
        hours: float = 0,
        known_days: float = 2,
        crime_type: str = TYPE,
        source: str = "bvh",
    ) -> None:
        """Report one incident in each cell named, on a day of the week, within so many hours; 200 is outside."""
        places = list(places)
        if not places:
            return
        begin = pd.Timestamp(week_start(week, ZONE) + timedelta(days=day)).tz_convert("UTC")
        self._publish(places, begin, hours=hours, known_days=known_days, crime_type=crime_type, source=source)

    def deliveries(self, first: str, weeks: int) -> None:
        """Let something come in each week: one report that is no target, known on Sunday."""
        begin = pd.Series([week_start(shift_week(first, n), ZONE) + timedelta(days=6) for n in range(weeks)])
        self._publish([0] * weeks, pd.to_datetime(begin, utc=True), hours=0, known_days=0.5, crime_type="vandalism")

    def _publish(
        self,
        places: Sequence[int],
        begin: pd.Timestamp | pd.Series[pd.Timestamp],
        *,
        hours: float,
        known_days: float,
        crime_type: str,
        source: str = "bvh",
    ) -> None:
        batch_id = f"b{next(self.numbers)}"
        x_m, y_m = self.workspace.grid.centre(self.cells)
        frame = pd.DataFrame(
            {
                "incident_id": [f"{batch_id}i{n}" for n in range(len(places))],
                "source": source,
                "batch_id": batch_id,
                "version": 1,
                "crime_type": crime_type,
                "from_at": begin,
                "to_at": begin + pd.Timedelta(hours=hours),
                "known_at": begin + pd.Timedelta(days=known_days),
                "x_m": [x_m[n] if n < len(x_m) else 0.0 for n in places],
                "y_m": [y_m[n] if n < len(y_m) else 0.0 for n in places],
                "precision_m": 25.0,
                "area_code": None,
                "area_year": None,
            }
        )[INCIDENT.schema.names]
        publish_batch(self.workspace, frame, {"batch_id": batch_id})

    def plan(
        self, places: dict[str, tuple[str, Sequence[int]]], *, week: str = WEEK, visits: int = 1, days: float = 0.375
    ) -> str:
        """Fix a plan: origin and cells of each place by its name."""
        rows = pd.DataFrame(
            [
                {
                    "plan_id": f"plan-{week}",
                    "version": 1,
                    "week": week,
                    "place_id": name,
                    "cells": [int(self.cells[n]) for n in members],
                    "area_code": None,
                    "kind": "look",
                    "hours": 4.0 * visits,
                    "visits": visits,
                    "origin": origin,
                    "probability": 0.1 if origin == "random" else 1.0,
                    "reason": None,
                }
                for name, (origin, members) in places.items()
            ]
        )
        record(self.workspace, "plan", rows, at=week_start(week, ZONE) + timedelta(days=days))
        return f"plan-{week}"

    def override(
        self,
        kind: str,
        members: Sequence[int],
        *,
        to: Sequence[int] = (),
        week: str = WEEK,
        crime_type: str | None = None,
        at: datetime | None = None,
    ) -> None:
        row = {
            "week": week,
            "crime_type": crime_type,
            "kind": kind,
            "cells": [int(self.cells[n]) for n in members],
            "to_cells": [int(self.cells[n]) for n in to] or None,
            "reason": "daar is nu een markt",
            "role": "lid",
        }
        record(self.workspace, "override", pd.DataFrame([row]), at=at or week_start(week, ZONE))


def after(week: str, *, weeks: int = 1, days: float = 0) -> datetime:
    """Return Monday 00:00 so many weeks after a week began, and some days."""
    return week_start(shift_week(week, weeks), ZONE) + timedelta(days=days)


def top(*places: int, high: float = 2.0, low: float = 0.01) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Expect ``high`` in these cells and ``low`` in all others."""
    expected = np.full(200, low)
    expected[list(places)] = high
    return expected


@pytest.fixture
def small_town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallTown:
    monkeypatch.setenv("STIP_KEYS", str(tmp_path / "keys"))
    settings = Settings(
        town=Town(name="Proefstad"),
        outlook=OutlookSettings(targets=(TYPE, "bicycle_theft")),
        learn=LearnSettings(bootstrap_draws=400),
    )
    workspace = Workspace.create(tmp_path / "town", settings)
    install_shipped(workspace)
    column, row = np.divmod(np.arange(200), 10)
    cells = workspace.grid.cell_from(column + 1000, row + 3600)
    x_m, y_m = workspace.grid.centre(cells)
    write_cells(
        workspace,
        pd.DataFrame(
            {
                "grid_id": workspace.grid.grid_id,
                "cell": cells,
                "x_m": x_m,
                "y_m": y_m,
                "area_code": [f"BU{n // 50}" for n in range(200)],
                "dwellings": pd.array([20] * 200, dtype="Int32"),
                "in_study": True,
            }
        ),
    )
    town = SmallTown(workspace, cells)
    town.deliveries("2026-W35", 30)
    return town
