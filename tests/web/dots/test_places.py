# SPDX-License-Identifier: EUPL-1.2
"""One place, the layers round it, and finding an address."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from stip.publish import BASE
from stip.store import Workspace, layer_names, read_addresses, read_areas

from .conftest import Read

AsRole = Callable[[str], Client]
Dots = Callable[[str], Read]


def test_reports_of_one_place_open_as_a_list(as_role: AsRole, dots_of: Dots) -> None:
    rows = dots_of("analyst").rows()
    (x, y), most = Counter((row["x"], row["y"]) for row in rows).most_common(1)[0]
    client = as_role("analyst")
    body = client.get(f"/kaart/plek.json?x={x}&y={y}").json()
    assert len(body["rows"]) == most > 1
    assert body["rows"] == sorted(body["rows"], key=lambda row: row["datum"], reverse=True)
    near = sum(0 < (row["x"] - x) ** 2 + (row["y"] - y) ** 2 <= 100**2 for row in rows)
    assert body["facts"]["dichtbij_100_m"] == near
    page = client.get(f"/kaart/plek?x={x}&y={y}").content.decode()
    assert "Waarom niet preciezer?" in page
    assert "wordt afgerond op 25 meter" in page


def test_a_place_heeds_the_filter(as_role: AsRole, dots_of: Dots) -> None:
    row = dots_of("analyst").rows()[0]
    other = next(each for each in ("vandalism", "bicycle_theft") if each != row["type"])
    body = as_role("analyst").get(f"/kaart/plek.json?x={row['x']}&y={row['y']}&soort={other}").json()
    assert {each["soortcode"] for each in body["rows"]} <= {other}


def test_a_coarse_place_says_why(as_role: AsRole, dots_of: Dots) -> None:
    row = dots_of("policy").rows()[0]
    page = as_role("policy").get(f"/kaart/plek?x={row['x']}&y={row['y']}").content.decode()
    assert "buurten en hele weken" in page
    assert "hele week " in page
    for untrue in ("op deze plek", "Binnen 100 meter", "hele week rond"):
        assert untrue not in page
    assert "het midden van de buurt" in page
    facts = as_role("policy").get(f"/kaart/plek.json?x={row['x']}&y={row['y']}").json()
    assert facts["facts"]["dichtbij_100_m"] is None
    assert {each["datum"] for each in facts["rows"]} == {None}


def test_a_coarse_list_leads_to_no_place_and_names_no_day(as_role: AsRole) -> None:
    client = as_role("policy")
    page = BeautifulSoup(client.get("/kaart/lijst").content, "html.parser")
    assert page.select_one("main a[href*='/kaart/plek']") is None
    assert [cell.text for cell in page.select("main thead th")] == [
        "Week",
        "Soort",
        "Buurt",
        "Wijk",
        "Bron",
        "Aantal",
    ]
    counts = [int(row.select("td")[-1].text) for row in page.select("main tbody tr")]
    assert counts and all(count >= BASE and count % BASE == 0 for count in counts)
    rows = client.get("/kaart/lijst.json").json()["rows"]
    assert rows and {row["datum"] for row in rows} == {None}


@pytest.mark.parametrize("query", ["x=1", "x=a&y=2", "x=1e9&y=2", "x=&y=3"])
def test_a_point_that_is_none_is_refused(query: str, as_role: AsRole) -> None:
    assert as_role("analyst").get(f"/kaart/plek.json?{query}").status_code == 400


def test_the_list_leads_to_each_place(as_role: AsRole) -> None:
    client = as_role("analyst")
    page = client.get("/kaart/lijst?soort=vandalism").content.decode()
    link = re.search(r'href="(/kaart/plek\?[^"]+)"', page)
    assert link
    assert (
        "1 melding" in (found := client.get(link[1].replace("&amp;", "&")).content.decode()) or "meldingen" in found
    )


def test_neighbourhoods_are_told_by_code_and_name(as_role: AsRole, site: Path) -> None:
    body = json.loads(as_role("policy").get("/kaart/gebieden.geojson").content)
    areas = read_areas(Workspace.open(site))
    assert {each["properties"]["code"]: each["properties"]["name"] for each in body["features"]} == areas.names()
    lon, lat = body["features"][0]["geometry"]["coordinates"][0][0]
    assert 3 < lon < 8
    assert 50 < lat < 54


def test_each_layer_is_told_with_date_and_source_and_can_be_fetched(as_role: AsRole, site: Path) -> None:
    client = as_role("member")
    page = client.get("/kaart").content.decode()
    found = re.search(r'data-layers="([^"]*)"', page)
    assert found
    layers = json.loads(found[1].replace("&quot;", '"').replace("&#x27;", "'"))
    assert {each["name"] for each in layers} == set(layer_names(Workspace.open(site)))
    assert sum(each["on"] for each in layers) <= 2
    assert {each["name"] for each in layers if each["base"]} == {"roads", "water"}
    assert all(each["source"] and re.fullmatch(r"#[0-9a-f]{6}", each["colour"]) for each in layers)
    for each in layers:
        body = json.loads(client.get(each["url"]).content)
        assert body["features"]
        assert {name for feature in body["features"] for name in feature["properties"]} <= {"category"}


def test_a_layer_that_is_not_there_is_no_page(as_role: AsRole) -> None:
    assert as_role("analyst").get("/kaart/lagen/geheim.geojson").status_code == 404
    assert as_role("administrator").get("/kaart/lagen/roads.geojson").status_code == 403


def test_an_address_is_found_in_the_towns_own_table(as_role: AsRole, site: Path) -> None:
    address = read_addresses(Workspace.open(site)).iloc[0]
    client = as_role("coordinator")
    for text in (
        f"{address['street']} {address['house_number']}",
        f"{address['postcode']} {address['house_number']}",
    ):
        page = client.get("/kaart", {"adres": text, "soort": "vandalism"}).content.decode()
        link = re.search(r'href="/kaart\?(soort=vandalism&amp;kader=[^"#]+)#kaart"', page)
        assert link, text
        west, south, east, north = (
            int(side) for side in link[1].rsplit("kader=", 1)[1].replace("%2C", ",").split(",")
        )
        assert west < address["x_m"] < east
        assert south < address["y_m"] < north


def test_a_street_is_found_by_its_beginning(as_role: AsRole, site: Path) -> None:
    street = str(read_addresses(Workspace.open(site)).iloc[0]["street"])
    page = as_role("coordinator").get("/kaart", {"adres": street[:5]}).content.decode()
    assert f"Toon {street}" in page


def test_an_address_elsewhere_is_said_to_be_elsewhere(as_role: AsRole) -> None:
    page = as_role("coordinator").get("/kaart", {"adres": "Coolsingel 40, Rotterdam"}).content.decode()
    assert "Het ligt buiten de gemeente, of is anders geschreven" in page
    assert "#kaart" not in re.findall(r'href="([^"]*)"', page)
