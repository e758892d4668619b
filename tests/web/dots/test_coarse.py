# SPDX-License-Identifier: EUPL-1.2
"""Nothing finer than somebody may see leaves the server: not on the map, in a list, a twin, a file or a place."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import secrets
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pyogrio
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from stip.publish import BASE, coarse_incidents
from stip.space import area_of_points
from stip.store import Workspace, read_areas, read_incidents
from stip_web.dots.filters import Filter

from .conftest import read_message

Points = set[tuple[float, float]]


@pytest.fixture(autouse=True)
def strict(own_site: Path) -> Path:
    """Give a town with a stricter rule, so that some neighbourhoods are hidden."""
    path = own_site / "stip.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[dwellings]\nminimum = 10\n", "[dwellings]\nminimum = 40\n"), encoding="utf-8")
    assert Workspace.open(own_site).settings.dwellings.minimum == 40
    return own_site


@pytest.fixture
def allowed(strict: Path) -> list[tuple[float, float]]:
    """Give where each row that may be seen coarsely stands: in the middle of its neighbourhood."""
    table = coarse_incidents(Workspace.open(strict))
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


def test_how_much_is_hidden_is_told_to_nobody_who_may_not_see_it(as_role: Callable[[str], Client]) -> None:
    client = as_role("policy")
    totals = read_message(client.get("/kaart/stippen.bin").content).header["totals"]
    assert (totals["hidden"], totals["outside"]) == (0, 0)
    for path in ("/kaart/lijst", "/kaart/lijst?soort=vandalism&gebied=WK999900", "/gebied/WK999900", "/kaart"):
        page = client.get(path).content.decode()
        assert "veelvoud van 5" in page
        assert "niet getoond" not in page
    assert '<h2 class="utrecht-heading-2">Per dag en uur</h2>' not in client.get("/kaart/grafiek").content.decode()
    assert "Aantallen per levering ziet alleen" in client.get("/kaart/herkomst").content.decode()


AREAS = st.lists(st.sampled_from(["WK999900", "WK999901", "BU99990000", "BU99990100", "BU99990200"]), max_size=2)
QUESTIONS = st.tuples(
    AREAS,
    st.lists(st.sampled_from(["vandalism", "bicycle_theft", "home_burglary"]), max_size=2),
    st.dates(date(2026, 1, 1), date(2026, 5, 1)),
    st.dates(date(2026, 5, 1), date(2026, 9, 1)),
)


def test_no_answer_is_finer_than_units_of_five(as_role: Callable[[str], Client], strict: Path) -> None:
    """List, chart, comparison and API: each count is a sum of units, and nobody can ask for less than a unit."""
    client = as_role("policy")
    rows = coarse_incidents(Workspace.open(strict))
    middle = (rows["from_at"] + (rows["to_at"] - rows["from_at"]) / 2).dt.tz_convert("Europe/Amsterdam").dt.date
    of = read_areas(Workspace.open(strict)).district_of()
    units = rows.groupby(["area_code", "crime_type", "source", middle.rename("day")]).size()
    assert (units % BASE == 0).all()

    @given(QUESTIONS)
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    def ask(asked: tuple[list[str], list[str], date, date]) -> None:
        random.seed(secrets.randbits(64))  # hypothesis gives each example the same, and so each span the same number
        areas, types, first, last = asked
        chosen = (middle >= first) & (middle <= last)
        if areas:
            chosen &= rows["area_code"].isin(areas) | rows["area_code"].map(of).isin(areas)
        if types:
            chosen &= rows["crime_type"].isin(types)
        expected = int(chosen.sum())
        query = Filter(types=tuple(types), areas=tuple(areas), first=first, last=last).query()
        assert client.get(f"/kaart/lijst.json{query}").json()["facts"]["aantal"] == expected
        chart = client.get(f"/kaart/grafiek.json{query}").json()["rows"]
        assert sum(row["aantal"] for row in chart) == expected
        assert all(row["aantal"] % BASE == 0 for row in chart)
        for row in client.get(f"/kaart/vergelijk.json{query}").json()["rows"]:
            assert row["nu"] % BASE == row["eerst"] % BASE == 0
            assert row["verhouding"] is None
        asked_api = {"from": str(first), "to": str(last), "limit": 1} | {"area": areas, "crimeType": types}
        counts = client.get("/api/v1/incidents", asked_api).json()
        assert counts["numberMatched"] == expected
        assert set(counts["leftOut"].values()) == {0}

    ask()
