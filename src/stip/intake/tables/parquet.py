# SPDX-License-Identifier: EUPL-1.2
"""Reading Parquet: only the columns that are wanted leave the disk."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyproj import CRS
from pyproj.exceptions import CRSError

from stip.agreements import Role
from stip.errors import FileError
from stip.intake.file_name import shown_name
from stip.intake.tables.systems import usable
from stip.intake.tables.table import Block
from stip.words import number

_BLOCK = 1 << 17


class ParquetTable:
    """A Parquet file.

    Parameters
    ----------
    path : Path
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = pq.ParquetFile(path)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError):
            raise self._damaged() from None
        self.headings: list[str] = list(self._file.schema_arrow.names)
        self.crs = _crs(self._file.schema_arrow.metadata or {})

    @property
    def facts(self) -> tuple[str, ...]:
        """What was found out about the form of the file."""
        return (f"Parquet, {number(self._file.metadata.num_rows)} rijen.",)

    def blocks(self, wanted: Mapping[str, int]) -> Iterator[Block]:
        """Yield the rows, numbered from 1; columns keep their type."""
        names = [self.headings[place] for place in wanted.values()]
        for name in names:
            if self.headings.count(name) > 1:
                raise FileError(
                    f"{shown_name(self._path)} heeft de kolom ‘{name}’ meer dan één keer. Houd er één over."
                )
        total, first = max(self._file.metadata.num_rows, 1), 1
        batches = self._file.iter_batches(batch_size=_BLOCK, columns=names)
        while True:
            try:
                batch = next(batches, None)
            except (pa.ArrowInvalid, OSError):
                raise self._damaged() from None
            if batch is None:
                return
            columns = {name: plain(batch.column(names[at])) for at, name in enumerate(wanted)}
            columns = {
                name: column if name == Role.GEOMETRY else _text_of_bytes(column) for name, column in columns.items()
            }
            rows = np.arange(first, first + batch.num_rows, dtype=np.int64)
            first += batch.num_rows
            yield Block(table=pa.table(columns), rows=rows, done=min((first - 1) / total, 1.0))

    def _damaged(self) -> FileError:
        return FileError(
            f"{shown_name(self._path)} is geen heel Parquet-bestand. Maak het opnieuw of vraag het opnieuw op."
        )


def plain(column: pa.Array) -> pa.Array:
    """Return a column as text, number, moment, day or bytes (a geometry); what is none of these is empty."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if pa.types.is_string(kind) or pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return column
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return column.cast(pa.string())
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return column.cast(pa.float64())
    if pa.types.is_integer(kind) or pa.types.is_binary(kind):
        return column
    if pa.types.is_boolean(kind):
        return pc.cast(column, pa.string())
    return pa.nulls(len(column), pa.string())


def _text_of_bytes(column: pa.Array) -> pa.Array:
    """Return bytes as text; what is no UTF-8 becomes marks that no code or number has."""
    if not pa.types.is_binary(column.type):
        return column
    texts = [None if value is None else value.decode("utf-8", "replace") for value in column.to_pylist()]
    return pa.array(texts, pa.string())


def _crs(metadata: dict[bytes, bytes]) -> str:
    """Return the system that a GeoParquet file names, WGS84 where it names none, empty for other Parquet."""
    if b"geo" not in metadata:
        return ""
    try:
        geo = json.loads(metadata[b"geo"])
        crs = geo["columns"][geo["primary_column"]].get("crs")
        return usable(CRS.from_user_input(crs).to_string()) if crs else "OGC:CRS84"
    except (ValueError, KeyError, TypeError, CRSError):
        return ""
