# SPDX-License-Identifier: EUPL-1.2
"""Areas and layers straight from a service, asked for only what the agreement and the town allow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import shapely

from intake.local_service import LocalService, Query, Reply, local_service
from intake.map_files import X_M, Y_M, areas_here, square
from stip.agreements import install_shipped
from stip.errors import AgreementError, SettingsError
from stip.intake.open_data.areas import store_areas
from stip.intake.open_data.fetching import CollectionRequest, fetch_areas, fetch_layer
from stip.intake.open_data.layers import store_layer
from stip.intake.services.http import ServiceClient
from stip.settings import ServiceSettings
from stip.store import Workspace, read_areas, read_layer

pytestmark = pytest.mark.enable_socket

TODAY = date(2026, 11, 23)
CRS = {"Content-Crs": "<http://www.opengis.net/def/crs/EPSG/0/28992>"}


@pytest.fixture
def service() -> Iterator[LocalService]:
    with local_service() as started:
        yield started


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    install_shipped(workspace)
    return workspace


@pytest.fixture
def client() -> ServiceClient:
    return ServiceClient(ServiceSettings(attempts=2), allow_private=("127.0.0.1",), sleep=lambda seconds: None)


def feature(number: int, shape: Any, **properties: Any) -> dict[str, Any]:
    geometry = shapely.geometry.mapping(shape)
    return {"type": "Feature", "id": str(number), "properties": properties, "geometry": geometry}


def pdok(path: str, query: Query) -> Reply:
    """Answer as ``cbs/wijken-en-buurten-2026`` and ``lv/bgt`` do."""
    collections = {
        "buurten": [
            feature(
                n,
                square(n),
                buurtcode=f"BU0344011{n}",
                buurtnaam=f"Buurt {n}",
                wijkcode="WK034401",
                gemeentecode="GM0344",
                water="NEE",
                aantal_inwoners=-99997,
                percentage_westerse_migratieachtergrond=7,
            )
            for n in range(3)
        ],
        "wijken": [feature(1, square(0), wijkcode="WK034401", wijknaam="West", gemeentecode="GM0344")],
        "paal": [
            feature(n, shapely.Point(X_M + n, Y_M), lokaal_id=f"G0344.{n}", plus_type="lichtmast", bronhouder="G0344")
            for n in range(5)
        ],
    }
    page = collections[path.split("/")[-2]]
    return Reply.of({"features": page, "numberReturned": len(page), "numberMatched": len(page)}, headers=CRS)


def test_areas_come_with_the_names_of_their_districts(
    town: Workspace, service: LocalService, client: ServiceClient
) -> None:
    service.answer = pdok
    request = CollectionRequest(f"{service.url}/ogc/v1", "buurten", "GM0344")
    found = fetch_areas(town, request, client=client, on=TODAY, year=2026)
    store_areas(town, found)
    areas = read_areas(town, 2026)
    assert areas.names() == {f"BU0344011{n}": f"Buurt {n}" for n in range(3)}
    assert areas.district_names() == {"WK034401": "West"}
    assert [path for path, _ in service.asked] == [
        "/ogc/v1/collections/buurten/items",
        "/ogc/v1/collections/wijken/items",
    ]
    assert all(query["gemeentecode"] == "GM0344" for _, query in service.asked)
    refused = {refusal.heading: refusal.why for refusal in found.report.refused_columns}
    assert refused["percentage_westerse_migratieachtergrond"] == "herkomst wordt nooit gebruikt"
    assert "aantal_inwoners" in refused


def test_a_layer_is_asked_for_around_the_town(town: Workspace, service: LocalService, client: ServiceClient) -> None:
    service.answer = pdok
    areas_here(town)
    layer = fetch_layer(
        town, "lampposts", CollectionRequest(f"{service.url}/ogc/v1", "paal"), client=client, source="bgt", on=TODAY
    )
    store_layer(town, layer)
    back = read_layer(town, "lampposts")
    assert back["feature_id"].tolist() == [f"G0344.{n}" for n in range(5)]
    assert set(back["category"]) == {"lichtmast"}
    west, south, east, north = (float(edge) for edge in service.asked[0][1]["bbox"].split(","))
    assert 5 < west < east < 5.2
    assert 52 < south < north < 52.2
    assert "gemeentecode" not in service.asked[0][1]


def test_without_a_place_to_look_nothing_is_asked(
    town: Workspace, service: LocalService, client: ServiceClient
) -> None:
    with pytest.raises(SettingsError, match="Van welk gebied"):
        fetch_layer(town, "lampposts", CollectionRequest(service.url, "paal"), client=client, source="bgt", on=TODAY)
    with pytest.raises(SettingsError, match="Van welke gemeente"):
        fetch_areas(town, CollectionRequest(service.url, "buurten"), client=client, on=TODAY)
    assert service.asked == []


def test_without_an_agreement_nothing_is_asked(town: Workspace, service: LocalService, client: ServiceClient) -> None:
    request = CollectionRequest(service.url, "paal", "GM0344")
    with pytest.raises(AgreementError):
        fetch_layer(town, "lampposts", request, client=client, source="bvh", on=TODAY)
    with pytest.raises(AgreementError):
        fetch_areas(town, request, client=client, source="bgt", on=TODAY)
    assert service.asked == []
