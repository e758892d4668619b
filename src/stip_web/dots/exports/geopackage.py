# SPDX-License-Identifier: EUPL-1.2
"""The chosen reports as a GeoPackage, in the workspace's own system."""

from __future__ import annotations

import io

import geopandas as gpd
import pandas as pd
import pyogrio

from stip_web.dots.exports.tables import NAME, listing_of
from stip_web.dots.looking import Look

_WHOLE = ("uur",)


def as_geopackage(look: Look) -> bytes:
    """Return a GeoPackage with one layer of points; its metadata tells filter, date, precision and licence."""
    listing = listing_of(look, places=True)
    table = pd.DataFrame(list(listing.rows), columns=list(listing.columns))
    table["datum"] = pd.to_datetime(table["datum"])
    for name in _WHOLE:
        table[name] = table[name].astype("Int64")
    texts = table.columns.difference(["datum", "precisie_m", "x_m", "y_m", *_WHOLE])
    table[texts] = table[texts].astype("string")
    frame = gpd.GeoDataFrame(
        table, geometry=list(() if listing.geometry is None else listing.geometry), crs=listing.crs
    )
    told = {name: str(value) for name, value in listing.facts.items()}
    options = {
        "IDENTIFIER": "Meldingen",
        "DESCRIPTION": "; ".join(f"{name}: {value}" for name, value in told.items()),
    }
    out = io.BytesIO()
    pyogrio.write_dataframe(
        frame, out, layer=NAME, driver="GPKG", geometry_type="Point", layer_metadata=told, layer_options=options
    )
    return out.getvalue()
