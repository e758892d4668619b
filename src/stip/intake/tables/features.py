# SPDX-License-Identifier: EUPL-1.2
"""Reading points from GeoJSON, GeoPackage and Shapefile."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError, FieldError, GeometryError

from stip.errors import FileError
from stip.intake.file_name import shown_name
from stip.intake.tables.encoding import find_encoding, utf8_pieces
from stip.intake.tables.parquet import plain
from stip.intake.tables.separators import Known
from stip.intake.tables.systems import shown_system, usable
from stip.intake.tables.table import Block
from stip.words import number

GEOMETRY = "geometry"
_BLOCK = 1 << 16
_DAMAGED = (DataSourceError, DataLayerError, FieldError, GeometryError, pa.ArrowInvalid, RuntimeError, ValueError)


class FeatureTable:
    """The layer of a geographic file that holds the expected headings.

    Parameters
    ----------
    path : Path
    known : callable
        Tells whether a heading is expected.
    source : str
        What GDAL opens: the path itself, or a file within a zip file.
    """

    def __init__(self, path: Path, *, known: Known, source: str = "") -> None:
        self._path = path
        self._open: str | bytes = source or str(path)
        self._recoded = ""
        if not source and _is_json(path):
            encoding = find_encoding(path)
            if encoding.codec != "utf-8" or encoding.unreadable:
                self._open = b"".join(piece for piece, _ in utf8_pieces(path, encoding))
                self._recoded = encoding.shown
        with self._careful():
            layers = len(pyogrio.list_layers(self._open))  # by place: one in memory has another name each time
            infos = [pyogrio.read_info(self._open, layer=at, force_feature_count=True) for at in range(layers)]
        if not infos:
            raise self._damaged()
        self._layer = int(np.argmax([sum(known(str(field)) for field in info["fields"]) for info in infos]))
        self._info = infos[self._layer]
        self.headings = [*(str(field) for field in self._info["fields"]), GEOMETRY]
        self.crs = usable(str(self._info["crs"] or ""))

    @property
    def facts(self) -> tuple[str, ...]:
        """What was found out about the form of the file."""
        facts = [f"Geografisch bestand ({self._info['driver']}), {number(self._info['features'])} rijen."]
        if self._recoded:
            facts.append(f"Tekens: {self._recoded}; dat hoort UTF-8 te zijn en is omgezet.")
        if self.crs:
            facts.append(f"Het bestand noemt zelf zijn coördinatenstelsel: {shown_system(self.crs)}.")
        return tuple(facts)

    def blocks(self, wanted: Mapping[str, int]) -> Iterator[Block]:
        """Yield the rows, numbered from 1; a wanted geometry comes as WKB."""
        geometry = next((name for name, place in wanted.items() if place == len(self.headings) - 1), None)
        fields = {name: self.headings[place] for name, place in wanted.items() if name != geometry}
        total, first = max(int(self._info["features"]), 1), 1
        with self._careful():
            opened = pyogrio.open_arrow(
                self._open,
                layer=self._layer,
                columns=list(fields.values()),
                read_geometry=geometry is not None,
                batch_size=_BLOCK,
                use_pyarrow=True,
            )
            meta, reader = opened.__enter__()
        try:
            while True:
                with self._careful():
                    batch = next(iter(reader), None)
                if batch is None:
                    return
                columns = {name: plain(batch.column(heading)) for name, heading in fields.items()}
                if geometry is not None:
                    columns[geometry] = batch.column(meta["geometry_name"] or "wkb_geometry").cast(pa.binary())
                rows = np.arange(first, first + batch.num_rows, dtype=np.int64)
                first += batch.num_rows
                yield Block(table=pa.table(columns), rows=rows, done=min((first - 1) / total, 1.0))
        finally:
            opened.__exit__(None, None, None)

    @contextmanager
    def _careful(self) -> Iterator[None]:
        """Keep what GDAL says to itself: it may quote a value."""
        logger = logging.getLogger("pyogrio")
        before = logger.disabled
        children = [
            logging.getLogger(name) for name in list(logging.root.manager.loggerDict) if name.startswith("pyogrio.")
        ]
        states = [child.disabled for child in children]
        logger.disabled = True
        for child in children:
            child.disabled = True
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield
        except _DAMAGED:
            raise self._damaged() from None
        finally:
            logger.disabled = before
            for child, state in zip(children, states, strict=True):
                child.disabled = state

    def _damaged(self) -> FileError:
        return FileError(
            f"{shown_name(self._path)} is geen heel GeoJSON-, GeoPackage- of Shapefile-bestand. "
            "Vraag het opnieuw op; bij een Shapefile horen ook de bestanden .shx, .dbf en .prj."
        )


def _is_json(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}
