# SPDX-License-Identifier: EUPL-1.2
"""Opening a file with things on the map as what it is, whatever its name says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa

from stip.agreements import Agreement, heading_key
from stip.intake.file_name import shown_name
from stip.intake.tables.archive import members
from stip.intake.tables.geometry_file import GeometryFile, GeoParquetFile, choose, is_geoparquet
from stip.intake.tables.opening import open_table
from stip.intake.tables.table import SourceTable
from stip.intake.tables.things import Things, ThingSource

_GEOGRAPHIC = (".shp", ".gpkg", ".geojson", ".json")
_PACKAGE = (b"SQLite format 3\0", b"\0\0\x27\x0a")  # GeoPackage, Shapefile


class CoordinateTable:
    """A table (CSV, XLSX, Parquet) that keeps places as coordinates in columns.

    Parameters
    ----------
    path : Path
    table : SourceTable
    """

    def __init__(self, path: Path, table: SourceTable) -> None:
        self.name = shown_name(path)
        self._table = table

    @property
    def headings(self) -> list[str]:
        """Headings in the order of the file."""
        return self._table.headings

    @property
    def crs(self) -> str:
        """A table names no reference system."""
        return self._table.crs

    @property
    def facts(self) -> tuple[str, ...]:
        """What was found out about the form of the file; complete once it has been read."""
        return self._table.facts

    def read(self, wanted: Mapping[str, int]) -> Things:
        """Read the wanted columns; ragged rows come as broken ones."""
        parts: list[pa.Table] = []
        rows, broken = [], []
        for block in self._table.blocks(wanted):
            parts.append(block.table)
            rows.append(block.rows)
            broken += [block.ragged, block.header_again]
        columns = _joined(parts, list(wanted)).to_pandas()
        bad = np.concatenate(broken) if broken else np.empty(0, dtype=np.int64)
        good = np.concatenate(rows) if rows else np.empty(0, dtype=np.int64)
        numbers = np.concatenate([good, bad])
        order = np.argsort(numbers, kind="stable")
        columns = columns.reindex(range(len(numbers))).iloc[order].reset_index(drop=True)
        return Things(columns, None, numbers[order], (np.arange(len(numbers)) >= len(good))[order])


def open_things(path: Path, agreement: Agreement | None = None, *, inner: str = "") -> ThingSource:
    """Open a file with things on the map.

    Parameters
    ----------
    path : Path
        GeoJSON, GeoPackage, Shapefile (loose or zipped), GeoParquet, or a table with coordinates.
    agreement : Agreement, optional
        Its headings decide which line, sheet or layer is read.
    inner : str
        Layer of a GeoPackage, or file in a zip file, when there are several.

    Raises
    ------
    FileError
        When the file is missing, empty, damaged, or something else.
    """
    columns = agreement.columns if agreement else {}
    expected = [name for heading, column in columns.items() for name in (heading, *column.names)]
    keys = {heading_key(name) for name in expected}

    def known(heading: str) -> bool:
        return heading_key(heading) in keys

    start = b""
    if path.is_file():
        with path.open("rb") as file:
            start = file.read(64)
    if start.startswith(b"PAR1") and is_geoparquet(path):
        return GeoParquetFile(path)
    if start.startswith(b"PK"):
        inside = [name for name in members(path) if name.lower().endswith(_GEOGRAPHIC)]
        if inside:
            return GeometryFile(
                path, known=known, source=f"/vsizip/{path.resolve()}/{choose(inside, inner, shown_name(path))}"
            )
    if start.startswith(_PACKAGE) or start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        return GeometryFile(path, known=known, inner=inner)
    return CoordinateTable(path, open_table(path, expected=expected))


def _joined(parts: list[pa.Table], names: list[str]) -> pa.Table:
    """Return blocks as one table; as text when a workbook has numbers in one block and text in another."""
    text = pa.schema([(name, pa.string()) for name in names])
    if not parts:
        return text.empty_table()
    alike = all(part.schema == parts[0].schema for part in parts)
    return pa.concat_tables(parts if alike else [part.select(names).cast(text) for part in parts])
