# SPDX-License-Identifier: EUPL-1.2
"""Collections come from an OGC API Features service, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from intake.local_service import LocalService, Query, Reply, local_service
from stip.errors import ServiceError
from stip.intake.services.http import ServiceClient
from stip.intake.services.ogc_api import FetchedCollection, fetch_collection
from stip.settings import ServiceSettings

pytestmark = pytest.mark.enable_socket

RD_URI = "http://www.opengis.net/def/crs/EPSG/0/28992"


@pytest.fixture
def service() -> Iterator[LocalService]:
    with local_service() as started:
        yield started


def point(number: int, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": f"buurten.{number}",
        "properties": {"buurtcode": f"BU0344{number:04d}", "aantal_inwoners": 10 * number} | properties,
        "geometry": {"type": "Point", "coordinates": [136000.0 + number, 455000.0]},
    }


def collection(features: list[dict[str, Any]], *, crs: str = f"<{RD_URI}>", matched: bool = True) -> Any:
    """Answer as PDOK does: pages of ``limit`` features, linked by ``next``."""

    def answer(path: str, query: Query) -> Reply:
        start, limit = int(query.get("cursor", "0")), int(query.get("limit", "10"))
        page = features[start : start + limit]
        links = [{"rel": "self", "type": "application/geo+json", "href": "?"}]
        if start + limit < len(features):
            links.append({"rel": "next", "type": "text/html", "href": "?f=html"})
            links.append(
                {"rel": "next", "type": "application/geo+json", "href": f"?cursor={start + limit}&limit={limit}"}
            )
        content = {"type": "FeatureCollection", "features": page, "links": links, "numberReturned": len(page)}
        if matched:
            content["numberMatched"] = len(features)
        return Reply.of(content, kind="application/geo+json", headers={"Content-Crs": crs} if crs else {})

    return answer


def fetch(service: LocalService, **options: Any) -> FetchedCollection:
    settings = ServiceSettings(attempts=2, max_pages=8)
    client = ServiceClient(settings, allow_private=("127.0.0.1",), sleep=lambda seconds: None)
    asked = {"filters": {"gemeentecode": "GM0344"}, "crs": "EPSG:28992", "page_features": 3} | options
    return fetch_collection(client, f"{service.url}/cbs/wijken-en-buurten-2026/ogc/v1/", "buurten", **asked)


def test_pages_are_followed_to_the_end(service: LocalService) -> None:
    service.answer = collection([point(n) for n in range(8)])
    found = fetch(service)
    assert len(found) == 8
    assert service.asked[0] == (
        "/cbs/wijken-en-buurten-2026/ogc/v1/collections/buurten/items",
        {"f": "json", "limit": "3", "gemeentecode": "GM0344", "crs": RD_URI},
    )
    assert found.headings == ["id", "buurtcode", "aantal_inwoners", "geometry"]
    assert found.crs == "EPSG:28992"
    assert found.facts == ("Rijen van de dienst: 8; bladzijden: 3.",)


def test_only_wanted_properties_are_read(service: LocalService) -> None:
    service.answer = collection([point(1, eigenaar="canary", lijst=[1, 2])])
    found = fetch(service)
    things = found.read({"code": found.headings.index("buurtcode"), "lijst": found.headings.index("lijst")})
    assert things.columns["code"].tolist() == ["BU03440001"]
    assert things.columns["lijst"].isna().all()
    assert things.shapes is None
    assert "canary" not in repr(things)


@pytest.mark.parametrize(
    ("crs", "coordinates", "name"),
    [
        ("", [5.12, 52.09], "OGC:CRS84"),
        ("<http://www.opengis.net/def/crs/OGC/1.3/CRS84>", [5.12, 52.09], "OGC:CRS84"),
        ("<http://www.opengis.net/def/crs/EPSG/0/4326>", [52.09, 5.12], "EPSG:4326"),
        (RD_URI, [5.12, 52.09], "EPSG:28992"),
    ],
)
def test_axes_come_in_the_order_of_the_system(
    service: LocalService, crs: str, coordinates: list[float], name: str
) -> None:
    feature = point(1) | {"geometry": {"type": "Point", "coordinates": [*coordinates, 3.0]}}
    service.answer = collection([feature], crs=crs)
    found = fetch(service)
    assert found.crs == name
    shapes = found.read({"geometry": found.headings.index("geometry")}).shapes
    assert shapes is not None
    assert (shapes[0].x, shapes[0].y, shapes[0].has_z) == (5.12, 52.09, False)


def test_secret_figures_are_missing_and_text_stays_text(service: LocalService) -> None:
    secrets = [-99997, -99995.0, -99991, "geheim", ".", None, "12,5", -4]
    service.answer = collection([point(n, waarde=value, naam="Oog in Al") for n, value in enumerate(secrets)])
    frame = fetch(service).frame("waarde", "naam")
    np.testing.assert_array_equal(frame["waarde"], [np.nan] * 6 + [12.5, -4])
    assert set(frame["naam"]) == {"Oog in Al"}
    assert frame.crs == "EPSG:28992"


def test_a_feature_on_two_pages_counts_once(service: LocalService) -> None:
    service.answer = collection([*(point(n) for n in range(4)), point(2)], matched=False)
    found = fetch(service)
    assert len(found) == 4
    assert "één keer tellen: 1." in found.facts[1]


def test_ids_that_start_anew_on_each_page_lose_nothing(service: LocalService) -> None:
    service.answer = collection([point(n) | {"id": n % 3} for n in range(6)])
    assert len(fetch(service)) == 6


def test_a_feature_without_geometry_stays_a_row(service: LocalService) -> None:
    broken = [{"type": "Point", "coordinates": ["x"]}, None, {"type": "Nonsense"}, 5]
    service.answer = collection([point(n) | {"geometry": one} for n, one in enumerate(broken)])
    found = fetch(service)
    shapes = found.read({"geometry": found.headings.index("geometry")}).shapes
    assert shapes is not None
    assert [shape is None for shape in shapes] == [True] * 4


def test_fewer_features_than_matched_are_refused(service: LocalService) -> None:
    service.answer = collection([*(point(n) for n in range(4)), point(2)])
    with pytest.raises(ServiceError, match="5 rijen heeft, maar gaf er 4 en daarvan 1 dubbel"):
        fetch(service)


def test_fewer_features_than_returned_are_refused(service: LocalService) -> None:
    service.say(Reply.of({"features": [point(1)], "numberReturned": 3}))
    with pytest.raises(ServiceError, match="3 rijen te geven, maar het zijn er 1"):
        fetch(service)


def test_a_town_without_features_is_named(service: LocalService) -> None:
    service.say(Reply.of({"features": [], "numberReturned": 0}))
    with pytest.raises(ServiceError, match="niets voor deze vraag"):
        fetch(service)


def turning(path: str, query: Query) -> Reply:
    """Link round in a circle."""
    at = int(query.get("cursor", "0"))
    return Reply.of({"features": [point(at)], "links": [{"rel": "next", "href": f"?cursor={(at + 1) % 3}"}]})


def endless(path: str, query: Query) -> Reply:
    at = int(query.get("cursor", "0"))
    return Reply.of({"features": [point(at)], "links": [{"rel": "next", "href": f"?cursor={at + 1}"}]})


def mixed(path: str, query: Query) -> Reply:
    """Change the reference system half way."""
    at = int(query.get("cursor", "0"))
    links = [{"rel": "next", "href": "?cursor=1"}] if at == 0 else []
    headers = {"Content-Crs": f"<{RD_URI}>"} if at == 0 else {}
    return Reply.of({"features": [point(at)], "links": links}, headers=headers)


def away(path: str, query: Query) -> Reply:
    return Reply.of({"features": [point(1)], "links": [{"rel": "next", "href": "http://10.0.0.1/items"}]})


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (turning, "terug naar een bladzijde die er al was"),
        (endless, "meer dan 8 bladzijden"),
        (mixed, "verschillende coördinatenstelsels"),
        (away, "bij een ander"),
    ],
)
def test_a_service_that_goes_astray_is_stopped(
    service: LocalService, answer: Callable[[str, Query], Reply], said: str
) -> None:
    service.answer = answer
    with pytest.raises(ServiceError, match=said):
        fetch(service)


@pytest.mark.parametrize("content", [[], {}, {"features": {}}, {"features": [1]}, {"value": []}, "x", None], ids=repr)
def test_another_shape_is_refused(service: LocalService, content: Any) -> None:
    service.say(Reply.of(content))
    with pytest.raises(ServiceError, match="geen lijst met ‘features’"):
        fetch(service)


@pytest.mark.parametrize(
    "crs", ["<https://x.example/crs>", "EPSG:28992 ", "<http://www.opengis.net/def/crs/EPSG/0/1>"]
)
def test_an_unknown_system_is_refused(service: LocalService, crs: str) -> None:
    service.answer = collection([point(1)], crs=crs)
    with pytest.raises(ServiceError, match="coördinatenstelsel dat ik niet ken"):
        fetch(service)


def test_a_collection_name_cannot_change_the_path(service: LocalService) -> None:
    client = ServiceClient(allow_private=("127.0.0.1",))
    with pytest.raises(ServiceError, match="geen naam van een collectie"):
        fetch_collection(client, service.url, "../../admin?x=")
    assert service.asked == []
