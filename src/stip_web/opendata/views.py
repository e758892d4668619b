# SPDX-License-Identifier: EUPL-1.2
"""The page of the open data, the files, and the catalogue."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from stip.publish import AREA, State, stands_still
from stip_web.answers.problems import Refused
from stip_web.opendata.beside import ISSUES, told_of
from stip_web.opendata.catalogue import written
from stip_web.opendata.environment import opendata_environment
from stip_web.opendata.files import CSV, GEOJSON, GEOPACKAGE, NAME, File, bytes_of, files_of
from stip_web.opendata.fresh import data
from stip_web.opendata.snapshot import Snapshot, snapshot
from stip_web.public.published import folder

_CALLED = {CSV: "CSV", GEOJSON: "GeoJSON", GEOPACKAGE: "GeoPackage"}
_CATALOGUE = {"json-ld": "application/ld+json", "turtle": "text/turtle; charset=utf-8"}


def page(request: HttpRequest) -> HttpResponse:
    """Say what there is, under which licence, of when, and what is wrong with it."""
    notice = stands_still(folder())
    now = snapshot()
    areas = now.figures[now.figures["level"] == AREA]
    shown = areas.drop_duplicates(["quarter", "area_code"])
    shows = {
        "stopped": notice["sentence"] if notice else "",
        "now": now,
        "shelves": _shelves(now),
        "issues": [*told_of(now), *ISSUES],
        "licence": opendata_environment(),
        "areas": areas["area_code"].nunique(),
        "hidden": int((shown["state"] != State.PUBLISHED).sum()),
        "service": request.build_absolute_uri(reverse("opendata:ogc-landing")),
    }
    return render(request, "opendata/page.html", shows)


@data
def download(request: HttpRequest, name: str) -> HttpResponse:
    """Give a file."""
    now = snapshot()
    file = files_of(now).get(name) if NAME.fullmatch(name) else None
    if file is None:
        raise Refused(404, "Dit bestand is er niet. Op /openbaar/gegevens staat wat er is.")
    answer = HttpResponse(bytes_of(now, name), content_type=file.kind)
    if file.kind in _CALLED:
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    if file.kind == CSV:
        answer["Link"] = f'<{name}-metadata.json>; rel="describedby"; type="application/csvm+json"'
    return answer


@data
def catalogue(request: HttpRequest, form: str) -> HttpResponse:
    """Describe the data for catalogues such as data.overheid.nl."""
    return HttpResponse(written(request, snapshot(), form), content_type=_CATALOGUE[form])


def _shelves(now: Snapshot) -> list[tuple[str, list[tuple[str, File, int]]]]:
    """Give the files by year, newest first, with what their form is called and how large they are."""
    shelves: dict[str, list[tuple[str, File, int]]] = {}
    for file in files_of(now).values():
        if file.kind in _CALLED:
            shelf = file.title.removesuffix(" met grenzen")
            shelves.setdefault(shelf, []).append((_CALLED[file.kind], file, len(bytes_of(now, file.name))))
    return list(shelves.items())
