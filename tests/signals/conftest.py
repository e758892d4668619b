# SPDX-License-Identifier: EUPL-1.2
"""A small town of which it is known where the outlook looks, where the team went, and what it told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from learn.conftest import TYPE, WEEK, ZONE, SmallTown, after, small_town
from signals.partner_desk import PartnerDesk, partner_desk
from stip.learn import record_feedback, record_visit
from stip.settings import SignalSettings, write_toml
from stip.signals import Known, NewSignal, raise_signal, signal_of
from stip.space import Areas, week_start
from stip.store import OUTLOOK, Workspace, conform, freeze_run, write_areas

__all__ = ["small_town"]

MONDAY_AFTER = after(WEEK, days=0.4)


@dataclass
class Desk:
    """The town and its desk: short ways to put in what happened. Cells are 0 … 199, neighbourhoods of 50 each."""

    town: SmallTown

    @property
    def workspace(self) -> Workspace:
        """Open it again, since a test may have changed the settings."""
        return Workspace.open(self.town.workspace.root)

    def rules(self, **changes: Any) -> None:
        settings = self.town.workspace.settings
        told = settings.model_copy(update={"signals": SignalSettings.model_validate(changes)})
        if changes.get("signalen_url"):
            service = told.intake.service.model_copy(update={"private_hosts": ("127.0.0.1",)})
            told = told.model_copy(update={"intake": told.intake.model_copy(update={"service": service})})
        (self.town.workspace.root / "stip.toml").write_text(write_toml(told), encoding="utf-8")

    def top_cells(self, *places: int, tiers: Mapping[int, int] | None = None, week: str = WEEK) -> None:
        """Freeze an outlook with these cells in its top."""
        tier = dict.fromkeys(places, 1) | dict(tiers or {})
        table = pd.DataFrame(
            {
                "run_id": "r",
                "cell": self.town.cells,
                "week": week,
                "crime_type": TYPE,
                "expected": [2.0 if tier.get(n, 100) == 1 else 0.1 for n in range(200)],
                "low": 0.0,
                "high": 3.0,
                "baseline": 0.1,
                "tier": [tier.get(n, 100) for n in range(200)],
                "reasons": [[] for _ in range(200)],
            }
        )
        freeze_run(
            self.workspace,
            kind="outlook",
            week=week,
            settings={},
            inputs={"week": week},
            tables={"outlook": conform(table, OUTLOOK)},
            notes={},
        )

    def went(self, place: str, week: str = WEEK) -> None:
        record_visit(self.workspace, f"plan-{week}", place, hours=1, at=week_start(week, ZONE) + timedelta(days=2))

    def told(self, place: str, *, visited: bool, week: str = WEEK) -> None:
        moment = week_start(week, ZONE) + timedelta(days=2, hours=1)
        code = "rustig" if visited else ""
        record_feedback(self.workspace, f"plan-{week}", place, visited=visited, code=code, at=moment)

    def areas(self) -> None:
        """Draw the four neighbourhoods, in two districts."""
        grid = self.workspace.grid
        shapes = []
        for number in range(4):
            x_m, y_m = grid.corner(self.town.cells[number * 50 : (number + 1) * 50])
            shapes.append(shapely.box(x_m.min(), y_m.min(), x_m.max() + grid.cell_m, y_m.max() + grid.cell_m))
        frame = gpd.GeoDataFrame(
            {
                "area_code": [f"BU{n}" for n in range(4)],
                "name": ["Haven", "Centrum", "Oost", "West"],
                "district_code": ["WK0", "WK0", "WK1", "WK1"],
                "district_name": ["Binnenstad"] * 2 + ["Buitenstad"] * 2,
                "area_year": 2026,
            },
            geometry=shapes,
            crs=grid.crs,
        )
        write_areas(self.workspace, Areas(frame))

    def knows(self, kind: str = "space", category: str = "lamp", *, at: datetime | None = None, **more: Any) -> Known:
        """Raise a signal and give how it stands."""
        where = {"area_code": "BU1"} if kind == "help" else {"cells": (int(self.town.cells[60]),)}
        new = NewSignal(
            **({"kind": kind, "category": category, "week": WEEK, "role": "lid", "stream": "street"} | where | more)
        )
        raised = raise_signal(self.workspace, new, at=at or MONDAY_AFTER)
        return self.now(raised.signal_id)

    def now(self, signal_id: str) -> Known:
        return signal_of(self.workspace, signal_id)


def day_of(moment: datetime, days: int = 0) -> date:
    return (moment + timedelta(days=days)).date()


@pytest.fixture
def desk(small_town: SmallTown) -> Desk:  # noqa: F811 - the fixture of the same name
    return Desk(small_town)


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """Plan two places: one in the top of the outlook, one drawn by chance."""
    desk.top_cells(0, 1, 60, 61, 150)
    desk.town.plan({"a": ("outlook", [0, 1]), "b": ("random", [10, 11])})
    return desk


@pytest.fixture
def partner(tmp_path: Path, socket_enabled: None) -> Iterator[PartnerDesk]:
    with partner_desk() as started:
        yield started
