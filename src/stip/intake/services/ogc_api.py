# SPDX-License-Identifier: EUPL-1.2
"""Asking an OGC API Features service (such as PDOK) for a collection, page by page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import geopandas as gpd
import httpx
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from stip.errors import ServiceError
from stip.intake.services.http import Answer, ServiceClient, same_host
from stip.intake.services.paging import pages
from stip.intake.services.reach import shown_path
from stip.intake.tables.features import GEOMETRY
from stip.intake.tables.things import Shapes, Things
from stip.intake.values.figures import read_figures
from stip.words import number

PAGE_FEATURES = 1000

_CRS84 = "OGC:CRS84"
_CRS_URI = re.compile(
    r"<?\s*https?://www\.opengis\.net/def/crs/(?P<authority>[A-Za-z]+)/[^/]+/(?P<code>[A-Za-z0-9]+)\s*>?"
)
_COLLECTION = re.compile(r"[A-Za-z0-9_.\-]{1,80}")

Feature = dict[str, Any]


class FetchedCollection:
    """A collection that a service gave; a source of things on the map.

    Parameters
    ----------
    name : str
        Of the collection, for messages.
    features : list of dict
        GeoJSON features, each once.
    crs : str
        Reference system of their coordinates.
    facts : tuple of str
    """

    def __init__(self, name: str, features: list[Feature], crs: str, facts: tuple[str, ...]) -> None:
        self.name = f"de collectie {name}"
        self.crs = crs
        self.facts = facts
        self._features = features
        self._rows = [{"id": one["id"]} | _properties(one) if "id" in one else _properties(one) for one in features]
        self._own = list(dict.fromkeys(key for row in self._rows for key in row))
        self.headings = [*self._own, GEOMETRY]

    def __len__(self) -> int:
        return len(self._features)

    def read(self, wanted: Mapping[str, int]) -> Things:
        """Read the wanted properties, and the geometry when it is wanted."""
        place = len(self._own)
        columns = pd.DataFrame(
            {
                name: pd.Series([_plain(row.get(self._own[at])) for row in self._rows], dtype=object)
                for name, at in wanted.items()
                if at != place
            },
            index=range(len(self._features)),
        )
        return Things.whole(columns, self._shapes() if place in wanted.values() else None)

    def frame(self, *names: str) -> gpd.GeoDataFrame:
        """Return these properties with the geometry; *secret* and *not known* (-99997 and the like) are missing."""
        things = self.read({name: self.headings.index(name) for name in (*names, GEOMETRY)})
        columns: dict[str, Any] = {}
        for name in names:
            figures = read_figures(things.columns[name])
            columns[name] = things.columns[name].mask(figures.special) if figures.wrong.any() else figures.value
        return gpd.GeoDataFrame(columns, geometry=things.shapes, crs=self.crs)

    def _shapes(self) -> Shapes:
        texts = [json.dumps(feature["geometry"]) if feature.get("geometry") else None for feature in self._features]
        shapes: Shapes = np.array(shapely.from_geojson(texts, on_invalid="ignore"), dtype=object)
        shapes = shapely.force_2d(shapes)
        if _north_first(self.crs):
            shapes = shapely.transform(shapes, lambda points: points[:, ::-1])
        return shapes


def fetch_collection(
    client: ServiceClient,
    url: str,
    collection: str,
    *,
    filters: Mapping[str, str] | None = None,
    crs: str = "",
    page_features: int = PAGE_FEATURES,
) -> FetchedCollection:
    """Ask for all features of a collection.

    Parameters
    ----------
    url : str
        Landing page of the service, such as ``https://…/cbs/wijken-en-buurten-2026/ogc/v1``.
    collection : str
        Such as ``buurten``.
    filters : mapping of str to str, optional
        Such as ``{"gemeentecode": "GM0344"}``.
    crs : str
        Reference system to ask for, such as ``EPSG:28992``; what the service says that it gives is what counts.
    page_features : int

    Raises
    ------
    ServiceError
        When the service does not answer as documented, promises more than it gives, or never ends.
    """
    if not _COLLECTION.fullmatch(collection):
        raise ServiceError(
            f"‘{collection[:40]}’ kan geen naam van een collectie zijn. Kijk op de pagina van de dienst."
        )
    question = {"f": "json", "limit": str(page_features)} | dict(filters or {})
    if crs:
        question["crs"] = _uri(crs)
    base = httpx.URL(url)
    asked = base.copy_with(path=f"{base.path.rstrip('/')}/collections/{collection}/items")
    features: dict[str, Feature] = {}
    found_crs, matched, twice, pages = "", 0, 0, 0
    for answer in _pages(client, asked.copy_merge_params(question)):
        page = _features(answer)
        pages += 1
        page_crs = _crs_of(answer)
        if found_crs and page_crs != found_crs:
            raise ServiceError(
                f"De dienst geeft bij {shown_path(answer.url)} bladzijden in verschillende coördinatenstelsels. "
                "Probeer het later opnieuw en meld het de dienst."
            )
        found_crs = page_crs
        matched = max(matched, _count(answer, "numberMatched") or 0)
        for feature in page:
            content = json.dumps(feature, sort_keys=True)  # an id may be counted anew on each page
            twice += content in features
            features[content] = feature
    if matched > len(features):
        raise ServiceError(
            f"De dienst zegt dat {collection} {number(matched)} rijen heeft, maar gaf er {number(len(features))}"
            f"{f' en daarvan {number(twice)} dubbel' if twice else ''}. Probeer het opnieuw; er is niets opgeslagen."
        )
    if not features:
        raise ServiceError(
            f"De dienst heeft in {collection} niets voor deze vraag. "
            "Kijk of de gemeentecode klopt en of het jaar bestaat."
        )
    facts = [f"Rijen van de dienst: {number(len(features))}; bladzijden: {number(pages)}."]
    if twice:
        facts.append(f"Rijen die op meer dan één bladzijde stonden en één keer tellen: {number(twice)}.")
    return FetchedCollection(collection, list(features.values()), found_crs, tuple(facts))


def _pages(client: ServiceClient, asked: httpx.URL) -> Iterator[Answer]:
    def following(answer: Answer, asked: httpx.URL) -> httpx.URL | None:
        link = _next_link(answer)
        return same_host(asked, link) if link else None

    return pages(client, asked, following, ask_less="Vraag een kleiner gebied.")


def _next_link(answer: Answer) -> str:
    links = answer.content.get("links")
    for link in links if isinstance(links, list) else ():
        kind = str(link.get("type") or "json") if isinstance(link, dict) else ""
        if "json" in kind and link.get("rel") == "next" and isinstance(link.get("href"), str):
            return str(link["href"])
    return ""


def _features(answer: Answer) -> list[Feature]:
    content = answer.content
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise ServiceError(
            f"De dienst geeft bij {shown_path(answer.url)} geen lijst met ‘features’. Kijk of dit een dienst volgens "
            "OGC API Features is, en of de collectie klopt."
        )
    promised = _count(answer, "numberReturned")
    if promised is not None and promised != len(features):
        raise ServiceError(
            f"De dienst zegt bij {shown_path(answer.url)} {number(promised)} rijen te geven, maar het zijn er "
            f"{number(len(features))}. Het antwoord is niet heel. Probeer het opnieuw; er is niets opgeslagen."
        )
    return features


def _count(answer: Answer, name: str) -> int | None:
    value = answer.content.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _crs_of(answer: Answer) -> str:
    """Return the system that the service says it gives: longitude and latitude when it says nothing."""
    told = answer.headers.get("content-crs", "").strip()
    if not told:
        return _CRS84
    form = _CRS_URI.fullmatch(told)
    system = f"{form['authority'].upper()}:{form['code']}" if form else ""
    try:
        CRS.from_user_input(system)
    except CRSError:
        raise ServiceError(
            f"De dienst noemt bij {shown_path(answer.url)} een coördinatenstelsel dat ik niet ken. "
            "Haal het bestand zelf op en lees dat in."
        ) from None
    return system


def _uri(crs: str) -> str:
    authority, _, code = crs.partition(":")
    version = "1.3" if authority.upper() == "OGC" else "0"
    return f"http://www.opengis.net/def/crs/{authority.upper()}/{version}/{code}"


def _north_first(crs: str) -> bool:
    """Tell whether a system puts the northern axis first; this standard then does so in its GeoJSON too."""
    axes = CRS.from_user_input(crs).axis_info
    return bool(axes) and axes[0].direction.lower() in {"north", "south"}


def _properties(feature: Feature) -> dict[str, Any]:
    properties = feature.get("properties")
    return properties if isinstance(properties, dict) else {}


def _plain(value: Any) -> Any:
    """Return a value that a cell can hold; lists and objects are none."""
    return None if isinstance(value, list | dict) else value
