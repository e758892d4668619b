# SPDX-License-Identifier: EUPL-1.2
"""Taking reports along: files made from the data on the server, each with its filter, date, precision and licence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stip_web.dots.exports.geopackage import as_geopackage
from stip_web.dots.exports.paper import as_pdf
from stip_web.dots.exports.picture import as_png
from stip_web.dots.exports.tables import as_csv_file, as_geojson_file, as_xlsx
from stip_web.dots.looking import Look


@dataclass(frozen=True)
class Form:
    """A kind of file.

    Attributes
    ----------
    label, told : str
        What it is called, and what it is good for.
    media_type : str
    make : callable
        Makes the file of a look.
    """

    label: str
    told: str
    media_type: str
    make: Callable[[Look], bytes]


FORMS: dict[str, Form] = {
    "csv": Form(
        "CSV", "voor een rekenblad; met puntkomma’s en decimale komma’s", "text/csv; charset=utf-8", as_csv_file
    ),
    "xlsx": Form(
        "XLSX",
        "voor Excel of LibreOffice; de toelichting staat op een eigen blad",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        as_xlsx,
    ),
    "geojson": Form(
        "GeoJSON", "voor kaarten op het web; in lengte en breedte", "application/geo+json", as_geojson_file
    ),
    "gpkg": Form("GeoPackage", "voor QGIS en andere GIS; in RD", "application/geopackage+sqlite3", as_geopackage),
    "png": Form("PNG", "de kaart als plaatje", "image/png", as_png),
    "pdf": Form("PDF op A4", "de kaart om af te drukken, ook zonder kleur te lezen", "application/pdf", as_pdf),
}
"""Every kind of file, by its extension."""

__all__ = ["FORMS", "Form"]
