# SPDX-License-Identifier: EUPL-1.2
"""The addresses of the service: JSON for programs, and the same for people."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from stip_web.answers.crs import Crs
from stip_web.answers.problems import Refused
from stip_web.opendata.fresh import data
from stip_web.opendata.ogc import documents
from stip_web.opendata.ogc.documents import GEOJSON, HTML, JSON, OPENAPI
from stip_web.opendata.ogc.layers import COLLECTIONS, Collection, layer_of
from stip_web.opendata.ogc.openapi import document
from stip_web.opendata.ogc.parameters import ASKED, Asked, AskedFeature, asked
from stip_web.opendata.ogc.select import features, known, matching
from stip_web.opendata.snapshot import snapshot

_NOWHERE = "Op dit adres staat niets. Begin bij /openbaar/gegevens/ogc."


@data
def landing(request: HttpRequest) -> HttpResponse:
    """Say what the service has."""
    form = _form(request, asked(request, Asked))
    body = documents.landing(request, snapshot(), form)
    return _answer(request, form, body, "landing", title=body["title"])


@data
def conformance(request: HttpRequest) -> HttpResponse:
    """Say which parts of the standard it keeps."""
    form = _form(request, asked(request, Asked))
    return _answer(request, form, documents.conformance(), "conformance", title="Waaraan deze dienst zich houdt")


@data
def api(request: HttpRequest) -> HttpResponse:
    """Describe every address, for programs."""
    asked(request, Asked)
    return _json(document(request, snapshot()), OPENAPI)


@data
def collections(request: HttpRequest) -> HttpResponse:
    """Say which collections there are."""
    form = _form(request, asked(request, Asked))
    return _answer(request, form, documents.collections(request, snapshot(), form), "collections", title="Wat er is")


@data
def collection(request: HttpRequest, name: str) -> HttpResponse:
    """Say what one collection is."""
    what = _collection(name)
    form = _form(request, asked(request, Asked))
    body = documents.collection(request, snapshot(), what, form)
    return _answer(request, form, body, "collection", title=what.title, columns=what.columns)


@data
def items(request: HttpRequest, name: str) -> HttpResponse:
    """Give features of a collection, a part at a time."""
    what = _collection(name)
    wish = asked(request, ASKED[name])
    now, form = snapshot(), _form(request, wish)
    crs = known(now, wish.crs, "crs")
    found = matching(now, name, wish)
    shown = found[wish.offset : wish.offset + wish.limit]
    body: dict[str, Any] = {
        "type": "FeatureCollection",
        "numberMatched": len(found),
        "numberReturned": len(shown),
        "links": _links(request, what, form, wish.offset, wish.limit, len(found)),
        "features": features(now, name, shown, crs),
    }
    more = _table(what, body["features"]) if form == "html" else {}
    return _answer(request, form, body, "items", title=what.title, kind=GEOJSON, crs=crs, **more)


@data
def item(request: HttpRequest, name: str, feature: str) -> HttpResponse:
    """Give one feature."""
    _collection(name)
    wish = asked(request, AskedFeature)
    now, form = snapshot(), _form(request, wish)
    crs = known(now, wish.crs, "crs")
    place = (layer_of(now, name).ids == feature).nonzero()[0]
    if not len(place):
        raise Refused(404, _NOWHERE)
    links = documents.both(request, "ogc-item", name, feature, form=form, kind=GEOJSON)
    links.append(documents.link(request, "collection", "ogc-collection", name))
    body = features(now, name, place, crs)[0] | {"links": links}
    name_of_place = body["properties"]["area_name"]
    return _answer(request, form, body, "item", title=name_of_place, kind=GEOJSON, crs=crs)


@data
def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Say that there is nothing at this address."""
    raise Refused(404, _NOWHERE)


def _collection(name: str) -> Collection:
    if name not in COLLECTIONS:
        raise Refused(404, f"Deze verzameling is er niet. Wel: {', '.join(COLLECTIONS)}.")
    return COLLECTIONS[name]


def _form(request: HttpRequest, wish: Asked) -> str:
    """Give the form of the answer: what is asked, else what is accepted most, else JSON."""
    if wish.f is not None:
        return wish.f
    return "html" if request.get_preferred_type([JSON, GEOJSON, HTML]) == HTML else "json"


def _answer(
    request: HttpRequest,
    form: str,
    body: dict[str, Any],
    page: str,
    *,
    kind: str = JSON,
    crs: Crs | None = None,
    **more: Any,
) -> HttpResponse:
    if form == "html":
        answer = render(request, f"opendata/ogc/{page}.html", {"body": body, **more})
    else:
        answer = _json(body, kind)
        if crs is not None:
            answer["Content-Crs"] = f"<{crs.uri}>"
    patch_vary_headers(answer, ["Accept"])
    return answer


def _table(what: Collection, found: list[dict[str, Any]]) -> dict[str, Any]:
    """Give what a person sees of features: the columns, and of each its address and cells."""
    titles = {column.name: column for column in what.columns}
    rows = []
    for each in found:
        told = [each["properties"][name] for name in what.shown]
        url = reverse("opendata:ogc-item", args=(what.name, each["id"]))
        rows.append((url, ["–" if value is None else str(value) for value in told]))
    return {"shown": [titles[name] for name in what.shown], "rows": rows}


def _json(body: dict[str, Any], kind: str) -> HttpResponse:
    text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return HttpResponse(text, content_type=kind)


def _links(
    request: HttpRequest, what: Collection, form: str, offset: int, limit: int, total: int
) -> list[dict[str, str]]:
    """Point at this part, its other form, the part before and after, and the collection."""

    def here(rel: str, **change: Any) -> dict[str, str]:
        query = request.GET.dict() | {"f": form} | change
        url = f"{request.build_absolute_uri(request.path)}?{urlencode(query)}"
        return {"href": url, "rel": rel, "type": HTML if query["f"] == "html" else GEOJSON}

    links = [here("self"), here("alternate", f="json" if form == "html" else "html")]
    if offset + limit < total:
        links.append(here("next", offset=offset + limit))
    if offset:
        links.append(here("prev", offset=max(0, offset - limit)))
    return [*links, documents.link(request, "collection", "ogc-collection", what.name)]
