# SPDX-License-Identifier: EUPL-1.2
"""The chosen reports as a table: CSV, XLSX and GeoJSON."""

from __future__ import annotations

import shapely

from stip_web.desk.twins import Listing, as_csv, as_geojson
from stip_web.desk.workbook import as_workbook
from stip_web.dots.filters import FilterError
from stip_web.dots.looking import Look
from stip_web.dots.rows import COLUMNS, in_order, rows_of
from stip_web.dots.words import NO_PERSON, facts_of

NAME = "meldingen"
_MOST_XLSX = 1_048_575
_WIDTHS = {"soort": 22, "buurt": 26, "wijk": 24, "bron": 40}


def listing_of(look: Look, *, places: bool = False) -> Listing:
    """Return all chosen reports with what must be known to read them.

    Parameters
    ----------
    places : bool
        Also as points.
    """
    order = in_order(look)
    points = shapely.points(look.seen.x_m[order], look.seen.y_m[order]) if places else None
    facts = facts_of(look) | {"Let op": NO_PERSON, "Stelsel van x en y": look.crs}
    return Listing(NAME, COLUMNS, rows_of(look, order), facts, geometry=points, crs=look.crs)


def as_csv_file(look: Look) -> bytes:
    """Return CSV; the facts stand above the table on lines that begin with ``#``."""
    return as_csv(listing_of(look)).encode()


def as_geojson_file(look: Look) -> bytes:
    """Return GeoJSON in longitude and latitude; the facts stand beside the features."""
    return as_geojson(listing_of(look, places=True)).encode()


def as_xlsx(look: Look) -> bytes:
    """Return a workbook: the reports, and a sheet that explains them. No cell holds a formula.

    Raises
    ------
    FilterError
        When there are more than a sheet can hold.
    """
    if look.selection.count > _MOST_XLSX:
        raise FilterError("Een rekenblad kan zo veel meldingen niet aan. Kies een kortere periode, of neem CSV.")
    return as_workbook(listing_of(look), sheet="Meldingen", widths=_WIDTHS)
