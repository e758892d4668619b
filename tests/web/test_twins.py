# SPDX-License-Identifier: EUPL-1.2
"""The twins of a list say the same in three forms."""

from __future__ import annotations

import csv
import io
import json

import pytest
import shapely

from stip_web.desk.twins import Listing, as_csv, as_geojson, as_json

LISTING = Listing(
    "proef",
    {"name": "Naam", "count": "Aantal", "share": "Aandeel"},
    [{"name": "=1+1", "count": 1284, "share": 3.5}, {"name": "Oost", "count": None, "share": 2.0}],
    {"filter": "alles"},
    [shapely.Point(155_000, 463_000), shapely.Point(136_000, 456_000)],
)


def test_json_holds_columns_rows_and_facts() -> None:
    body = json.loads(as_json(LISTING))
    assert body["rows"][1] == {"name": "Oost", "count": None, "share": 2.0}
    assert body["facts"] == {"filter": "alles"}


def test_csv_is_dutch_and_runs_nothing() -> None:
    text = as_csv(LISTING)
    assert text.startswith("\ufeff# filter: alles\r\n")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[1] == ["Naam", "Aantal", "Aandeel"]
    assert rows[2] == ["'=1+1", "1284", "3,5"]
    assert rows[3] == ["Oost", "", "2"]


@pytest.mark.parametrize(
    ("value", "written"), [(-5, "-5"), (0.0123, "0,0123"), (-1.0, "-1"), (1234567.5, "1234567,5")]
)
def test_a_number_stays_a_number_in_a_spreadsheet(value: float, written: str) -> None:
    assert as_csv(Listing("proef", {"n": "N"}, [{"n": value}])).splitlines()[-1] == written


def test_geojson_is_in_degrees() -> None:
    body = json.loads(as_geojson(LISTING))
    assert body["features"][0]["geometry"]["coordinates"] == pytest.approx([5.3876, 52.1552], abs=1e-3)
    assert body["features"][1]["properties"]["name"] == "Oost"


def test_a_list_without_places_has_no_geojson() -> None:
    with pytest.raises(ValueError, match="geometry"):
        as_geojson(Listing("leeg", {}, []))
