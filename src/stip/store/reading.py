# SPDX-License-Identifier: EUPL-1.2
"""Reading what the workspace holds; what cannot be read ends in a sentence that names the file."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq

from stip.errors import WorkspaceError


def read_parquet(path: Path, schema: pa.Schema | None = None, *, later: Collection[str] = ()) -> pa.Table:
    """Return a table; with ``schema``, with exactly its columns and types.

    Parameters
    ----------
    later : collection of str
        Columns of ``schema`` that files of an earlier version lack; they come out empty.

    Raises
    ------
    WorkspaceError
        When the file is gone, broken, or holds other columns than ``schema``.
    """
    try:
        table = pq.read_table(path, page_checksum_verification=True)
        if schema is None:
            return table
        for name in later:
            if name not in table.column_names:
                table = table.append_column(name, pa.nulls(len(table), schema.field(name).type))
        return table.select(schema.names).cast(schema)
    except (pa.ArrowException, OSError, KeyError, ValueError):
        raise _broken(path) from None


def read_geo(path: Path) -> gpd.GeoDataFrame:
    """Return a table with geometry.

    Raises
    ------
    WorkspaceError
        When the file is broken or holds no geometry.
    """
    try:
        return gpd.read_parquet(path)
    except (pa.ArrowException, OSError, ValueError):
        raise _broken(path) from None


def read_json(path: Path, holds: Mapping[str, type] | None = None) -> dict[str, Any]:
    """Return what a JSON file holds.

    Parameters
    ----------
    holds : mapping of str to type
        What must be in it.

    Raises
    ------
    FileNotFoundError
        When there is no such file; the caller knows what that means.
    WorkspaceError
        When it cannot be read, or does not hold what it must.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise
    except (ValueError, RecursionError, OSError):
        raise _broken(path) from None
    if not isinstance(content, dict) or any(
        not isinstance(content.get(name), kind) for name, kind in (holds or {}).items()
    ):
        raise _broken(path)
    return content


def _broken(path: Path) -> WorkspaceError:
    place = "/".join(path.parts[-3:])
    return WorkspaceError(
        f"{place} is niet te lezen. Zet het terug uit een reservekopie; ‘stip doctor’ zegt wat er nog meer stuk is."
    )


def sources_in(path: Path, untold: str) -> list[str]:
    """Return the agreements that a file says it came from.

    Raises
    ------
    WorkspaceError
        With the sentence ``untold`` when it does not say so, or cannot be read.
    """
    told = (read_parquet(path).schema.metadata or {}).get(b"sources")
    if told is None:
        raise WorkspaceError(untold)
    return [str(source) for source in json.loads(told)]
