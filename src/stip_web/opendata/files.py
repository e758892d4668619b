# SPDX-License-Identifier: EUPL-1.2
"""The files that can be taken along: made once for what is published, and kept until that changes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from stip.publish import AREA
from stip.words import harmless
from stip_web.answers.crs import Crs
from stip_web.answers.shapes import shapes
from stip_web.opendata.beside import csvw, read_me
from stip_web.opendata.columns import AREA_COLUMNS
from stip_web.opendata.geopackage import geopackage
from stip_web.opendata.snapshot import Snapshot

CSV, GEOJSON = "text/csv; charset=utf-8; header=present", "application/geo+json"
GEOPACKAGE = "application/geopackage+sqlite3"
_JSON, _TEXT = "application/csvm+json", "text/plain; charset=utf-8"


@dataclass(frozen=True)
class File:
    """A file that can be taken along.

    Attributes
    ----------
    name : str
        As it ends its address.
    title : str
        In Dutch.
    kind : str
        Its media type.
    make : callable
        Gives its bytes.
    year : int or None
        Of which it tells; None when it tells of all.
    """

    name: str
    title: str
    kind: str
    make: Callable[[Snapshot], bytes]
    year: int | None = None


def files_of(now: Snapshot) -> dict[str, File]:
    """Give every file that there is, by name: all figures, those of each year, and the borders of each year."""
    found: list[File] = []
    if now.facts:
        found += _tables("cijfers", "Alle cijfers", None)
    for year in now.years:
        found += _tables(f"cijfers-{year}", f"Cijfers van {year}", year)
        title = f"Cijfers van {year} met grenzen"
        found += [
            File(
                f"cijfers-{year}.geojson",
                f"Cijfers van {year} met grenzen",
                GEOJSON,
                _of(figures_geojson, year),
                year,
            ),
            File(f"cijfers-{year}.gpkg", f"Cijfers van {year} met grenzen", GEOPACKAGE, _of(geopackage, year), year),
        ]
    for year in sorted(now.areas, reverse=True):
        title = f"Grenzen van de buurten van {year}"
        found.append(File(f"buurten-{year}.geojson", title, GEOJSON, _of(areas_geojson, year), year))
    found.append(File("leesmij.txt", "Uitleg bij de bestanden", _TEXT, read_me))
    return {file.name: file for file in found}


def bytes_of(now: Snapshot, name: str) -> bytes:
    """Give the bytes of a file."""
    return _made(now, name)


@lru_cache(maxsize=24)
def _made(now: Snapshot, name: str) -> bytes:
    return files_of(now)[name].make(now)


def _tables(stem: str, title: str, year: int | None) -> list[File]:
    def rows(now: Snapshot) -> bytes:
        return as_csv(now.figures if year is None else now.of_year(year))

    return [
        File(f"{stem}.csv", title, CSV, rows, year),
        File(f"{stem}.csv-metadata.json", f"{title}: uitleg per kolom (CSVW)", _JSON, _of(csvw, f"{stem}.csv"), year),
    ]


def _of(make: Callable[[Snapshot, Any], bytes], what: Any) -> Callable[[Snapshot], bytes]:
    return lambda now: make(now, what)


def as_csv(figures: pd.DataFrame) -> bytes:
    """Write RFC 4180 in UTF-8, with commas and points; no cell is a formula for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(figures.columns)
    for row in figures.itertuples(index=False, name=None):
        writer.writerow([harmless(cell) if isinstance(cell, str) else "" if pd.isna(cell) else cell for cell in row])
    return out.getvalue().encode()


def figures_geojson(now: Snapshot, year: int) -> bytes:
    """Write the figures by neighbourhood of a year with their borders (RFC 7946)."""
    figures = now.of_year(year)
    figures = figures[figures["level"] == AREA]
    geometry = {
        (int(of_year), code): shape
        for of_year, frame in now.areas.items()
        for code, shape in zip(frame["area_code"], shapes(frame.geometry.to_numpy(), Crs.CRS84, now.crs), strict=True)
    }
    rows = plain_rows(figures)
    return _collection([geometry.get((row["area_year"], row["area_code"])) for row in rows], rows)


def areas_geojson(now: Snapshot, year: int) -> bytes:
    """Write the borders of a year (RFC 7946)."""
    frame = now.areas[year]
    rows = plain_rows(pd.DataFrame(frame)[[column.name for column in AREA_COLUMNS]])
    return _collection(shapes(frame.geometry.to_numpy(), Crs.CRS84, now.crs), rows)


def plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as JSON knows them; what is empty is None."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]


def _collection(geometry: list[Any], rows: list[dict[str, Any]]) -> bytes:
    features = [
        {"type": "Feature", "geometry": shape, "properties": row} for shape, row in zip(geometry, rows, strict=True)
    ]
    body = {"type": "FeatureCollection", "features": features}
    return json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


NAME = re.compile(r"[a-z]+(-[0-9]{4})?\.[a-z-]+(\.json)?", re.ASCII)
"""What the name of a file looks like; anything else is not looked for."""
