# SPDX-License-Identifier: EUPL-1.2
"""Real files with their faults, read under test agreements; every row is accounted for."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from intake.incident_files import without_end
from leftovers import found_in
from stip.agreements import install_shipped
from stip.errors import FileError, TooManyRefused
from stip.intake import IntakeReport, read_incident_file
from stip.settings import CrimeType, OutlookSettings, Reporting, Settings, Town
from stip.store import Workspace, read_incidents

pytestmark = pytest.mark.real

AGREEMENTS = Path(__file__).parent / "agreements"
RECEIVED = datetime(2026, 11, 23, tzinfo=UTC)
CHICAGO = {
    "home_burglary": CrimeType(label="Woninginbraak", codes=("burglary_residential", "0610", "0620", "0630")),
    "theft_from_vehicle": CrimeType(label="Auto-inbraak"),
    "cycle_theft": CrimeType(
        label="Diefstal van fiets of scooter", reporting=Reporting.CITIZEN, codes=("0917", "0920")
    ),
    "vandalism": CrimeType(label="Vernieling", codes=("1310", "1320")),
}
PORTLAND = {
    "burglary": CrimeType(label="Inbraak", reporting=Reporting.CITIZEN),
    "vehicle_theft": CrimeType(label="Autodiefstal", reporting=Reporting.CITIZEN, codes=("MOTOR VEHICLE THEFT",)),
    "street_crime": CrimeType(label="Straat", reporting=Reporting.CITIZEN, codes=("STREET CRIMES",)),
    "other_call": CrimeType(label="Overige meldingen", reporting=Reporting.CITIZEN, codes=("OTHER",)),
}


@pytest.fixture
def towns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Workspace]]:
    """Give a workspace for each city."""
    monkeypatch.setenv("STIP_KEYS", str(tmp_path / "keys"))
    made = {}
    for name, crs, zone, types in (
        ("groningen", "EPSG:28992", "Europe/Amsterdam", None),
        ("chicago", "EPSG:26971", "America/Chicago", CHICAGO),
        ("portland", "EPSG:2838", "America/Los_Angeles", PORTLAND),
    ):
        town = Town(name=name, crs=crs, time_zone=zone)
        settings = Settings(town=town)
        if types:
            settings = Settings(town=town, crime_types=types, outlook=OutlookSettings(targets=(next(iter(types)),)))
        made[name] = Workspace.create(tmp_path / name, settings)
        install_shipped(made[name])
        without_end(made[name])
        for file in AGREEMENTS.glob("*.toml"):
            shutil.copy(file, made[name].agreements)
    yield made


def read(workspace: Workspace, path: Path, source: str, *, accept_refused: bool = False) -> IntakeReport:
    report = read_incident_file(workspace, path, source, received_at=RECEIVED, accept_refused=accept_refused)
    assert report.accepted + report.repaired + report.refused == report.rows
    assert len(read_incidents(workspace)) == report.accepted + report.repaired
    return report


def rules(report: IntakeReport) -> dict[str, int]:
    return {count.rule.code: count.rows for count in (*report.refused_rules, *report.repaired_rules)}


def test_the_bvh_export(towns: dict[str, Workspace], real_data: Path) -> None:
    path = real_data / "groningen" / "raw" / "bvh_export_2000_masked_semicolon_cp1252.csv"
    report = read(towns["groningen"], path, "bvh")
    assert (report.rows, report.accepted, report.repaired, report.refused) == (2000, 1941, 59, 0)
    assert rules(report) == {"window_cut": 39, "reported_before_end": 17, "reported_before_begin": 3}
    assert report.period == (date(2013, 1, 1), date(2017, 9, 20))
    named = {column.heading for column in report.refused_columns}
    assert {"Verdachten", "Aanhoudingen", "Pleeghuisnummer met toev.", "Project(en)", "Object"} <= named
    assert len(named) == 26
    values = ("Dierenriemstraat", "PL0100_BVH_X", "Korrewegbuurt", "Studenten Gerelateerd")
    # The agreements that were put in the workspace name no values, and need no exception.
    assert found_in(towns["groningen"].root, re.compile("|".join(map(re.escape, values)))) == []
    assert found_in(path.parent, re.compile(values[0])) != []


def test_five_years_of_bicycle_thefts(towns: dict[str, Workspace], real_data: Path) -> None:
    report = read(towns["groningen"], real_data / "groningen" / "incidents.parquet", "groningen_bicycles")
    assert (report.rows, report.accepted, report.repaired) == (15_947, 15_427, 520)
    assert rules(report) == {
        "window_cut": 353,
        "reported_before_end": 136,
        "reported_before_begin": 27,
        "clock_twice": 4,
    }


@pytest.mark.slow
def test_nine_years_of_chicago(towns: dict[str, Workspace], real_data: Path) -> None:
    folder = real_data / "chicago"
    first = read_incident_file(
        towns["chicago"], folder / "incidents_2010_2013_no_other_theft.parquet", "chicago", received_at=RECEIVED
    )
    second = read_incident_file(
        towns["chicago"], folder / "incidents_2014_2018.parquet", "chicago", received_at=RECEIVED
    )
    assert (first.rows, first.accepted, first.repaired, first.refused) == (368_936, 233_395, 62, 135_479)
    assert (second.rows, second.accepted, second.repaired, second.refused) == (612_067, 204_000, 50, 408_017)


def test_a_day_of_chicago_as_the_city_gives_it(towns: dict[str, Workspace], real_data: Path) -> None:
    path = real_data / "chicago" / "raw" / "chicago_crimes_2018_10_raw_2000.csv"
    report = read(towns["chicago"], path, "chicago_raw")
    assert (report.rows, report.accepted) == (2000, 278)
    assert rules(report) == {"other_type": 1721, "no_place": 1}
    assert report.period == (date(2018, 10, 1), date(2018, 10, 3))


def test_the_same_day_without_a_declared_order_of_dates(towns: dict[str, Workspace], real_data: Path) -> None:
    declared = towns["chicago"].agreements / "chicago_raw.toml"
    declared.write_text(declared.read_text().replace(', date_format = "%m/%d/%Y %I:%M:%S %p"', ""))
    path = real_data / "chicago" / "raw" / "chicago_crimes_2018_10_raw_2000.csv"
    with pytest.raises(FileError, match="twee manieren te lezen.*‘Date’"):
        read(towns["chicago"], path, "chicago_raw")


def test_the_bad_rows_of_chicago(towns: dict[str, Workspace], real_data: Path) -> None:
    path = real_data / "chicago" / "raw" / "chicago_crimes_bad_rows_2000.csv"
    with pytest.raises(TooManyRefused, match=r"107 van 136 .*geen plek ingevuld \(96\)"):
        read(towns["chicago"], path, "chicago_raw")
    report = read(towns["chicago"], path, "chicago_raw", accept_refused=True)
    assert (report.rows, report.accepted, report.refused) == (2001, 29, 1972)
    assert rules(report) == {"other_type": 1865, "no_place": 96, "at_origin": 11}


@pytest.mark.parametrize(
    ("file", "source", "rows", "refused"),
    [
        ("incidents_all_categories_2016_08_09.parquet", "portland", 37_819, 1),
        ("incidents_burglary_mvt_2012_2017.parquet", "portland", 15_206, 0),
        ("incidents_street_crime_2012_TRUNCATED.parquet", "portland", 33_378, 0),
        ("raw/NIJ2016_AUG01_AUG31_first2000.csv", "portland_raw", 2000, 0),
        ("raw/crimes_all_20170209_truncated_tail.csv", "portland_raw", 1500, 1),
    ],
)
def test_portland_in_feet_and_whole_days(
    towns: dict[str, Workspace], real_data: Path, file: str, source: str, rows: int, refused: int
) -> None:
    report = read(towns["portland"], real_data / "portland_nij" / file, source)
    assert (report.rows, report.refused) == (rows, refused)
    assert any("alleen dagen" in fact for fact in report.facts)
    if "truncated_tail" in file:
        assert rules(report) == {"ragged": 1}


@pytest.mark.parametrize(
    ("file", "source", "words"),
    [
        ("groningen/raw/fietsenstallingen_cp1252_mixed_decimal.csv", "stallingen", "ontbreekt ‘Datum’"),
        ("the_hague/raw/areas_first12.txt", "bvh", "geen enkele kolom"),
        ("the_hague/raw/2015_50325_delft.json", "bvh", "geen heel GeoJSON"),
        ("utrecht/raw/mastoverzicht_latin1_broken_utf8.geojson", "bvh", "geen enkele kolom"),
    ],
)
def test_what_holds_no_incidents_stops_with_a_sentence(
    towns: dict[str, Workspace], real_data: Path, file: str, source: str, words: str
) -> None:
    with pytest.raises(FileError, match=words):
        read(towns["groningen"], real_data / file, source)


def test_the_mixed_decimals_go_in_once_there_is_a_date(
    towns: dict[str, Workspace], real_data: Path, tmp_path: Path
) -> None:
    original = real_data / "groningen" / "raw" / "fietsenstallingen_cp1252_mixed_decimal.csv"
    head, *lines = original.read_bytes().splitlines()
    dated = [head + b";Datum", *(line + b";13-09-2017 10:00" for line in lines)]
    dated[3] = dated[3].replace(b"53,2190643", b"53.2190643")
    path = tmp_path / "dated.csv"
    path.write_bytes(b"\r\n".join(dated))
    report = read(towns["groningen"], path, "stallingen")
    assert (report.rows, report.accepted, rules(report)) == (11, 10, {"decimal_mixed": 1})
    assert "Tekens: Windows (cp1252)." in report.facts
    assert "Plek: lengte- en breedtegraad (WGS84)." in report.facts
