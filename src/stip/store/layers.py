# SPDX-License-Identifier: EUPL-1.2
"""Context layers, areas and cells: tables that are replaced whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from stip.errors import ContractError, WorkspaceError
from stip.space import Areas, check_crs
from stip.store.atomic import PARQUET, new_file, write_parquet
from stip.store.contracts import CELL, conform
from stip.store.reading import read_geo, read_parquet, sources_in
from stip.store.workspace import Workspace

LAYER_COLUMNS = ("layer", "feature_id", "geometry", "value", "category", "observed_on", "source")


def write_layer(workspace: Workspace, layer: gpd.GeoDataFrame) -> Path:
    """Put a layer in the workspace, in place of an older one of that name.

    Parameters
    ----------
    layer : GeoDataFrame
        Columns of `LAYER_COLUMNS`: ``layer`` (str, one name), ``feature_id`` (str, unique), ``geometry`` (in
        the workspace's reference system), ``value`` (float, may be missing), ``category`` (str, may be
        missing), ``observed_on`` (datetime, may be missing), ``source`` (str, the agreement).

    Raises
    ------
    ContractError
        When a column is missing, the layer has no or several names, or a feature stands in it twice.
    CrsError
        When the geometry is in another reference system.
    """
    if set(layer.columns) != set(LAYER_COLUMNS):
        raise ContractError(f"Een laag heeft de kolommen {', '.join(LAYER_COLUMNS)}; hier zijn het andere.")
    names = layer["layer"].unique()
    if len(names) != 1 or not str(names[0]).isidentifier():
        raise ContractError(f"Een laag heeft één naam van letters, cijfers en _; hier is het {list(names)}.")
    if layer["feature_id"].duplicated().any():
        raise ContractError(f"In laag {names[0]} heeft meer dan één kenmerk hetzelfde nummer.")
    check_crs(layer, workspace.settings.town.crs, f"Laag {names[0]}")
    path = workspace.data / "layers" / f"{names[0]}.parquet"
    with workspace.writing(), new_file(path) as half:
        layer[list(LAYER_COLUMNS)].to_parquet(half, **PARQUET)
    return path


def read_layer(workspace: Workspace, name: str) -> gpd.GeoDataFrame:
    """Return a layer.

    Raises
    ------
    WorkspaceError
        When the workspace has no such layer.
    """
    where = workspace.data / "layers" / f"{name}.parquet"
    if where.name.removesuffix(".parquet") != name:  # a path is no name: it would lead out of the folder
        raise WorkspaceError("Dit is geen naam van een laag. ‘stip doctor’ toont wat er is.")
    return _read_geo(where, f"de laag ‘{name}’", f"layer {name}")


def layer_names(workspace: Workspace) -> list[str]:
    """Return the names of the layers the workspace has."""
    return sorted(file.stem for file in (workspace.data / "layers").glob("[!.]*.parquet"))


def layer_sources(workspace: Workspace) -> list[str]:
    """Return the agreements under which the layers of the workspace came in, in alphabetical order."""
    files = (workspace.data / "layers").glob("[!.]*.parquet")
    return sorted({str(name) for file in files for name in _source_column(file) if name is not None})


def _source_column(path: Path) -> list[str | None]:
    found: list[str | None] = pq.read_table(path, columns=["source"])["source"].unique().to_pylist()
    return found


def write_areas(workspace: Workspace, areas: Areas) -> Path:
    """Put the neighbourhoods of one year in the workspace."""
    check_crs(areas.frame, workspace.settings.town.crs, "De buurten")
    path = workspace.data / "areas" / f"{areas.year}.parquet"
    with workspace.writing(), new_file(path) as half:
        areas.frame.to_parquet(half, **PARQUET)
    return path


def area_years(workspace: Workspace) -> list[int]:
    """Return the years of which the workspace has neighbourhoods, oldest first."""
    return sorted(int(file.stem) for file in (workspace.data / "areas").glob("[!.]*.parquet"))


def read_areas(workspace: Workspace, year: int | None = None) -> Areas:
    """Return the neighbourhoods of a year, or the newest.

    Raises
    ------
    WorkspaceError
        When the workspace has none.
    """
    years = area_years(workspace)
    chosen = year if year is not None else (years[-1] if years else 0)
    path = workspace.data / "areas" / f"{chosen}.parquet"
    return Areas(_read_geo(path, f"de buurten van {chosen}" if chosen else "de buurten", "areas"))


def write_cells(workspace: Workspace, cells: pd.DataFrame) -> Path:
    """Put the cells of the study area in the workspace; ``cells`` keeps the CELL contract."""
    path = workspace.data / "cells.parquet"
    with workspace.writing():
        write_parquet(path, conform(cells, CELL))
    return path


def read_cells(workspace: Workspace) -> pd.DataFrame:
    """Return the cells of the study area, ordered by ``cell``.

    Raises
    ------
    WorkspaceError
        When they have not been made, or belong to another grid than ``stip.toml`` asks.
    """
    path = workspace.data / "cells.parquet"
    if not path.exists():
        raise WorkspaceError("De vakken zijn nog niet gemaakt. Doe eerst ‘stip link’.")
    cells = read_parquet(path, CELL.schema).to_pandas()
    if len(cells) and cells["grid_id"].iloc[0] != workspace.grid.grid_id:
        raise WorkspaceError(
            f"De vakken horen bij raster {cells['grid_id'].iloc[0]}, maar stip.toml vraagt {workspace.grid.grid_id}. "
            "Doe opnieuw ‘stip link’."
        )
    return cells.sort_values("cell", ignore_index=True)


def write_features(workspace: Workspace, features: pd.DataFrame, *, sources: Iterable[str] = ()) -> Path:
    """Put the context of the cells in the workspace.

    Parameters
    ----------
    features : DataFrame of float, indexed by ``cell``
        One column a feature; missing where it is not known.
    sources : iterable of str
        The agreements of the layers they were measured in.

    Raises
    ------
    ContractError
        When a cell stands in it twice, or a column holds no numbers.
    """
    if features.index.has_duplicates:
        raise ContractError("In de kenmerken van de vakken staat een vak twee keer. Doe opnieuw ‘stip link’.")
    texts = [name for name in features.columns if not pd.api.types.is_float_dtype(features[name])]
    if texts:
        raise ContractError(f"Kenmerk ‘{texts[0]}’ bestaat niet uit getallen. Vraag een andere maat in stip.toml.")
    cells = pa.array(features.index.to_numpy("int64"))
    columns = {"cell": cells} | {str(name): pa.array(features[name], from_pandas=True) for name in features.columns}
    facts = {"grid_id": workspace.grid.grid_id, "sources": json.dumps(sorted(sources)), "of": _asked(workspace)}
    table = pa.table(columns).replace_schema_metadata(facts)
    path = workspace.data / "features.parquet"
    with workspace.writing():
        write_parquet(path, table)
    return path


def read_features(workspace: Workspace) -> pd.DataFrame:
    """Return the context of the cells, indexed by ``cell`` in ascending order; missing where it is not known.

    Raises
    ------
    WorkspaceError
        When it has not been made, or belongs to another grid or other cells than there are, or ``stip.toml`` asks
        other features by now.
    """
    path = workspace.data / "features.parquet"
    if not path.exists():
        raise WorkspaceError("De kenmerken van de vakken zijn nog niet gemaakt. Doe eerst ‘stip link’.")
    table = read_parquet(path)
    if (table.schema.metadata or {}).get(b"grid_id") != workspace.grid.grid_id.encode():
        raise WorkspaceError("De kenmerken horen bij een ander raster dan stip.toml vraagt. Doe opnieuw ‘stip link’.")
    if (table.schema.metadata or {}).get(b"of") != _asked(workspace).encode():
        raise WorkspaceError(
            "De kenmerken horen niet bij de vakken die er nu zijn, of stip.toml vraagt nu andere. "
            "Doe opnieuw ‘stip link’."
        )
    return table.to_pandas().set_index("cell").sort_index()


def _asked(workspace: Workspace) -> str:
    """Return a fingerprint of the stored cells and of the features that are asked: both decide what is measured."""
    cells = workspace.data / "cells.parquet"
    digest = hashlib.blake2b(cells.read_bytes() if cells.exists() else b"", digest_size=16)
    digest.update(workspace.settings.link.model_dump_json().encode())
    return digest.hexdigest()


def feature_sources(workspace: Workspace) -> list[str]:
    """Return the agreements of the layers in which the stored features were measured, in alphabetical order.

    Raises
    ------
    WorkspaceError
        When the features have not been made, or do not tell: then they were made by an earlier Stip.
    """
    path = workspace.data / "features.parquet"
    if not path.exists():
        raise WorkspaceError("De kenmerken van de vakken zijn nog niet gemaakt. Doe eerst ‘stip link’.")
    return sources_in(path, "De kenmerken zeggen niet uit welke bron zij komen. Doe opnieuw ‘stip link’.")


def _read_geo(path: Path, what: str, how: str) -> gpd.GeoDataFrame:
    if not path.exists():
        raise WorkspaceError(f"De werkmap heeft {what} niet. Lees ze in met ‘stip intake {how} BESTAND’.")
    return read_geo(path)
