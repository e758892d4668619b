# SPDX-License-Identifier: EUPL-1.2
"""Open data that is no layer: police counts by neighbourhood, and the table of addresses."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa

from stip.errors import ContractError, WorkspaceError
from stip.store.atomic import write_parquet
from stip.store.contracts import Contract, conform
from stip.store.reading import read_parquet, sources_in
from stip.store.workspace import Workspace

AREA_COUNT = Contract(
    "area_count",
    pa.schema(
        [
            pa.field("area_code", pa.string(), nullable=False),  # GM…, WK… or BU…: totals and their parts together
            pa.field("period", pa.string(), nullable=False),  # a month ``2025-01``, or a year ``2025``; never both
            pa.field("crime_code", pa.string(), nullable=False),
            pa.field("count", pa.int64()),  # empty is unknown, not zero
        ]
    ),
    key=("area_code", "period", "crime_code"),
)

ADDRESS = Contract(
    "address",
    pa.schema(
        [
            pa.field("street", pa.string()),
            pa.field("house_number", pa.string(), nullable=False),
            pa.field("postcode", pa.string()),
            pa.field("place_name", pa.string()),
            pa.field("x_m", pa.float64(), nullable=False),
            pa.field("y_m", pa.float64(), nullable=False),
        ]
    ),
)


def write_counts(workspace: Workspace, name: str, counts: pd.DataFrame) -> Path:
    """Put counts by area and period in the workspace, in place of older ones of that name.

    Parameters
    ----------
    name : str
        The source; counts by year are kept apart under ``<source>_years``.
    counts : DataFrame that keeps the AREA_COUNT contract

    Raises
    ------
    ContractError
        When the name cannot be a file's, or the contract is not kept.
    """
    if not name.isidentifier():
        raise ContractError(f"‘{name}’ kan geen naam van aantallen zijn. Neem letters, cijfers en _.")
    path = workspace.data / "counts" / f"{name}.parquet"
    with workspace.writing():
        write_parquet(path, conform(counts, AREA_COUNT))
    return path


def read_counts(workspace: Workspace, name: str) -> pd.DataFrame:
    """Return counts by area and period; ``count`` is missing where it is not known.

    Raises
    ------
    WorkspaceError
        When the workspace has none of that name.
    """
    path = workspace.data / "counts" / f"{name}.parquet"
    if not path.exists():
        raise WorkspaceError(f"De werkmap heeft de aantallen ‘{name}’ niet. Haal ze op met ‘stip intake odata’.")
    return read_parquet(path, AREA_COUNT.schema).to_pandas().astype({"count": "Int64"})


def write_addresses(workspace: Workspace, addresses: pd.DataFrame, *, source: str) -> Path:
    """Put the table of addresses in the workspace, in place of an older one.

    Parameters
    ----------
    addresses : DataFrame that keeps the ADDRESS contract
    source : str
        The agreement under which they came in.
    """
    path = workspace.data / "addresses.parquet"
    table = conform(addresses, ADDRESS)
    with workspace.writing():
        write_parquet(path, table.replace_schema_metadata({"sources": json.dumps([source])}))
    return path


def address_sources(workspace: Workspace) -> list[str]:
    """Return the agreements under which the table of addresses came in.

    Raises
    ------
    WorkspaceError
        When the workspace has no addresses, or they do not tell: then an earlier Stip read them.
    """
    path = workspace.data / "addresses.parquet"
    if not path.exists():
        raise WorkspaceError("De werkmap heeft geen adressen. Lees ze in met ‘stip intake addresses BESTAND’.")
    return sources_in(
        path, "De adressen zeggen niet uit welke bron zij komen. Lees ze opnieuw in: stip intake addresses BESTAND."
    )


def read_addresses(workspace: Workspace) -> pd.DataFrame:
    """Return the table of addresses, in the workspace's reference system.

    Raises
    ------
    WorkspaceError
        When the workspace has none.
    """
    path = workspace.data / "addresses.parquet"
    if not path.exists():
        raise WorkspaceError("De werkmap heeft geen adressen. Lees ze in met ‘stip intake addresses BESTAND’.")
    return read_parquet(path, ADDRESS.schema).to_pandas()
