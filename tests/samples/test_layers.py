# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json

import geopandas as gpd
import pandas as pd

from stip.samples import SampleTown


def test_geojson_is_in_degrees_and_geopackage_in_rd(small: SampleTown) -> None:
    lamps = json.loads((small.folder / "lantaarnpalen.geojson").read_text(encoding="utf-8"))
    longitude, latitude = lamps["features"][0]["geometry"]["coordinates"]
    assert 5.3 < longitude < 5.6
    assert 51.8 < latitude < 52.1
    trees = gpd.read_file(small.folder / "bomen.gpkg")
    assert trees.crs == "EPSG:28992"
    assert trees.geometry.x.between(147_000, 155_000).all()


def test_csv_is_dutch(small: SampleTown) -> None:
    lines = (small.folder / "containers.csv").read_bytes().split(b"\r\n")
    assert lines[0] == b"containernummer;soort;rd_x;rd_y;geplaatst;opmerking"
    assert lines[1].count(b",") == 2
    table = pd.read_csv(small.folder / "containers.csv", sep=";", decimal=",")
    assert table["rd_x"].between(147_000, 155_000).all()


def test_of_owners_there_is_only_the_kind(small: SampleTown) -> None:
    owners = gpd.read_file(small.folder / "eigendom.gpkg")
    assert set(owners.columns) == {"perceel", "soort_eigenaar", "geometry"}
    assert set(owners["soort_eigenaar"]) == {"corporatie", "particulier", "gemeente"}


def test_some_columns_are_there_to_be_refused(small: SampleTown) -> None:
    lamps = gpd.read_file(small.folder / "lantaarnpalen.geojson")
    assert lamps["monteur"].str.startswith("verzonnen monteur").all()
    bars = pd.read_csv(small.folder / "horeca.csv", sep=";", decimal=",")
    assert bars["exploitant"].str.startswith("Verzonnen Uitbater").all()


def test_every_home_has_a_line_in_the_address_table(small: SampleTown) -> None:
    addresses = pd.read_csv(small.addresses, sep=";", decimal=",", keep_default_na=False)
    homes = gpd.read_file(small.dwellings)
    assert len(addresses) == len(homes)
    assert homes["identificatie"].is_unique
    assert (addresses["x"] == homes.geometry.x).all()
    assert (homes["gebruiksdoel"] == "woonfunctie").all()


def test_areas_carry_their_codes_and_year(full: SampleTown) -> None:
    areas = gpd.read_file(full.areas)
    assert len(areas) == 45
    assert set(areas["jaar"]) == {2026}
    assert set(areas["gemeentecode"]) == {"GM9999"}
    assert areas["wijknaam"].nunique() == 10
