# SPDX-License-Identifier: EUPL-1.2
"""A year as one GeoPackage: the neighbourhoods, their figures with borders, and the figures of the town."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

import geopandas as gpd
import pandas as pd
import pyogrio

from stip.publish import AREA
from stip_web.opendata.snapshot import Snapshot

_DATE = "OGR_CURRENT_DATE"
_ONE_AT_A_TIME = Lock()


def geopackage(now: Snapshot, year: int) -> bytes:
    """Write layers ``cijfers`` (with borders), ``gemeente`` (a plain table) and ``buurten_<year>``.

    The same contents give the same bytes: the clock in the file is that of the last publication.
    """
    figures = now.of_year(year)
    by_area = figures[figures["level"] == AREA].reset_index(drop=True)
    with TemporaryDirectory(prefix="stip-") as made, _dated(now):
        path = Path(made) / f"cijfers-{year}.gpkg"
        pyogrio.write_dataframe(_with_borders(now, by_area), path, layer="cijfers", **_AS)
        town = pd.DataFrame(figures[figures["level"] != AREA]).reset_index(drop=True)
        pyogrio.write_dataframe(_days(town), path, layer="gemeente", append=True)
        for of_year in sorted(set(by_area["area_year"]) & set(now.areas)):
            frame = now.areas[of_year].reset_index(drop=True)
            pyogrio.write_dataframe(frame, path, layer=f"buurten_{of_year}", append=True, **_AS)
        return path.read_bytes()


_AS = {"promote_to_multi": True, "geometry_type": "MultiPolygon"}


@contextmanager
def _dated(now: Snapshot) -> Iterator[None]:
    stamp = now.changed.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z") if now.changed else None
    with _ONE_AT_A_TIME:  # the option belongs to the process
        pyogrio.set_gdal_config_options({_DATE: stamp})
        try:
            yield
        finally:
            pyogrio.set_gdal_config_options({_DATE: None})


def _with_borders(now: Snapshot, figures: pd.DataFrame) -> gpd.GeoDataFrame:
    borders = {
        (of_year, code): shape
        for of_year, frame in now.areas.items()
        for code, shape in zip(frame["area_code"], frame.geometry, strict=True)
    }
    places = [borders.get(place) for place in zip(figures["area_year"], figures["area_code"], strict=True)]
    return gpd.GeoDataFrame(_days(figures), geometry=gpd.GeoSeries(places, index=figures.index, crs=now.crs))


def _days(figures: pd.DataFrame) -> pd.DataFrame:
    days = {name: pd.to_datetime(figures[name]).dt.date for name in ("period_begin", "period_end")}
    return figures.assign(**days)
