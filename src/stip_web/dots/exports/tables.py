# SPDX-License-Identifier: EUPL-1.2
"""The chosen reports as a table: CSV, XLSX and GeoJSON."""

from __future__ import annotations

import io
from typing import Any

import shapely
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from stip.words import harmless
from stip_web.desk.twins import Listing, as_csv, as_geojson
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
    listing = listing_of(look)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Meldingen")
    sheet.freeze_panes = "A2"
    for place, code in enumerate(COLUMNS):
        sheet.column_dimensions[chr(ord("A") + place)].width = _WIDTHS.get(code, 14)
    sheet.append([_bold(sheet, heading) for heading in COLUMNS.values()])
    for row in listing.rows:
        sheet.append([_cell(row[code]) for code in COLUMNS])
    told = book.create_sheet("Toelichting")
    told.column_dimensions["A"].width, told.column_dimensions["B"].width = 22, 110
    for name, value in listing.facts.items():
        told.append([_bold(told, name), _cell(value)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _bold(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=harmless(text))
    cell.font = Font(bold=True)
    return cell


def _cell(value: Any) -> Any:
    return harmless(value) if isinstance(value, str) else value
