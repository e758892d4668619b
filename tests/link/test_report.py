# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from link.conftest import areas_of, incidents_at, layer_of
from stip.link import (
    LINK_COLUMNS,
    addresses_found,
    build_cells,
    features_of_cells,
    incidents_in_areas,
    incidents_in_cells,
    layers_in_cells,
)
from stip.space import Areas, Grid


def whole(report: pd.DataFrame, subject: str | None = None) -> list[int]:
    """Total, matched, ambiguous, unmatched."""
    rows = report[report["area_code"].isna()]
    rows = rows if subject is None else rows[rows["subject"] == subject]
    assert len(rows) == 1
    return rows[["total", "matched", "ambiguous", "unmatched"]].iloc[0].tolist()


def of_area(report: pd.DataFrame, code: str) -> list[int]:
    row = report[report["area_code"] == code].iloc[0]
    return row[["total", "matched", "ambiguous", "unmatched"]].tolist()


def test_an_incident_near_a_border_is_ambiguous_when_its_square_lies_over_it(areas: Areas) -> None:
    points = ((100, 100), (100, 100), (196, 100), (204, 100), (9000, 0))
    report = incidents_in_areas(incidents_at(*points, precision_m=10), areas)
    assert whole(report) == [5, 2, 2, 1]
    assert of_area(report, "BU01") == [3, 2, 1, 0]
    assert of_area(report, "BU02") == [1, 0, 1, 0]
    assert tuple(report.columns) == LINK_COLUMNS
    assert whole(incidents_in_areas(incidents_at((196, 100), precision_m=0), areas)) == [1, 1, 0, 0]


def test_an_incident_in_a_cell_at_the_edge_is_ambiguous(grid: Grid) -> None:
    cells = build_cells(grid, areas_of(2026, shift_m=60))
    report = incidents_in_cells(incidents_at((110, 50), (70, 50), (-500, 50)), cells, grid)
    # The first cell holds 40 m of the town: its middle lies outside.
    assert whole(report) == [3, 1, 1, 1]
    assert of_area(report, "BU01") == [1, 1, 0, 0]


def test_features_of_a_layer_fall_where_they_touch(grid: Grid) -> None:
    cells = build_cells(grid, areas_of(2026, shift_m=60))
    lamps = layer_of("lamps", shapely.Point(110, 50), shapely.Point(70, 50), shapely.Point(-500, 50), None)
    park = layer_of("park", shapely.box(-5000, -5000, 5000, 5000))
    report = layers_in_cells({"lamps": lamps, "park": park}, cells, grid)
    assert whole(report, "lamps") == [4, 1, 1, 2]
    assert whole(report, "park") == [1, 1, 0, 0]
    assert layers_in_cells({}, cells, grid).empty


def test_a_feature_that_is_not_known_is_unmatched(grid: Grid, areas: Areas) -> None:
    cells = build_cells(grid, areas)
    values = np.ones(len(cells))
    values[:3] = np.nan
    features = pd.DataFrame({"green": values}, index=cells["cell"])
    report = features_of_cells(features, cells)
    assert whole(report) == [16, 13, 0, 3]
    assert of_area(report, "BU01") == [4, 1, 0, 3]
    assert features_of_cells(features[[]], cells).empty


def test_addresses_are_counted_by_source_over_all_batches() -> None:
    report = addresses_found(
        [
            {"source": "bvh", "addresses": {"matched": 5, "ambiguous": 1, "unmatched": 2}},
            {"source": "bvh", "addresses": {"matched": 1, "ambiguous": 0, "unmatched": 0}},
            {"source": "melding", "addresses": {"matched": 0, "ambiguous": 0, "unmatched": 3}},
            {"source": "with_points"},
        ]
    )
    assert whole(report, "bvh") == [9, 6, 1, 2]
    assert whole(report, "melding") == [3, 0, 0, 3]
    assert len(report) == 2 and tuple(report.columns) == LINK_COLUMNS
    assert addresses_found([]).empty


def test_nothing_to_link_is_a_report_too(grid: Grid, areas: Areas) -> None:
    cells = build_cells(grid, areas)
    none = incidents_at()
    assert whole(incidents_in_areas(none, areas)) == [0, 0, 0, 0]
    assert whole(incidents_in_cells(none, cells, grid)) == [0, 0, 0, 0]
