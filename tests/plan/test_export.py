# SPDX-License-Identifier: EUPL-1.2
"""The plan as files."""

import csv
import json
from dataclasses import replace

import geopandas as gpd
import pytest
import shapely

from plan.made_town import GRID, QUICK, WEEK, make_town
from stip.plan import Question, outline, propose, write_plan_csv, write_plan_geojson


@pytest.fixture
def proposal(rng):
    town = make_town(rng.random((8, 12)), districts=2)
    return propose(town.outlook, town.cells, town.areas, Question(WEEK, QUICK))


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_the_list_opens_in_a_dutch_spreadsheet(proposal, tmp_path):
    path = write_plan_csv(proposal, GRID, tmp_path / "plan.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = read(path)
    assert [row["Plek-id"] for row in rows] == [place.place_id for place in proposal.places]
    first, place = rows[0], proposal.places[0]
    assert first["Uren"] == "12,5"
    assert float(first["Verwacht"].replace(",", ".")) == pytest.approx(place.expected, abs=0.005)
    assert first["Soort bezoek"] == "praten"
    assert {row["Gekozen door"] for row in rows} == {"vooruitblik", "geloot"}
    assert [GRID.cell_named(name) for name in first["Vakken"].split()] == list(place.cells)
    centre = shapely.Point(*(float(first[name].replace(",", ".")) for name in ("Midden X (m)", "Midden Y (m)")))
    assert outline(place.cells, GRID).convex_hull.distance(centre) < 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_text_is_no_formula(proposal, tmp_path, start):
    bad = replace(proposal.places[0], areas=(f"{start}cmd|' /C calc'!A0",))
    rows = read(write_plan_csv(replace(proposal, places=(bad,)), GRID, tmp_path / "plan.csv"))
    assert rows[0]["Buurt"].startswith(f"'{start}")


def test_numbers_stay_numbers(proposal, tmp_path):
    west = replace(proposal.places[0], cells=(int(GRID.cell_from([-40], [-40])[0]),))
    rows = read(write_plan_csv(replace(proposal, places=(west,)), GRID, tmp_path / "plan.csv"))
    assert rows[0]["Midden X (m)"] == "-4938"


def test_the_outlines_are_geojson_as_it_should_be(proposal, tmp_path):
    path = write_plan_geojson(proposal, GRID, tmp_path / "plan.geojson")
    collection = json.loads(path.read_text(encoding="utf-8"))
    assert "crs" not in collection
    west, south, east, north = collection["bbox"]
    assert 3 < west < east < 8 < 50 < south < north < 54
    for feature, place in zip(collection["features"], proposal.places, strict=True):
        shape = shapely.geometry.shape(feature["geometry"])
        assert shape.is_valid
        assert shape.exterior.is_ccw
        assert feature["id"] == place.place_id
        assert feature["properties"]["kans"] == pytest.approx(place.probability, abs=1e-6)
    read_back = gpd.read_file(path).to_crs(GRID.crs)
    for shape, place in zip(read_back.geometry, proposal.places, strict=True):
        assert shape.area == pytest.approx(len(place.cells) * 125**2, rel=1e-3)
        assert shape.symmetric_difference(outline(place.cells, GRID)).area < 60


def test_a_plan_without_places_is_an_empty_layer(proposal, tmp_path):
    path = write_plan_geojson(replace(proposal, places=()), GRID, tmp_path / "plan.geojson")
    assert json.loads(path.read_text(encoding="utf-8")) == {"type": "FeatureCollection", "features": []}
