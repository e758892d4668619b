# SPDX-License-Identifier: EUPL-1.2
"""Nothing finer than somebody may see leaves the server: not on the map, in a list, a twin, a file or a place."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pyogrio
import pytest
from django.test import Client
from pyproj import Transformer

from stip.explore import dots
from stip.space import area_of_points
from stip.store import Workspace, read_areas, read_cells, read_incidents

from .conftest import read_message

Points = set[tuple[float, float]]


@pytest.fixture(autouse=True)
def strict(own_site: Path) -> Path:
    """Give a town with a stricter rule, so that many dots move and some are hidden."""
    path = own_site / "stip.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[dwellings]\nminimum = 10\n", "[dwellings]\nminimum = 40\n"), encoding="utf-8")
    assert Workspace.open(own_site).settings.dwellings.minimum == 40
    return own_site


@pytest.fixture
def allowed(strict: Path) -> list[tuple[float, float]]:
    """Give where `explore.dots` puts each report that may be seen coarsely."""
    workspace = Workspace.open(strict)
    table = dots(read_incidents(workspace), workspace.settings, read_cells(workspace)).table
    return sorted(zip(table["x_m"].tolist(), table["y_m"].tolist(), strict=True))


@pytest.fixture
def secret(strict: Path, allowed: list[tuple[float, float]]) -> Points:
    """Give the own places of reports that were moved or hidden, where no other report may be seen."""
    incidents = read_incidents(Workspace.open(strict))
    return set(zip(incidents["x_m"].tolist(), incidents["y_m"].tolist(), strict=True)) - set(allowed)


def test_there_is_something_to_hide(secret: Points) -> None:
    assert len(secret) > 20


def test_the_message_holds_the_coarse_places(
    as_role: Callable[[str], Client], allowed: list[tuple[float, float]]
) -> None:
    rows = read_message(as_role("policy").get("/kaart/stippen.bin").content).rows()
    assert sorted((row["x"], row["y"]) for row in rows) == allowed


def test_an_area_is_that_of_where_a_dot_is_shown(as_role: Callable[[str], Client], strict: Path) -> None:
    rows = read_message(as_role("policy").get("/kaart/stippen.bin").content).rows()
    areas = read_areas(Workspace.open(strict))
    shown = area_of_points(np.array([row["x"] for row in rows]), np.array([row["y"] for row in rows]), areas)
    assert [row["area"] for row in rows] == [
        None if code is np.nan or not isinstance(code, str) else code for code in shown
    ]


def test_the_list_and_each_file_hold_the_coarse_places(
    coarse_exporter: Client, allowed: list[tuple[float, float]], tmp_path: Path
) -> None:
    found = {}
    url, found["json"] = "/kaart/lijst.json", []
    while url:
        body = coarse_exporter.get(url).json()
        found["json"] += [(row["x_m"], row["y_m"]) for row in body["rows"]]
        url = body["facts"]["volgende"]
    text = coarse_exporter.get("/kaart/uitvoer.csv").content.decode("utf-8-sig")
    lines = [line for line in text.splitlines() if not line.lstrip('"').startswith("#")]
    found["csv"] = [
        tuple(float(row[name].replace(",", ".")) for name in ("X in meters", "Y in meters"))
        for row in csv.DictReader(io.StringIO("\n".join(lines)), delimiter=";")
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(coarse_exporter.get("/kaart/uitvoer.xlsx").content))["Meldingen"]
    heads = [cell.value for cell in sheet[1]]
    at = heads.index("X in meters")
    found["xlsx"] = [(row[at], row[at + 1]) for row in sheet.iter_rows(min_row=2, values_only=True)]
    (tmp_path / "x.gpkg").write_bytes(coarse_exporter.get("/kaart/uitvoer.gpkg").content)
    frame = pyogrio.read_dataframe(tmp_path / "x.gpkg")
    found["gpkg"] = list(zip(frame.geometry.x, frame.geometry.y, strict=True))
    assert list(zip(frame["x_m"], frame["y_m"], strict=True)) == found["gpkg"]
    features = json.loads(coarse_exporter.get("/kaart/uitvoer.geojson").content)["features"]
    found["geojson"] = [(each["properties"]["x_m"], each["properties"]["y_m"]) for each in features]
    for name, places in found.items():
        assert sorted(places) == allowed, name
    lon, lat = np.array([each["geometry"]["coordinates"] for each in features]).T
    back = np.column_stack(Transformer.from_crs("OGC:CRS84", "EPSG:28992", always_xy=True).transform(lon, lat))
    assert np.abs(back - np.array(found["geojson"])).max() < 0.05


PAGES = ("/kaart", "/kaart/lijst", "/kaart/lijst?blad=2", "/kaart/grafiek", "/kaart/herkomst", "/kaart/vergelijk",
         "/kaart/vergelijk.json", "/kaart/grafiek.json", "/gebied/WK999900", "/kaart/uitvoer")  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_no_page_names_a_place_that_is_hidden(path: str, coarse_exporter: Client, secret: Points) -> None:
    text = coarse_exporter.get(path).content.decode()
    numbers = set(re.findall(r"x=(\d+(?:\.\d+)?)&amp;y=(\d+(?:\.\d+)?)", text))
    assert not {(float(x), float(y)) for x, y in numbers} & secret


def test_a_hidden_place_answers_as_an_empty_one(coarse_exporter: Client, secret: Points) -> None:
    for x, y in sorted(secret)[:5]:
        assert coarse_exporter.get(f"/kaart/plek.json?x={x}&y={y}").json()["rows"] == []
        assert "geen melding uit deze keuze" in coarse_exporter.get(f"/kaart/plek?x={x}&y={y}").content.decode()


def test_what_is_hidden_is_told_for_the_whole_town_and_never_by_filter(as_role: Callable[[str], Client]) -> None:
    client = as_role("policy")
    hidden = read_message(client.get("/kaart/stippen.bin").content).header["totals"]["hidden"]
    assert hidden > 0
    told = [
        re.findall(r"([\d.]+) (?:meldingen|melding) niet getoond: in hun vak", client.get(path).content.decode())
        for path in ("/kaart/lijst", "/kaart/lijst?soort=vandalism&gebied=WK999900", "/gebied/WK999900")
    ]
    assert told == [[f"{hidden:,}".replace(",", ".")]] * 3
