# SPDX-License-Identifier: EUPL-1.2
"""Tying together everything a workspace holds: areas, dwellings, layers and incidents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import geopandas as gpd
import pandas as pd

from stip.agreements import Purpose, check_not_paused, check_sources
from stip.link.areas import recode_areas
from stip.link.cells import build_cells
from stip.link.features import cell_features
from stip.link.report import (
    addresses_found,
    features_of_cells,
    incidents_in_areas,
    incidents_in_cells,
    layers_in_cells,
)
from stip.space import Areas
from stip.store import (
    Workspace,
    batches,
    day_in_town,
    incident_sources,
    layer_names,
    read_areas,
    read_batch,
    read_incidents,
    read_layer,
    replace_batch,
    write_cells,
    write_features,
)


@dataclass(frozen=True)
class Linked:
    """What was tied together.

    Attributes
    ----------
    cells : DataFrame that keeps the CELL contract
    features : DataFrame of float, indexed by ``cell``
    report : DataFrame
        The columns of `stip.link.LINK_COLUMNS`: incidents to areas and cells, layers to cells,
        features of cells, addresses to points.
    areas : Areas
    recoded : int
        Stored rows of incidents whose neighbourhood became another one than it was.
    """

    cells: pd.DataFrame
    features: pd.DataFrame
    report: pd.DataFrame
    areas: Areas
    recoded: int


def link_workspace(workspace: Workspace, *, dry_run: bool = False, on: date | None = None) -> Linked:
    """Make cells and their context from what the workspace holds, and say again where each incident lies.

    Parameters
    ----------
    dry_run : bool
        Only say what would be; write nothing.
    on : date, optional
        The day on which agreements must hold; today when left out.

    Raises
    ------
    WorkspaceError
        When there are no areas.
    AgreementError
        When the agreement of a layer does not allow an outlook, a source of incidents may not be used today, or
        linking is on hold.
    """
    check_not_paused(workspace, "link")
    today = on or day_in_town(workspace, datetime.now(UTC))
    check_sources(workspace, incident_sources(workspace), None, on=today)
    grid = workspace.grid
    areas = read_areas(workspace)
    layers = _asked_layers(workspace, today)
    cells = build_cells(grid, areas, _dwellings(workspace, today))
    features = cell_features(cells, layers, workspace.settings.link, grid)
    recoded = _recode(workspace, areas, dry_run=dry_run)
    if not dry_run:
        with workspace.writing():
            write_cells(workspace, cells)
            write_features(workspace, features, sources=_sources(layers))
    incidents = read_incidents(workspace)
    report = pd.concat(
        [
            incidents_in_areas(incidents, areas),
            incidents_in_cells(incidents, cells, grid),
            layers_in_cells(layers, cells, grid),
            features_of_cells(features, cells),
            addresses_found(batches(workspace)),
        ],
        ignore_index=True,
    )
    return Linked(cells, features, report, areas, recoded)


def _dwellings(workspace: Workspace, today: date) -> gpd.GeoDataFrame | None:
    """Return the layer of dwellings, or None when the town has none: then their number is unknown."""
    name = workspace.settings.dwellings.layer
    if name not in layer_names(workspace):
        return None
    layer = read_layer(workspace, name)
    check_sources(workspace, layer["source"].unique(), Purpose.DOT_MAP, on=today)  # they decide what it may show
    return layer


def _asked_layers(workspace: Workspace, today: date) -> dict[str, gpd.GeoDataFrame]:
    there = layer_names(workspace)
    asked = dict.fromkeys(feature.layer for feature in workspace.settings.link.features)
    layers = {name: read_layer(workspace, name) for name in asked if name in there}
    check_sources(workspace, _sources(layers), Purpose.OUTLOOK, on=today)
    return layers


def _sources(layers: dict[str, gpd.GeoDataFrame]) -> set[str]:
    return {str(source) for layer in layers.values() for source in layer["source"].unique()}


def _recode(workspace: Workspace, areas: Areas, *, dry_run: bool) -> int:
    """Put the neighbourhoods of these areas in every batch; return for how many rows the code became another."""
    count = 0
    with workspace.writing():
        for manifest in batches(workspace):
            rows = read_batch(workspace, manifest["batch_id"])
            recoded, changed = recode_areas(rows, areas)
            had_code = rows["area_code"].notna()
            count += int((changed & had_code).sum())
            new = changed.any() or (rows["area_year"].fillna(0) != areas.year).any()
            if new and not dry_run:
                replace_batch(workspace, manifest["batch_id"], recoded, area_year=areas.year)
    return count
