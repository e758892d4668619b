# SPDX-License-Identifier: EUPL-1.2
"""A year that is over in a town of 200 cells: frozen outlooks with their final scores, plans and what people told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from stip.learn import Choice, Scored, Stream, score_rows, side_by_side
from stip.settings import LearnSettings, Measure, OutlookSettings, Settings, Town, write_toml
from stip.space import Grid, shift_week, week_start
from stip.store import BESIDE, OUTLOOK, SCORE, Workspace, conform, freeze_run, record, write_cells

FIRST, ZONE, TYPES = "2025-W37", "Europe/Amsterdam", ("bicycle_theft", "home_burglary")
PEOPLE, DROPPED = {"noord": (100, 101, 102), "zuid": (150, 151)}, (3, 13)
COLUMN, ROW = np.divmod(np.arange(200), 10)
CELLS = Grid.cell_from(COLUMN + 1000, ROW + 3600)


def settings_of(threshold: float = 0.02) -> Settings:
    return Settings(
        town=Town(name="Proefstad"),
        outlook=OutlookSettings(targets=TYPES),
        plan={"teams": {"noord": "Noord", "zuid": "Zuid"}},  # type: ignore[arg-type]
        learn=LearnSettings(
            goal="Minder diefstal rond het station.",
            success="Twee punten meer dan een gewone telling.",
            measure=Measure(kind="hits_share_beats_baseline", threshold=threshold, from_week=FIRST),
            bootstrap_draws=400,
        ),
    )


def expected(tops: tuple[int, ...]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    worth = np.full(200, 0.02)
    worth[list(tops)] = 2.0
    return worth


def live(root: Path, *, weeks: int = 53, people: float = 4.0, outlook: float = 3.0, baseline: float = 1.0) -> None:
    """Let so many weeks pass in which each side's cells hold so many reports on average; the last is provisional."""
    (root / "stip.toml").write_text(write_toml(settings_of()), encoding="utf-8")
    workspace = Workspace.open(root)
    x_m, y_m = workspace.grid.centre(CELLS)
    write_cells(
        workspace,
        pd.DataFrame(
            {"grid_id": workspace.grid.grid_id, "cell": CELLS, "x_m": x_m, "y_m": y_m, "area_code": "BU1",
             "dwellings": pd.array([20] * 200, dtype="Int32"), "in_study": True}
        ),
    )  # fmt: skip
    rng = np.random.default_rng(5)
    for number in range(weeks):
        _week(workspace, shift_week(FIRST, number), rng, (people, outlook, baseline), final=number < weeks - 1)


def _week(
    workspace: Workspace, week: str, rng: np.random.Generator, means: tuple[float, float, float], *, final: bool
) -> None:
    tops, counted = (0, 1, 2, 10, 11, 12), (50, 51, 52, 60, 61, 62)
    table = pd.concat(
        pd.DataFrame(
            {"run_id": "r", "cell": CELLS, "week": week, "crime_type": name, "expected": expected(tops), "low": 0.0,
             "high": 1.0, "baseline": expected(counted), "tier": 100, "reasons": [[] for _ in CELLS]}
        )
        for name in TYPES
    )  # fmt: skip
    run = freeze_run(
        workspace, kind="outlook", week=week, settings={}, inputs={"week": week},
        tables={"outlook": conform(table, OUTLOOK)},
        notes={"dispersion": {name: {"cell": 0.0, "zone": 0.0, "town": 0.05} for name in TYPES}, "model": "blend",
               "baseline": "last_52_weeks"},
    )  # fmt: skip
    places = [
        *rng.choice([100, 101, 102, 150, 151], rng.poisson(means[0])),
        *rng.choice(tops, rng.poisson(means[1])),
        *rng.choice(counted, rng.poisson(means[2])),
        *rng.choice([80, 81, 180], rng.poisson(4)),
    ]
    kinds = rng.choice(TYPES, len(places))
    came = pd.DataFrame({"cell": CELLS[places], "week": week, "crime_type": kinds, "count": 1.0})
    came = came.groupby(["cell", "week", "crime_type"], as_index=False)["count"].sum()
    choices = [
        Choice(Stream.PERSON, tuple(int(CELLS[cell]) for cell in cells), team=team) for team, cells in PEOPLE.items()
    ]
    choices.append(Choice(Stream.DOUBTED, tuple(int(CELLS[cell]) for cell in DROPPED), team="noord"))
    begin = week_start(week, ZONE)
    scored = Scored(run.run_id, week, pd.Timestamp(begin).tz_convert("UTC"), "final" if final else "provisional")
    rows, beside = (
        score_rows(table, came, choices, scored, area_share=0.03),
        side_by_side(table, came, choices, scored),
    )
    told = {"person": 2, "doubted": 1}
    freeze_run(
        workspace, kind="score", week=week, settings={"area_share": 0.03, "shares": []},
        inputs={"outlook": run.run_id, "follows": ""},
        tables={"score": conform(rows, SCORE), "beside": conform(beside, BESIDE)},
        notes={"outlook": run.run_id, "state": scored.state, "scored_at": (begin + timedelta(weeks=8)).isoformat(),
               "judgements": {"all": told, **{name: told for name in TYPES}}, "too_late": 0, "outside": 0.0},
    )  # fmt: skip
    plan = {
        "plan_id": f"plan-{week}", "version": 1, "week": week, "place_id": "p1", "cells": [int(CELLS[0])],
        "area_code": "BU1", "kind": "look", "hours": 8.0, "visits": 2, "origin": "outlook", "probability": 1.0,
        "reason": None, "team": "noord",
    }  # fmt: skip
    record(workspace, "plan", pd.DataFrame([plan]), at=begin + timedelta(hours=9))
    feedback = {"plan_id": plan["plan_id"], "place_id": "p1", "week": week, "visited": True, "code": "rustig",
                "better_cells": None, "team": "noord"}  # fmt: skip
    record(workspace, "feedback", pd.DataFrame([feedback]), at=begin + timedelta(days=2))
