# SPDX-License-Identifier: EUPL-1.2
"""Where the figures lie: borders of neighbourhoods, and which neighbourhood a postcode belongs to.

Only open facts of CBS and BAG: no report touches them. They lie in ``published/places/<year>``, so that whoever reads
the published figures needs no other folder.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from stip.agreements import Purpose, check_not_paused, check_sources
from stip.errors import AgreementError, StipError, WorkspaceError
from stip.link import postcode_of
from stip.publish.told import BROKEN, PLACE_FACTS, read_told
from stip.space import Areas, area_of_points
from stip.store import (
    PARQUET,
    Contract,
    Workspace,
    address_sources,
    conform,
    day_in_town,
    new_file,
    read_addresses,
    read_areas,
    write_parquet,
    write_text,
)
from stip.store.reading import read_parquet

POSTCODE = Contract(
    "postcode",
    pa.schema(
        [
            pa.field("postcode", pa.string(), nullable=False),  # six signs, or four digits: all that begin with them
            pa.field("area_code", pa.string(), nullable=False),  # where most of its addresses lie
            pa.field("other_codes", pa.list_(pa.string()), nullable=False),  # where the rest lies, most first
        ]
    ),
    key=("postcode",),
)
_POLYGONS = [shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON]
_AREA_COLUMNS = ["area_code", "area_name", "district_code", "district_name", "area_year", "geometry"]
_NO_ADDRESSES = "De gemeente heeft geen tabel met adressen. Zoek uw buurt op naam."
_NOT_ALLOWED = "De tabel met adressen van de gemeente mag nu niet naar buiten. Zoek uw buurt op naam."


@dataclass(frozen=True)
class PostcodeAreas:
    """The neighbourhoods in which a postcode lies.

    Attributes
    ----------
    postcode : str
        What was found: six signs, or four digits when the six are not known.
    area_code : str
        The neighbourhood with most of its addresses; of as many, the first by code.
    other_codes : tuple of str
        The neighbourhoods with the other addresses, most first.
    """

    postcode: str
    area_code: str
    other_codes: tuple[str, ...]


def publish_places(workspace: Workspace, *, at: datetime, year: int | None = None) -> Path:
    """Put borders and postcodes of a year beside the published figures, in place of older ones of that year.

    Borders stay as CBS gives them. Without addresses that may go out there are no postcodes; the facts beside them
    say why.

    Parameters
    ----------
    at : aware datetime
    year : int, optional
        Of the borders; the newest in the workspace when left out.

    Returns
    -------
    Path
        Their folder in ``published/``.

    Raises
    ------
    AgreementError
        When publishing is paused.
    WorkspaceError
        When the workspace has no borders of that year.
    """
    check_not_paused(workspace, "publish")
    areas = read_areas(workspace, year)
    addresses, why_not = _addresses(workspace, at)
    postcodes = postcodes_of(addresses, areas) if addresses is not None else _no_postcodes()
    folder = workspace.root / "published" / "places" / str(areas.year)
    facts = {
        "year": areas.year,
        "crs": workspace.settings.town.crs,
        "made_at": at.isoformat(),
        "areas": len(areas.frame),
        "postcodes": len(postcodes),
        "why_no_postcodes": why_not,
    }
    frame = areas.frame.rename(columns={"name": "area_name"})[_AREA_COLUMNS]
    with workspace.writing():
        with new_file(folder / "areas.parquet") as half:
            frame.to_parquet(half, **PARQUET)
        write_parquet(folder / "postcodes.parquet", conform(postcodes, POSTCODE))
        write_text(folder / "facts.json", json.dumps(facts, indent=1, ensure_ascii=False))  # last: then all is there
    return folder


def postcodes_of(addresses: pd.DataFrame, areas: Areas) -> pd.DataFrame:
    """Say of each postcode in which neighbourhoods its addresses lie.

    Parameters
    ----------
    addresses : DataFrame that keeps the ADDRESS contract
    areas : Areas
        In the same reference system.

    Returns
    -------
    DataFrame that keeps the POSTCODE contract
        A row for each postcode of six signs and one for each of four digits, by postcode. Addresses without a
        postcode, or outside every neighbourhood, count for nothing.
    """
    six_four = [postcode_of(value) for value in addresses["postcode"]]
    found = area_of_points(addresses["x_m"].to_numpy(float), addresses["y_m"].to_numpy(float), areas).to_numpy()
    both = pd.DataFrame(
        {
            "postcode": [six for six, _ in six_four] + [four for _, four in six_four],
            "area_code": [*found, *found],
        }
    ).dropna()
    counted = both.value_counts(sort=False).rename("addresses").reset_index()
    ordered = counted.sort_values(["postcode", "addresses", "area_code"], ascending=[True, False, True])
    rows = [
        (postcode, codes.iloc[0], codes.iloc[1:].tolist())
        for postcode, codes in ordered.groupby("postcode", sort=True)["area_code"]
    ]
    return pd.DataFrame(rows, columns=POSTCODE.schema.names, dtype=object)


def published_years(published: Path) -> list[int]:
    """Return the years whose borders are out, oldest first.

    Parameters
    ----------
    published : Path
        The folder ``published``.
    """
    return sorted(int(file.parent.name) for file in (published / "places").glob(f"{4 * '[0-9]'}/facts.json"))


def place_facts(published: Path, year: int | None = None) -> dict[str, Any]:
    """Return what was written down beside the borders of a year, such as ``crs`` and ``why_no_postcodes``.

    Raises
    ------
    WorkspaceError
        When no borders of that year are out.
    OSError, ValueError
        When they cannot be read; see `readable_places`.
    """
    found: dict[str, Any] = read_told(_folder(published, year) / "facts.json", PLACE_FACTS)
    return found


def readable_places(published: Path, year: int) -> bool:
    """Tell whether borders and postcodes of a year that is out are whole, so that a page can show all of them."""
    try:
        facts, frame = place_facts(published, year), published_areas(published, year)
        postcodes = read_parquet(_folder(published, year) / "postcodes.parquet", POSTCODE.schema)
        postcodes.validate(full=True)
        shapes, codes = frame.geometry.to_numpy(), frame["area_code"]
        return bool(
            facts["year"] == year
            and len(frame) == facts["areas"] > 0
            and frame.crs == facts["crs"]
            and not frame[[name for name in _AREA_COLUMNS if not name.startswith("district")]].isna().any(axis=None)
            and not codes.duplicated().any()
            and all(isinstance(text, str) and text for name in ("area_code", "area_name") for text in frame[name])
            and all(isinstance(text, str | None) for text in frame["district_name"].replace({float("nan"): None}))
            and (frame["area_year"] == year).all()
            and np.isin(shapely.get_type_id(shapes), _POLYGONS).all()
            and not shapely.is_empty(shapes).any()
            and np.isfinite(shapely.get_coordinates(shapes)).all()
            and len(postcodes) == facts["postcodes"]
            and not any(column.null_count for column in postcodes.columns)
            and set(postcodes["area_code"].to_pylist()) <= set(codes)
        )
    except (*BROKEN, StipError):
        return False


def published_areas(published: Path, year: int | None = None) -> gpd.GeoDataFrame:
    """Return the borders that are out, of the newest year unless said.

    Returns
    -------
    GeoDataFrame
        ``area_code``, ``area_name``, ``district_code``, ``district_name``, ``area_year`` and ``geometry``, in the
        reference system of the municipality (RD).

    Raises
    ------
    WorkspaceError
        When no borders of that year are out.
    """
    return gpd.read_parquet(_folder(published, year) / "areas.parquet")


def area_of_postcode(published: Path, postcode: str, *, year: int | None = None) -> PostcodeAreas | None:
    """Find in which neighbourhoods a postcode lies, by its four digits when its six signs are not known.

    Parameters
    ----------
    postcode : str
        As people write it: ``1234 AB``, ``1234ab`` or ``1234``.
    year : int, optional
        Of the borders; the newest when left out.

    Returns
    -------
    PostcodeAreas or None
        None when it is no postcode, or none of this municipality.

    Raises
    ------
    WorkspaceError
        When no borders of that year are out.
    """
    file = _folder(published, year) / "postcodes.parquet"
    known = _by_postcode(file, file.stat().st_mtime_ns)
    six, four = postcode_of(postcode)
    return next((known[each] for each in (six, four) if each in known), None)


@lru_cache(maxsize=4)
def _by_postcode(file: Path, changed_ns: int) -> dict[str | None, PostcodeAreas]:
    rows = pd.read_parquet(file).itertuples(index=False, name=None)
    return {postcode: PostcodeAreas(postcode, area, tuple(others)) for postcode, area, others in rows}


def _folder(published: Path, year: int | None) -> Path:
    years: Sequence[int] = published_years(published)
    if not years or (year is not None and year not in years):
        which = f" van {year}" if year is not None else ""
        raise WorkspaceError(f"De grenzen van buurten{which} zijn niet openbaar gemaakt. Doe ‘stip publish places’.")
    return published / "places" / str(years[-1] if year is None else year)


def _addresses(workspace: Workspace, at: datetime) -> tuple[pd.DataFrame | None, str]:
    """Return the addresses, or None and the sentence why not."""
    if not (workspace.data / "addresses.parquet").exists():
        return None, _NO_ADDRESSES
    try:
        on = day_in_town(workspace, at)
        check_sources(workspace, address_sources(workspace), Purpose.PUBLICATION, on=on)
    except (AgreementError, WorkspaceError):
        return None, _NOT_ALLOWED
    return read_addresses(workspace), ""


def _no_postcodes() -> pd.DataFrame:
    return POSTCODE.schema.empty_table().to_pandas()
