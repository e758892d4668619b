# SPDX-License-Identifier: EUPL-1.2
"""Which districts adjoin."""

import geopandas as gpd
import numpy as np
import shapely

from stip.plan.districts import adjoining, groups, part_of_cells
from stip.space import Areas


def areas_of(boxes):
    frame = gpd.GeoDataFrame(
        {
            "area_code": [f"BU{number}" for number in range(len(boxes))],
            "name": [f"Buurt {number}" for number in range(len(boxes))],
            "district_code": [code for code, _ in boxes],
            "district_name": [f"Wijk {code}" for code, _ in boxes],
            "area_year": 2026,
        },
        geometry=[shapely.box(*box) for _, box in boxes],
        crs="EPSG:28992",
    )
    return Areas(frame)


def test_a_shared_border_adjoins_and_a_corner_does_not():
    areas = areas_of(
        [
            ("A", (0, 0, 100, 100)),
            ("B", (100, 0, 200, 100)),
            ("C", (200, 100, 300, 200)),
            ("D", (600, 0, 700, 100)),
        ]
    )
    assert adjoining(areas) == {("A", "B")}


def test_slivers_between_surveys_do_not_part_districts():
    assert adjoining(areas_of([("A", (0, 0, 100, 100)), ("B", (100.5, 0, 200, 100))])) == {("A", "B")}


def test_neighbourhoods_of_one_district_are_one():
    areas = areas_of([("A", (0, 0, 100, 100)), ("A", (100, 0, 200, 100)), ("B", (200, 0, 300, 100))])
    assert adjoining(areas) == {("A", "B")}


def test_groups_hang_together():
    pairs = {("A", "B"), ("B", "C"), ("C", "D")}
    assert groups(["A", "B", "C", "D"], pairs, 1) == [("A",), ("B",), ("C",), ("D",)]
    assert groups(["A", "B", "C", "D"], pairs, 2) == [("A", "B"), ("B", "C"), ("C", "D")]
    assert groups(["A", "B", "C", "D"], pairs, 3) == [("A", "B", "C"), ("B", "C", "D")]


def test_an_island_is_a_group_by_itself():
    assert groups(["A", "B", "X"], {("A", "B")}, 2) == [("A", "B"), ("X",)]


def test_cells_find_their_district_or_neighbourhood():
    areas = areas_of([("A", (0, 0, 100, 100)), ("B", (100, 0, 200, 100))])
    codes = np.array(["BU1", None, "BU9"], dtype=object)
    assert part_of_cells(codes, areas, district=True).tolist() == ["B", "", ""]
    assert part_of_cells(codes, areas, district=False).tolist() == ["BU1", "", ""]
    assert part_of_cells(codes, None, district=False).tolist() == ["", "", ""]
