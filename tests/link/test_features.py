# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely

from link.conftest import layer_of
from stip.errors import AgreementError, ContractError, SettingsError, WorkspaceError
from stip.link import build_cells, cell_features
from stip.settings import FeatureSettings, LinkSettings, Settings, Town
from stip.space import Areas, Grid
from stip.store import Workspace, read_features, write_features

LAMPS = layer_of("lamps", shapely.Point(10, 10), shapely.Point(20, 20), shapely.Point(150, 50))


def asked(*measures: str, layer: str = "lamps", radius_m: int = 0) -> LinkSettings:
    return LinkSettings(features=(FeatureSettings(layer=layer, measures=measures, radius_m=radius_m),))


def test_each_feature_is_named_after_layer_measure_and_radius(grid: Grid, areas: Areas) -> None:
    cells = build_cells(grid, areas)
    near = cell_features(cells, {"lamps": LAMPS}, asked("count", "density", "distance", radius_m=75), grid)
    assert near.columns.tolist() == ["lamps_count_75m", "lamps_density_75m", "lamps_distance"]
    here = cell_features(cells, {"lamps": LAMPS}, asked("count"), grid)
    assert here.columns.tolist() == ["lamps_count"]
    assert here["lamps_count"].head(3).tolist() == [2, 0, 1]
    assert here.index.tolist() == cells["cell"].tolist() and here.index.name == "cell"


def test_without_settings_there_are_cells_and_no_features(grid: Grid, areas: Areas) -> None:
    cells = build_cells(grid, areas)
    assert cell_features(cells, {}, LinkSettings(), grid).shape == (16, 0)


def test_what_may_not_be_used_is_refused_by_name_and_by_category(grid: Grid, areas: Areas) -> None:
    cells = build_cells(grid, areas)
    with pytest.raises(AgreementError, match="herkomst"):
        cell_features(cells, {"niet_westers": LAMPS}, asked("count", layer="niet_westers"), grid)
    mosques = layer_of("buildings", shapely.Point(0, 0), category="moskee")
    with pytest.raises(AgreementError, match="moskee"):
        cell_features(cells, {"buildings": mosques}, asked("count", layer="buildings"), grid)
    with pytest.raises(AgreementError, match="standaard uit"):
        cell_features(cells, {"inkomen": LAMPS}, asked("count", layer="inkomen"), grid)
    allowed = asked("count", layer="inkomen").model_copy(update={"allow_socio_economic": True})
    assert cell_features(cells, {"inkomen": LAMPS}, allowed, grid).shape == (16, 1)


def test_what_is_not_there_is_named(grid: Grid, areas: Areas) -> None:
    cells = build_cells(grid, areas)
    with pytest.raises(SettingsError, match="‘trees’.*Er is: lamps"):
        cell_features(cells, {"lamps": LAMPS}, asked("count", layer="trees"), grid)
    with pytest.raises(ValueError, match="‘sum’ ken ik niet"):
        asked("sum")
    with pytest.raises(SettingsError, match="twee keer"):
        cell_features(cells, {"lamps": LAMPS}, asked("count", "count"), grid)


def test_features_come_back_as_they_were_kept(workspace: Workspace) -> None:
    features = pd.DataFrame({"green": [1.5, np.nan]}, index=pd.Index([9, 4], name="cell"))
    with pytest.raises(WorkspaceError, match="nog niet gemaakt"):
        read_features(workspace)
    write_features(workspace, features)
    pd.testing.assert_frame_equal(read_features(workspace), features.sort_index())
    write_features(workspace, features[[]])
    assert read_features(workspace).shape == (2, 0)


def test_features_of_another_grid_or_of_no_numbers_are_refused(workspace: Workspace) -> None:
    features = pd.DataFrame({"green": [1.0]}, index=pd.Index([4], name="cell"))
    write_features(workspace, features)
    other = Workspace(workspace.root, Settings(town=Town(name="Proefstad", cell_m=250)))
    with pytest.raises(WorkspaceError, match="ander raster"):
        read_features(other)
    with pytest.raises(ContractError, match="niet uit getallen"):
        write_features(workspace, features.astype(str))
    with pytest.raises(ContractError, match="twee keer"):
        write_features(workspace, pd.concat([features, features]))
