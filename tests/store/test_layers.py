# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal

from stip.errors import ContractError, CrsError, WorkspaceError
from stip.store import (
    Workspace,
    area_years,
    layer_names,
    read_areas,
    read_cells,
    read_features,
    read_layer,
    write_areas,
    write_cells,
    write_features,
    write_layer,
)
from store import made


def test_a_layer_reads_back_and_a_new_one_takes_its_place(workspace: Workspace) -> None:
    assert layer_names(workspace) == []
    write_layer(workspace, made.layer("trees"))
    write_layer(workspace, made.layer())
    found = read_layer(workspace, "lampposts")
    assert_geodataframe_equal(found, made.layer(), check_dtype=False)
    write_layer(workspace, made.layer(features=1))
    assert len(read_layer(workspace, "lampposts")) == 1
    assert layer_names(workspace) == ["lampposts", "trees"]


@pytest.mark.parametrize(
    ("layer", "why"),
    [
        (made.layer().drop(columns="value"), "heeft de kolommen layer, feature_id"),
        (made.layer().assign(owner="x"), "hier zijn het andere"),
        (made.layer("../lampen"), "één naam van letters"),
        (made.layer().head(0), "één naam van letters"),
        (made.layer().assign(layer=["a", "a", "b", "b"]), "één naam van letters"),
        (made.layer().assign(feature_id="1"), "hetzelfde nummer"),
    ],
)
def test_a_layer_that_is_none_is_refused(workspace: Workspace, layer: gpd.GeoDataFrame, why: str) -> None:
    with pytest.raises(ContractError, match=why):
        write_layer(workspace, layer)
    assert layer_names(workspace) == []


def test_another_system_is_refused(workspace: Workspace) -> None:
    with pytest.raises(CrsError, match="Laag lampposts staat in EPSG:4326"):
        write_layer(workspace, made.layer().to_crs("EPSG:4326"))
    with pytest.raises(CrsError, match="De buurten"):
        write_areas(workspace, type(made.areas())(made.areas().frame.to_crs("EPSG:4326")))


def test_areas_by_year_newest_unless_asked(workspace: Workspace) -> None:
    for year in (2026, 2025):
        write_areas(workspace, made.areas(year))
    assert area_years(workspace) == [2025, 2026]
    assert read_areas(workspace).year == 2026
    assert read_areas(workspace, 2025).year == 2025


def test_cells_come_back_in_order_and_only_of_this_grid(workspace: Workspace) -> None:
    write_cells(workspace, made.cells())
    assert read_cells(workspace)["cell"].tolist() == list(range(9))
    write_cells(workspace, made.cells("EPSG:28992/250m/0,0"))
    with pytest.raises(WorkspaceError, match="raster EPSG:28992/250m/0,0, maar stip.toml vraagt EPSG:28992/125m/0,0"):
        read_cells(workspace)


def test_features_come_back_by_cell(workspace: Workspace) -> None:
    features = pd.DataFrame({"lamps": [1.0, None]}, index=pd.Index([7, 3], name="cell"))
    write_features(workspace, features)
    pd.testing.assert_frame_equal(read_features(workspace), features.sort_index())
    with pytest.raises(ContractError, match="‘owner’"):
        write_features(workspace, features.assign(owner="x"))
    with pytest.raises(ContractError, match="twee keer"):
        write_features(workspace, pd.concat([features, features]))


def test_what_is_not_there_says_how_to_bring_it(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="heeft de laag ‘trees’ niet.*stip intake layer trees"):
        read_layer(workspace, "trees")
    with pytest.raises(WorkspaceError, match="heeft de buurten niet"):
        read_areas(workspace)
    write_areas(workspace, made.areas())
    with pytest.raises(WorkspaceError, match="heeft de buurten van 1999 niet"):
        read_areas(workspace, 1999)
    with pytest.raises(WorkspaceError, match="stip link"):
        read_cells(workspace)
    with pytest.raises(WorkspaceError, match="stip link"):
        read_features(workspace)


def test_a_broken_table_ends_in_a_sentence(workspace: Workspace) -> None:
    for path in (write_layer(workspace, made.layer()), write_cells(workspace, made.cells())):
        path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(WorkspaceError, match="layers/lampposts.parquet is niet te lezen"):
        read_layer(workspace, "lampposts")
    with pytest.raises(WorkspaceError, match="cells.parquet is niet te lezen"):
        read_cells(workspace)
