# SPDX-License-Identifier: EUPL-1.2
"""The service for maps: every page of it, only what is published, and a problem for what does not fit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from stip_web.opendata.ogc.moments import IntervalText
from stip_web.opendata.ogc.parameters import BoxText
from web.opendata.compare import cells_of, published_areas_cells
from web.opendata.conftest import HIDDEN, NAMES, SIDE_M, SOUTH_M, TYPES, WEST_M

ITEMS = "/ogc/collections/cijfers/items"
RD = "http://www.opengis.net/def/crs/EPSG/0/28992"
ETRS89 = "http://www.opengis.net/def/crs/EPSG/0/4258"


def _follow(client: httpx.Client, url: str) -> list[dict[str, Any]]:
    """Give the features of every part."""
    found = []
    while url:
        body = client.get(url).json()
        assert body["numberReturned"] == len(body["features"])
        found += body["features"]
        url = next((link["href"] for link in body["links"] if link["rel"] == "next"), "")
    return found


def _properties(client: httpx.Client, **query: str) -> list[dict[str, Any]]:
    answer = client.get(ITEMS, params=query)
    assert answer.status_code == 200, answer.text
    return [feature["properties"] for feature in answer.json()["features"]]


@pytest.mark.parametrize("limit", [1, 7, 24, 1000])
def test_every_part_together_is_what_is_published(client: httpx.Client, made: Path, limit: int) -> None:
    found = _follow(client, f"{client.base_url}{ITEMS.lstrip('/')}?limit={limit}")
    assert cells_of(feature["properties"] for feature in found) == published_areas_cells(made)
    assert len({feature["id"] for feature in found}) == len(found)
    for feature in found:
        row = feature["properties"]
        if row["area_code"] in HIDDEN:
            assert row["figure"] is None
            assert row["state"] == HIDDEN[row["area_code"]]


def test_every_address_that_is_pointed_at_answers_in_its_form(client: httpx.Client) -> None:
    seen: set[str] = set()
    todo = [f"{client.base_url}ogc"]
    while todo:
        url = todo.pop()
        if url in seen or not url.startswith(str(client.base_url).rstrip("/")) or len(seen) > 60:
            continue
        seen.add(url)
        answer = client.get(url)
        assert answer.status_code == 200, url
        if "json" in answer.headers["Content-Type"] and not url.endswith("/api"):
            for link in _links(answer.json()):
                told = client.head(link["href"]).headers["Content-Type"] if "openbaar" in link["href"] else ""
                assert told.split(";")[0] in ("", link["type"].split(";")[0]), link
                todo.append(link["href"])
    assert len(seen) > 15


def _links(body: Any) -> list[dict[str, str]]:
    if isinstance(body, dict):
        return [*body.get("links", []), *(link for value in body.values() for link in _links(value))]
    return [link for value in body for link in _links(value)] if isinstance(body, list) else []


def test_figures_can_be_asked_by_type_quarter_and_neighbourhood(client: httpx.Client) -> None:
    assert {row["crime_type"] for row in _properties(client, crime_type="vandalism")} == {"vandalism"}
    assert {row["quarter"] for row in _properties(client, quarter="2026-K1")} == {"2026-K1"}
    assert len(_properties(client, quarter="2026-K1", crime_type="vandalism", area_code="BU99990002")) == 1
    assert _properties(client, quarter="1999-K1") == []


@pytest.mark.parametrize(
    ("asked", "quarters"),
    [
        ("2026-01-01", {"2026-K1"}),
        ("2025-12-31T22:59:59Z", {"2025-K4"}),
        ("2025-12-31T23:00:00Z", {"2026-K1"}),  # in the town it is next year
        ("2026-03-31/2026-04-01", {"2026-K1", "2026-K2"}),
        ("../2025-12-31", {"2025-K4"}),
        ("/2025-12-31", {"2025-K4"}),
        ("2026-04-01T00:00:00+02:00/..", {"2026-K2"}),
        ("../..", {"2025-K4", "2026-K1", "2026-K2"}),
        ("2030-01-01", set()),
        ("9999-12-31T23:59:59Z", set()),
        ("2026-04-01/9999-12-31T23:59:59Z", {"2026-K2"}),
    ],
)
def test_a_quarter_is_an_interval(client: httpx.Client, asked: str, quarters: set[str]) -> None:
    assert {row["quarter"] for row in _properties(client, datetime=asked)} == quarters


def test_a_box_and_the_answer_can_be_in_three_systems(client: httpx.Client) -> None:
    def codes(**query: str) -> set[str]:
        answer = client.get("/ogc/collections/buurten/items", params=query)
        assert answer.status_code == 200, answer.text
        return {feature["properties"]["area_code"] for feature in answer.json()["features"]}

    inside = f"{WEST_M + 10},{SOUTH_M + 10},{WEST_M + 20},{SOUTH_M + 20}"
    assert codes(**{"bbox": inside, "bbox-crs": RD}) == {"BU99990000"}
    assert codes(
        **{"bbox": f"{WEST_M + 10},{SOUTH_M + 10},0,{WEST_M + SIDE_M + 20},{SOUTH_M + 20},9", "bbox-crs": RD}
    )
    assert codes(bbox="4.0,51.0,6.0,53.0") == {f"BU9999000{n}" for n in range(len(NAMES))}
    assert codes(bbox="51.0,4.0,53.0,6.0") == set()  # latitude first is another place
    assert len(codes(**{"bbox": "51.0,4.0,53.0,6.0", "bbox-crs": ETRS89})) == len(NAMES)
    one = "/ogc/collections/buurten/items/BU99990000"
    corners = {
        crs: client.get(one, params={"crs": crs} if crs else {}).json()["geometry"]["coordinates"][0]
        for crs in ("", RD, ETRS89)
    }
    assert [WEST_M, SOUTH_M] in corners[RD]
    assert all(51 < y < 53 and 4 < x < 6 for x, y in corners[""])
    assert sorted(corners[ETRS89]) == sorted([y, x] for x, y in corners[""])
    assert client.get(one, params={"crs": RD}).headers["Content-Crs"] == f"<{RD}>"


def test_one_feature_is_as_in_the_list(client: httpx.Client) -> None:
    listed = client.get(ITEMS, params={"limit": "1"}).json()["features"][0]
    alone = client.get(f"{ITEMS}/{listed['id']}").json()
    assert {name: alone[name] for name in listed} == listed
    assert {link["rel"] for link in alone["links"]} == {"self", "alternate", "collection"}


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=-1",
        "limit=tien",
        "limit=١",
        "offset=-5",
        "bbox=1,2,3",
        "bbox=5,52,4,53",
        "bbox=nan,nan,nan,nan",
        "bbox=1e99,1,1e99,2",
        "bbox=5,52,6,53&bbox=1,2,3,4",
        "bbox-crs=EPSG:4326",
        "crs=http://www.opengis.net/def/crs/EPSG/0/3857",
        "datetime=gisteren",
        "datetime=2026-02-30",
        "datetime=2026-02-01/2026-01-01",
        "datetime=..",
        "datetime=0001-01-01T00:00:00%2B23:59",
        "datetime=2026-01-01/2026-02-01/2026-03-01",
        "quarter=2026-K5",
        "quarter=2026-K1%00",
        "crime_type=%27%3B%20drop%20table",
        "area_code=../../etc/passwd",
        "f=xml",
        "figure=5",
        "level=gemeente",
        "Limit=5",
    ],
)
def test_what_does_not_fit_is_a_problem_that_repeats_no_value(client: httpx.Client, query: str) -> None:
    answer = client.get(f"{ITEMS}?{query}")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"]
    value = query.split("=")[1]
    assert len(value) < 4 or value not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_more_than_the_most_is_the_most(client: httpx.Client) -> None:
    for limit in ("999999", "99999999999999", "9" * 5000, "0" * 5000 + "1"):
        assert client.get(ITEMS, params={"limit": limit}).status_code == 200
    assert len(client.get(ITEMS, params={"limit": "0000000000001"}).json()["features"]) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/ogc/niets",
        "/ogc/collections/geheim",
        "/ogc/collections/geheim/items",
        "/ogc/collections/cijfers/items/2026-K1",
        "/ogc/collections/cijfers/items/2026-K1.GM9999.vandalism",
        "/ogc/collections/cijfers/items/..%2F..%2Ffigures",
        "/ogc/collections/cijfers/items/x%00y",
    ],
)
def test_what_is_not_there_is_a_problem(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_people_and_programs_ask_the_same_address(client: httpx.Client) -> None:
    for path in ("/ogc", "/ogc/conformance", "/ogc/collections", "/ogc/collections/cijfers", ITEMS):
        person = client.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
        program = client.get(path, headers={"Accept": "*/*"})
        assert person.headers["Content-Type"].startswith("text/html")
        assert "json" in program.headers["Content-Type"]
        assert person.headers["ETag"] != program.headers["ETag"]
        assert "Accept" in program.headers["Vary"]
        assert client.get(path, params={"f": "html"}).headers["Content-Type"].startswith("text/html")
        known = {"If-None-Match": program.headers["ETag"], "Accept": "*/*"}
        assert client.get(path, headers=known).status_code == 304
    page = client.get(ITEMS, params={"f": "html", "quarter": "2026-K1", "area_code": "BU99990004"}).text
    assert "niet openbaar: er staan te weinig woningen" in page
    assert "&#x27;t Zand" in client.get(ITEMS, params={"f": "html", "area_code": "BU99990003"}).text


def test_it_says_what_it_keeps_to_and_of_when(client: httpx.Client) -> None:
    said = client.get("/ogc/conformance").json()["conformsTo"]
    assert {each.rsplit("/", 1)[-1] for each in said} == {"core", "oas30", "html", "geojson", "crs"}
    told = client.get("/ogc/collections/cijfers").json()
    assert told["extent"]["temporal"]["interval"] == [["2025-09-30T22:00:00Z", "2026-06-30T22:00:00Z"]]
    assert told["storageCrs"] == RD
    assert set(told["crs"]) >= {RD, ETRS89}
    described = client.get("/ogc/api").json()
    assert described["openapi"] == "3.0.3"
    assert "vandalism" not in str(described["paths"])
    assert len(TYPES) * len(NAMES) * 3 == client.get(ITEMS).json()["numberMatched"]


@given(st.text(max_size=60) | st.from_regex(r"[0-9.T:Z/+-]{1,45}", fullmatch=True))
def test_any_text_is_an_interval_or_is_refused(text: str) -> None:
    try:
        begin, end = TypeAdapter(IntervalText).validate_python(text)
    except ValidationError:
        return
    assert begin is None or end is None or begin <= end


@given(st.text(max_size=60) | st.from_regex(r"[0-9.eE,+-]{1,60}", fullmatch=True))
def test_any_text_is_a_box_or_is_refused(text: str) -> None:
    try:
        west, south, east, north = TypeAdapter(BoxText).validate_python(text)
    except ValidationError:
        return
    assert west <= east
    assert south <= north
