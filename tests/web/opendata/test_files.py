# SPDX-License-Identifier: EUPL-1.2
"""The files: the published figures, no other, in forms that open safely, and sent again only when they changed."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pyogrio
import pytest

from stip.publish import published_areas
from stip_web.opendata.columns import FIGURE_COLUMNS
from web.opendata.compare import cells_of, published_areas_cells, published_cells
from web.opendata.conftest import AT, HIDDEN, NAMES, page_of, write_quarter

FILES = ["cijfers.csv", "cijfers-2026.csv", "cijfers-2026.geojson", "cijfers-2026.gpkg", "buurten-2025.geojson"]


def _rows(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8"), newline="")))


def test_csv_holds_what_is_published_and_a_year_its_part(client: httpx.Client, made: Path) -> None:
    rows = _rows(client.get("/cijfers.csv"))
    assert cells_of(rows) == published_cells(made)
    assert cells_of(_rows(client.get("/cijfers-2025.csv"))) == published_cells(made, quarter="2025")
    assert cells_of(_rows(client.get("/cijfers-2026.csv"))) == published_cells(made, quarter="2026")
    for row in rows:
        if row["area_code"] in HIDDEN:
            assert (row["figure"], row["state"]) == ("", HIDDEN[row["area_code"]])
            assert row["state_label"].startswith("niet openbaar")
    assert {row["crime_label"] for row in rows} == {"Fietsdiefstal", "Vernieling"}
    assert {(row["period_begin"], row["period_end"]) for row in rows if row["quarter"] == "2026-K1"} == {
        ("2026-01-01", "2026-03-31")
    }


def test_csv_runs_in_no_spreadsheet_and_keeps_names(client: httpx.Client) -> None:
    rows = _rows(client.get("/cijfers.csv"))
    names = {row["area_name"] for row in rows}
    assert names == {*NAMES[1:], f"'{NAMES[0]}", "Proefstad"}
    assert not any(value[:1] in "=+-@\t\r" for row in rows for value in row.values() if value)


def test_beside_a_table_lies_what_its_columns_mean(client: httpx.Client) -> None:
    answer = client.get("/cijfers-2026.csv")
    assert 'rel="describedby"' in answer.headers["Link"]
    told = client.get("/cijfers-2026.csv-metadata.json").json()
    header = next(csv.reader(io.StringIO(answer.text)))
    assert told["url"] == "cijfers-2026.csv"
    assert [column["name"] for column in told["tableSchema"]["columns"]] == header
    assert [column.name for column in FIGURE_COLUMNS] == header
    assert told["dc:license"]["@id"].startswith("https://creativecommons.org/licenses/by/4.0")
    said = client.get("/leesmij.txt").text
    assert all(name in said for name in (*header, "CC BY 4.0", "Afronden"))


def test_geojson_and_geopackage_hold_the_same_cells_with_their_borders(
    client: httpx.Client, made: Path, tmp_path: Path
) -> None:
    told = client.get("/cijfers-2026.geojson").json()
    rows = [feature["properties"] for feature in told["features"]]
    assert cells_of(rows) == published_areas_cells(made, quarter="2026")
    path = tmp_path / "cijfers.gpkg"
    path.write_bytes(client.get("/cijfers-2026.gpkg").content)
    layer = pyogrio.read_dataframe(path, layer="cijfers")
    assert cells_of(layer.to_dict("records")) == published_areas_cells(made, quarter="2026")
    assert layer.crs.to_authority() == ("EPSG", "28992")
    town = pyogrio.read_dataframe(path, layer="gemeente")
    assert cells_of(town.to_dict("records")) == published_cells(made, level="gemeente", quarter="2026")
    borders = published_areas(made, 2026).set_index("area_code").geometry
    for row in layer.itertuples():
        assert row.geometry.equals(borders[row.area_code])


def test_figures_lie_in_the_borders_of_their_own_year(client: httpx.Client) -> None:
    def first(name: str) -> Any:
        return client.get(name).json()["features"][0]["geometry"]["coordinates"]

    assert first("/cijfers-2025.geojson") == first("/buurten-2025.geojson")
    assert first("/cijfers-2025.geojson") != first("/cijfers-2026.geojson")


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_sent_again_only_when_something_changed(client: httpx.Client, name: str) -> None:
    whole = client.get(f"/{name}")
    head = client.head(f"/{name}")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert whole.headers["Last-Modified"] == AT.strftime("%a, %d %b %Y %H:%M:%S GMT")
    for asked in ("If-None-Match", "If-Modified-Since"):
        known = whole.headers["ETag" if asked == "If-None-Match" else "Last-Modified"]
        again = client.get(f"/{name}", headers={asked: known})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"/{name}", headers={"If-None-Match": '"other"'}).status_code == 200
    assert whole.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in whole.headers


def test_a_new_quarter_is_there_at_once_and_the_old_ones_stay(own: tuple[Path, httpx.Client]) -> None:
    published, client = own
    before = client.get("/cijfers.csv")
    write_quarter(published, "2026-K3", 2026)
    after = client.get("/cijfers.csv", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.text.startswith(before.text)
    assert cells_of(_rows(after)) == published_cells(published)


def test_a_pause_stops_the_data_at_once_and_the_page_says_so(own: tuple[Path, httpx.Client]) -> None:
    published, client = own
    paths = ["/cijfers.csv", "/catalogus.ttl", "/ogc", "/ogc/collections/cijfers/items"]
    known = {path: client.get(path).headers for path in paths}
    notice = {
        "what": "stage",
        "name": "publish",
        "label": "openbaar maken",
        "since": datetime.now(tz=AT.tzinfo).isoformat(),
        "sentence": "Openbaar maken staat op pauze.",
    }
    (published / "pauses.json").write_text(json.dumps([notice]), encoding="utf-8")
    for path in paths:
        headers = {"If-None-Match": known[path]["ETag"], "If-Modified-Since": known[path]["Last-Modified"]}
        for asked in ({}, headers):
            answer = client.get(path, headers=asked)
            assert (answer.status_code, answer.json()["detail"]) == (503, notice["sentence"])
            assert answer.headers["Cache-Control"] == "no-store"
    page = page_of(client)
    assert page.status_code == 200
    assert notice["sentence"] in page.text
    assert ".csv" not in page.text
    (published / "pauses.json").write_text("[]", encoding="utf-8")
    assert client.get("/cijfers.csv").status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "cijfers-1999.csv",
        "cijfers-2026.exe",
        "CIJFERS.CSV",
        "..%2F..%2Fetc%2Fpasswd",
        "%2e%2e%2ffigures%2f2026-K1%2ffacts.json",
        "facts.json",
        "figures.parquet",
        "cijfers.csv%00.png",
        "cijfers-٢٠٢٦.csv",
        "a" * 4000,
    ],
)
def test_what_is_no_file_of_ours_is_not_there(client: httpx.Client, name: str) -> None:
    answer = client.get(f"/{name}")
    assert answer.status_code == 404
    assert name[:12] not in answer.text or name == "a" * 4000


def test_the_page_links_every_file_and_tells_licence_period_and_what_is_wrong(client: httpx.Client) -> None:
    page = page_of(client).text
    for name in (*FILES, "cijfers-2025.gpkg", "leesmij.txt", "catalogus.ttl", "catalogus.jsonld"):
        assert f"/openbaar/gegevens/{name}" in page
    for said in ("CC BY 4.0", "vierde kwartaal van 2025", "tweede kwartaal van 2026", "telt niet meer mee", "loting"):
        assert said in page
    assert "<script" not in page


def test_only_reading_is_possible(client: httpx.Client) -> None:
    for path in ("/cijfers.csv", "/ogc", "/ogc/collections/cijfers/items", ""):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            assert client.request(method, f"{str(client.base_url).rstrip('/')}{path}").status_code == 405


def test_before_anything_is_published_the_page_says_so(own: tuple[Path, httpx.Client]) -> None:
    published, client = own
    for room in ("figures", "places"):
        (published / room).rename(published.parent / room)
    assert "nog geen cijfers openbaar" in page_of(client).text
    assert client.get("/cijfers.csv").status_code == 404
    assert client.get("/catalogus.jsonld").status_code == 200
    told = client.get("/ogc/collections/cijfers/items").json()
    assert (told["numberMatched"], told["features"]) == (0, [])
    assert client.get("/ogc/collections/buurten/items?bbox=5,51,6,52").json()["features"] == []


def test_what_is_told_of_a_quarter_stands_on_the_page_and_beside_the_files(own: tuple[Path, httpx.Client]) -> None:
    published, client = own
    before = client.get("/leesmij.txt")
    issue = {"quarter": "2026-K1", "since": "2026-10-01T08:00:00+00:00", "sentence": "In maart ontbreekt <een> week."}
    (published / "figures" / "2026-K1" / "issues.json").write_text(json.dumps([issue]), encoding="utf-8")
    assert "Eerste kwartaal van 2026: In maart ontbreekt &lt;een&gt; week." in page_of(client).text
    after = client.get("/leesmij.txt", headers={"If-Modified-Since": before.headers["Last-Modified"]})
    assert "- Eerste kwartaal van 2026: In maart ontbreekt <een> week." in after.text
    assert issue["sentence"] in client.get("/cijfers.csv-metadata.json").text
    assert cells_of(_rows(client.get("/cijfers.csv"))) == published_cells(published)
