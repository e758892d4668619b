# SPDX-License-Identifier: EUPL-1.2
"""Reading GeoJSON, GeoPackage, Shapefile and GeoParquet with their geometry whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely

from stip.errors import FileError
from stip.intake.file_name import shown_name
from stip.intake.tables.features import GEOMETRY, FeatureTable
from stip.intake.tables.separators import Known
from stip.intake.tables.things import Shapes, Things
from stip.words import number


class GeometryFile(FeatureTable):
    """GeoJSON, GeoPackage or Shapefile.

    Parameters
    ----------
    path : Path
    known : callable
        Tells whether a heading is expected; the layer with most of these is read.
    source : str
        What GDAL opens: the path itself, or a file within a zip file.
    inner : str
        Name of the layer to read instead.

    Raises
    ------
    FileError
        When it is damaged, holds no features, or has no layer of that name.
    """

    def __init__(self, path: Path, *, known: Known, source: str = "", inner: str = "") -> None:
        self.name = shown_name(path)
        super().__init__(path, known=known, source=source)
        with self._careful():
            names = [str(row[0]) for row in pyogrio.list_layers(self._open)]
        if inner:
            self._layer = names.index(choose(names, inner, shown_name(path)))
            with self._careful():
                self._info = pyogrio.read_info(self._open, layer=self._layer, force_feature_count=True)
            self.headings = [*(str(field) for field in self._info["fields"]), GEOMETRY]
            self.crs = str(self._info["crs"] or "")
        self._told = (f"Gelezen is ‘{names[self._layer]}’, een van {len(names)} lagen.",) if len(names) > 1 else ()

    @property
    def facts(self) -> tuple[str, ...]:
        """What was found out about the form of the file."""
        return (*super().facts, *self._told)

    def read(self, wanted: Mapping[str, int]) -> Things:
        """Read the wanted columns, and the geometry when it is wanted."""
        place = len(self.headings) - 1
        fields = {name: self.headings[at] for name, at in wanted.items() if at != place}
        with self._careful():
            frame = pyogrio.read_dataframe(
                self._open,
                layer=self._layer,
                columns=list(fields.values()),
                read_geometry=place in wanted.values(),
                force_2d=True,
                on_invalid="ignore",
            )
        shapes = frame.geometry.to_numpy() if isinstance(frame, gpd.GeoDataFrame) else None
        return Things.whole(_named(frame, fields), shapes)

    def _damaged(self) -> FileError:
        if self._path.suffix.lower() in {".json", ".geojson"}:
            return FileError(
                f"{self.name} is geen hele GeoJSON: er is geen ‘FeatureCollection’ met ‘features’ in te lezen. "
                "Vraag het bestand opnieuw op, of sla het op als CSV wanneer het een tabel is."
            )
        return FileError(
            f"{self.name} is geen heel kaartbestand. Een Shapefile bestaat uit .shp, .shx, .dbf en .prj samen, het "
            "liefst in één zip; een GeoPackage uit één bestand. Vraag het opnieuw op."
        )


class GeoParquetFile:
    """GeoParquet: only the columns that are wanted leave the disk.

    Parameters
    ----------
    path : Path

    Raises
    ------
    FileError
        When it is damaged.
    """

    def __init__(self, path: Path) -> None:
        self.name = shown_name(path)
        self._path = path
        try:
            schema = pq.read_schema(path)
            own = str(json.loads(schema.metadata[b"geo"])["primary_column"])
            frame = gpd.read_parquet(path, columns=[own])
            self._at = list(schema.names).index(own)
        except (pa.ArrowException, OSError, ValueError, KeyError, TypeError):
            raise self._damaged() from None
        self._own = list(schema.names)
        self._shapes: Shapes = shapely.force_2d(frame.geometry.to_numpy())
        self.crs = frame.crs.to_string() if frame.crs is not None else ""

    @property
    def headings(self) -> list[str]:
        """Headings in the order of the file; the main geometry is called ``geometry``."""
        return [GEOMETRY if at == self._at else name for at, name in enumerate(self._own)]

    @property
    def facts(self) -> tuple[str, ...]:
        """What was found out about the form of the file."""
        return (f"GeoParquet, {number(len(self._shapes))} rijen.",)

    def read(self, wanted: Mapping[str, int]) -> Things:
        """Read the wanted columns, and the geometry when it is wanted."""
        fields = {name: self._own[at] for name, at in wanted.items() if at != self._at}
        columns = pd.DataFrame(index=range(len(self._shapes)))
        if fields:
            try:
                frame = pq.read_table(self._path, columns=sorted(set(fields.values()))).to_pandas(
                    ignore_metadata=True
                )
            except (pa.ArrowException, OSError, ValueError):
                raise self._damaged() from None
            columns = _named(frame, fields)
        return Things.whole(columns, self._shapes if self._at in wanted.values() else None)

    def _damaged(self) -> FileError:
        return FileError(f"{self.name} is geen heel GeoParquet-bestand. Maak het opnieuw of vraag het opnieuw op.")


def is_geoparquet(path: Path) -> bool:
    """Tell whether a Parquet file says that it holds geometry."""
    try:
        return b"geo" in (pq.read_schema(path).metadata or {})
    except (pa.ArrowException, OSError):
        return False  # whoever reads it as a plain table says what is wrong


def choose(names: list[str], wanted: str, file: str) -> str:
    """Return the one that is wanted, or the only one there is.

    Raises
    ------
    FileError
        Naming what there is to choose from.
    """
    if wanted in names:
        return wanted
    if not wanted and len(names) == 1:
        return names[0]
    asked = f"geen ‘{wanted}’, maar wel" if wanted else "meer dan één laag:"
    raise FileError(f"{file} bevat {asked} {', '.join(names[:12])}. Kies er een met --inner.")


def _named(frame: pd.DataFrame, fields: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame({name: frame[heading].to_numpy() for name, heading in fields.items()}, index=frame.index)
