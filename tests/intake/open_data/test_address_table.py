# SPDX-License-Identifier: EUPL-1.2
"""The address table holds doors with their point, and nothing about who lives behind them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from intake.map_files import RD, X_M, Y_M
from stip.agreements import install_shipped
from stip.errors import FileError, TooManyRefused, WorkspaceError
from stip.intake.open_data.address_table import Addresses, read_address_file, store_addresses
from stip.store import ADDRESS, Workspace, read_addresses

HEAD = "straat;huisnummer;postcode;plaats;x;y;bewoner\n"


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    install_shipped(workspace)
    return workspace


def read(town: Workspace, path: Path, text: str = "") -> Addresses:
    if text:
        path.write_text(text, encoding="utf-8")
    return read_address_file(town, path, on=date(2026, 11, 23))


def codes(found: Addresses) -> dict[str, int]:
    return {count.rule.code: count.rows for count in (*found.report.refused_rules, *found.report.repaired_rules)}


def test_addresses_come_in_written_alike(town: Workspace, tmp_path: Path) -> None:
    text = (
        HEAD
        + "Kerkstraat;12;3511 ab;Utrecht;136000,5;455000;canary\nPlein; 7a ;3511AC;Utrecht;136010;455010;canary\n"
    )
    found = read(town, tmp_path / "a.csv", text)
    assert found.frame.to_dict("records") == [
        {"street": "Kerkstraat", "house_number": "12", "postcode": "3511AB", "place_name": "Utrecht"}
        | {"x_m": 136000.5, "y_m": 455000.0},
        {"street": "Plein", "house_number": "7", "postcode": "3511AC", "place_name": "Utrecht"}
        | {"x_m": 136010.0, "y_m": 455010.0},
    ]
    assert [refusal.heading for refusal in found.report.refused_columns] == ["bewoner"]
    stored = store_addresses(town, found)
    assert b"canary" not in stored.read_bytes()
    assert list(read_addresses(town).columns) == ADDRESS.schema.names


def test_rows_that_are_no_address_are_refused(town: Workspace, tmp_path: Path) -> None:
    good = "".join(f"Kerkstraat;{n};3511AB;Utrecht;136000;455000;\n" for n in range(1, 5))
    bad = "Kerkstraat;;3511AB;Utrecht;136000;455000;\nKerkstraat;0;3511AB;Utrecht;136000;455000;\n"
    bad += ";3;;Utrecht;136000;455000;\nKerkstraat;9;35111;Utrecht;136000;455000;\nKerkstraat;8;3511AB;Utrecht;;;\n"
    found = read(town, tmp_path / "a.csv", HEAD + good + bad)
    assert codes(found) == {"no_house_number": 2, "no_street": 1, "no_place": 1, "bad_postcode": 1}
    assert len(found.frame) == 5
    with pytest.raises(TooManyRefused):
        store_addresses(town, found)
    with pytest.raises(WorkspaceError, match="geen adressen"):
        read_addresses(town)


def test_personal_data_in_a_street_or_place_does_not_come_in(town: Workspace, tmp_path: Path) -> None:
    good = "Kerkstraat;1;3511AB;Utrecht;136000;455000;\nLaan 1940-1945;2;3511AB;Utrecht;136000;455000;\n"
    good += "Polderweg 3e;3;3511AB;Utrecht;136000;455000;\n"  # a house number in the wrong column is no person
    streets = ("123456782", "canary@voorbeeld.nl", "dhr. Canary 06-12345678")
    bad = "".join(f"{street};9;3511AB;Utrecht;136000;455000;\n" for street in streets)
    bad += "Kerkstraat;9;3511AB;NL91ABNA0417164300;136000;455000;\n"
    found = read(town, tmp_path / "a.csv", HEAD + good + bad)
    assert codes(found) == {"personal_data": 4}
    assert found.frame["street"].tolist() == ["Kerkstraat", "Laan 1940-1945", "Polderweg 3e"]
    assert set(found.frame["place_name"]) == {"Utrecht"}


def test_additions_share_the_point_of_their_number(town: Workspace, tmp_path: Path) -> None:
    text = HEAD + "".join(f"Flat;12-{door};3511AB;Utrecht;136000;455000;\n" for door in "ABC")
    found = read(town, tmp_path / "a.csv", text)
    assert len(found.frame) == 1
    assert codes(found) == {"same_address": 2}


def test_a_map_file_with_addresses_gives_points(town: Workspace, tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {"openbare_ruimte": ["Kerkstraat"], "huisnummer": [12.0], "postcode": ["3511AB"]},
        geometry=[shapely.Point(X_M, Y_M)],
        crs=RD,
    )
    frame.to_crs("EPSG:4326").to_file(tmp_path / "a.gpkg", driver="GPKG")
    found = read(town, tmp_path / "a.gpkg")
    assert found.frame["house_number"].tolist() == ["12"]
    assert found.frame["x_m"].round(1).tolist() == [X_M]


def test_a_table_without_house_numbers_is_refused(town: Workspace, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="mist de kolom ‘huisnummer’"):
        read(town, tmp_path / "a.csv", "straat;postcode;x;y\nKerkstraat;3511AB;136000;455000\n")


def test_no_address_shows_when_the_table_is_printed(town: Workspace, tmp_path: Path) -> None:
    found = read(town, tmp_path / "a.csv", HEAD + "Canarystraat;12;3511AB;Utrecht;136000;455000;\n")
    assert repr(found) == "Addresses(1)"
    assert "Canary" not in repr(found.report.to_dict())
