# SPDX-License-Identifier: EUPL-1.2
"""A week that is ready to show, in a town of four neighbourhoods."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from stip.plan import PlannedPlace, VisitKind
from stip.space import Grid
from stip.week.view import TIER_NAMES, RecordLine, Tier, WeekView

RD = "EPSG:28992"


@pytest.fixture
def view() -> WeekView:
    grid = Grid()
    column, row = (part.ravel() for part in np.meshgrid(np.arange(1000, 1016), np.arange(3600, 3616)))
    cell = grid.cell_from(column, row)
    x, y = grid.corner(cell)
    tier = np.full(len(cell), 100)
    tier[[100, 101, 116]], tier[[40, 41]] = 1, 3
    cells = gpd.GeoDataFrame(
        {
            "cell": cell,
            "name": [grid.name(c) for c in cell],
            "tier": tier,
            "expected": np.where(tier == 1, 0.8, 0.1),
            "low": 0.0,
            "high": 2.0,
        },
        geometry=shapely.box(x, y, x + 125, y + 125),
        crs=RD,
    )
    areas = gpd.GeoDataFrame(
        {"name": ["Noord", "Oost", "Zuid <script>", "West"]},
        geometry=[
            shapely.box(125_000 + i, 450_000 + j, 126_000 + i, 451_000 + j) for i in (0, 1000) for j in (0, 1000)
        ],
        crs=RD,
    )
    roads = gpd.GeoDataFrame(geometry=[shapely.LineString([(125_000, 450_500), (127_000, 450_500)])], crs=RD)
    first = PlannedPlace(
        number=1,
        place_id="a",
        cells=(int(cell[100]), int(cell[101]), int(cell[116])),
        area_code="BU1",
        areas=("Noord",),
        district="Wijk 1",
        expected=3.4,
        low=1,
        high=6,
        reached=1.2,
        hours=12.5,
        visits=3,
        kind=VisitKind.LOOK,
        when=("wo–vr 16–20 uur",),
        origin="outlook",
        probability=1.0,
        reasons=("6 meldingen in de laatste 8 weken",),
        dwellings=40,
    )
    second = replace(
        first,
        number=2,
        place_id="b",
        cells=(int(cell[40]), int(cell[41])),
        areas=("Oost",),
        origin="random",
        probability=0.125,
        when=(),
        reasons=(),
    )
    return WeekView(
        town="Proefstad",
        week="2026-W37",
        monday="7 september",
        sunday="13 september 2026",
        run_id="0123456789abcdef",
        plan_id="fedcba9876543210",
        status="Voorstel, nog niet vastgesteld",
        used="model",
        districts=("Wijk 1",),
        why=("Wijk 1 is het langst niet aan de beurt geweest.",),
        places=(first, second),
        tiers=(Tier(TIER_NAMES[1], 1, 3, 1, 4), Tier(TIER_NAMES[3], 3, 2, 0, 2)),
        record=(
            RecordLine("Woninginbraak", "vooruitblik", True, 430, 1000),
            RecordLine("Woninginbraak", "laatste 52 weken", False, 7, 20),
        ),
        record_weeks=12,
        record_share=0.03,
        verdicts=("De vooruitblik was niet beter.",),
        warnings=("De laatste levering is 12 dagen oud.",),
        cells=cells,
        dots=pd.DataFrame(
            {"crime_type": ["home_burglary"], "x_m": [125_500.0], "y_m": [450_500.0], "count_of": [3.0]}
        ),
        dots_hidden=4,
        dots_coarse=5,
        areas=areas,
        base={"roads": roads},
        labels={"home_burglary": "Woninginbraak"},
        colours={"home_burglary": "#0072b2"},
    )
