# SPDX-License-Identifier: EUPL-1.2
"""A small town with a busy corner, reported with delay."""

from __future__ import annotations

import shutil
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from stip.agreements import install_shipped
from stip.outlook import History, StudyArea, history_of, make_outlook, workspaces_in
from stip.settings import OutlookSettings, Settings, Town
from stip.space import Areas, Grid, week_from_number, week_number, week_start
from stip.store import Run, Workspace, latest_run, publish_batch, write_areas, write_cells

ZONE = "Europe/Amsterdam"
GRID = Grid()
WEEK = "2026-W37"
WEEKS = 130
SIDE = 16


def town_area(side: int = SIDE) -> StudyArea:
    """Return a square of cells, cut into four neighbourhoods."""
    column, row = np.meshgrid(1000 + np.arange(side), 3600 + np.arange(side), indexing="ij")
    cells = GRID.cell_from(column.ravel(), row.ravel())
    order = np.argsort(cells)
    zone = (column.ravel() - 1000) * 2 // side * 2 + (row.ravel() - 3600) * 2 // side
    return StudyArea(GRID, cells[order], zone[order].astype(np.int32))


def incidents(
    area: StudyArea,
    *,
    per_week: float = 12.0,
    weeks: int = WEEKS,
    until: str = WEEK,
    crime_type: str = "home_burglary",
    delay_weeks: float = 0.6,
    seed: int = 1,
) -> pd.DataFrame:
    """Draw incidents: a tenth of the cells holds most of them; reports come in after an exponential delay."""
    rng = np.random.default_rng(seed)
    share = rng.gamma(0.3, 1.0, len(area)) + 0.02
    share /= share.sum()
    last = week_number(until)
    numbers = rng.poisson(per_week, weeks)
    n = int(numbers.sum())
    cell = rng.choice(len(area), size=n, p=share)
    week = np.repeat(np.arange(last - weeks, last), numbers)
    start = np.array([week_start(week_from_number(w), ZONE).timestamp() for w in range(last - weeks, last)])
    moment = start[week - (last - weeks)] + rng.uniform(0, 7 * 86_400 - 7200, n)
    from_at = pd.to_datetime(moment.astype("int64"), unit="s", utc=True)
    to_at = from_at + pd.to_timedelta(rng.integers(0, 24, n), unit="h")
    known_at = to_at + pd.to_timedelta(rng.exponential(delay_weeks * 7 * 86_400, n).astype(int), unit="s")
    x_m, y_m = area.grid.corner(area.cells[cell])
    return pd.DataFrame(
        {
            "incident_id": [f"{crime_type}-{seed}-{i}" for i in range(n)],
            "source": "bvh",
            "batch_id": f"b{seed}",
            "version": np.ones(n, dtype=np.int32),
            "crime_type": crime_type,
            "from_at": from_at,
            "to_at": to_at,
            "known_at": known_at,
            "x_m": x_m + rng.uniform(0, 125, n),
            "y_m": y_m + rng.uniform(0, 125, n),
            "precision_m": np.full(n, 1.0, dtype=np.float32),
            "area_code": None,
            "area_year": None,
        }
    )


@pytest.fixture(scope="session")
def area() -> StudyArea:
    return town_area()


@pytest.fixture(scope="session")
def reports(area: StudyArea) -> pd.DataFrame:
    return incidents(area)


@pytest.fixture(scope="session")
def history(area: StudyArea, reports: pd.DataFrame) -> History:
    return history_of(reports, area, crime_types=("home_burglary",), time_zone=ZONE, cutoff_week=week_number(WEEK))


@pytest.fixture
def settings() -> OutlookSettings:
    return OutlookSettings(training_weeks=26)


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, area: StudyArea, reports: pd.DataFrame) -> Workspace:
    """Give a workspace with the cells, neighbourhoods and reports of the town."""
    monkeypatch.setenv("STIP_KEYS", str(tmp_path / "keys"))
    return make_town(tmp_path / "town", area, reports)


@pytest.fixture(scope="session")
def looked_ahead(tmp_path_factory: pytest.TempPathFactory, area: StudyArea, reports: pd.DataFrame) -> Workspace:
    """Give a town that has its outlook already, for tests that only look at it."""
    made = make_town(tmp_path_factory.mktemp("looked_ahead") / "town", area, reports)
    make_outlook(made, WEEK)
    return made


def make_town(root: Path, area: StudyArea, reports: pd.DataFrame) -> Workspace:
    """Make a workspace with the cells, neighbourhoods and reports of the town."""
    made = Workspace.create(root, Settings(town=Town(name="Proefstad"), outlook=OutlookSettings(training_weeks=26)))
    install_shipped(made)
    x_m, y_m = GRID.centre(area.cells)
    codes = np.array([f"BU{zone}" for zone in area.zones])
    write_cells(
        made,
        pd.DataFrame(
            {
                "grid_id": GRID.grid_id,
                "cell": area.cells,
                "x_m": x_m,
                "y_m": y_m,
                "area_code": codes,
                "dwellings": np.full(len(area), 40, dtype=np.int32),
                "in_study": True,
            }
        ),
    )
    west, south = GRID.corner(area.cells)
    squares = gpd.GeoDataFrame(
        {"area_code": codes}, geometry=shapely.box(west, south, west + 125, south + 125), crs=GRID.crs
    ).dissolve("area_code")
    frame = squares.reset_index().assign(
        name=lambda f: "Buurt " + f["area_code"].str[2:],
        district_code="WK0",
        district_name="Wijk 0",
        area_year=2026,
    )
    write_areas(made, Areas(frame[["area_code", "name", "district_code", "district_name", "area_year", "geometry"]]))
    publish_batch(made, reports, {"batch_id": "b1", "received_at": "2026-09-07T06:00:00Z"})
    return made


@pytest.fixture(scope="session")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give three towns of unequal size, each with its outlook made in this process."""
    country = tmp_path_factory.mktemp("answers")
    for seed, side in enumerate((6, 10, 8), start=1):
        area = town_area(side)
        make_outlook(make_town(country / f"town{seed}", area, incidents(area, seed=seed)), WEEK)
    return country


@pytest.fixture
def country(answers: Path, tmp_path: Path) -> Path:
    """Give the same towns without their outlooks."""
    shutil.copytree(answers, tmp_path / "country", ignore=shutil.ignore_patterns("runs"))
    return tmp_path / "country"


def run_of(root: Path) -> Run:
    found = latest_run(Workspace.open(root), "outlook", WEEK)
    assert found is not None and found.intact()
    return found


def same_answers(country: Path, answers: Path) -> bool:
    return all(
        run_of(country / town.name).facts["tables"] == run_of(town).facts["tables"]
        and run_of(country / town.name).run_id == run_of(town).run_id
        for town in workspaces_in(answers)
    )
