# SPDX-License-Identifier: EUPL-1.2
"""Areas of any year and any town come in, with their district and the year of their borders."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely

from intake.map_files import RD, X_M, Y_M, agreement_text, bow_tie, square
from stip.agreements import install_shipped, load_agreement
from stip.errors import AgreementError, FileError, TooManyRefused
from stip.intake.open_data.areas import AreasRead, DistrictNames, read_areas_file, store_areas
from stip.intake.tables.open_things import open_things
from stip.settings import Settings, Town
from stip.space import area_of_points
from stip.store import Workspace, area_years, read_areas

TODAY = date(2026, 11, 23)


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    install_shipped(workspace)
    return workspace


def write(path: Path, shapes: list[Any] | None = None, **columns: list[Any]) -> Path:
    count = len(next(iter(columns.values())))
    geometry = shapes or [square(n) for n in range(count)]
    gpd.GeoDataFrame(columns, geometry=geometry, crs=RD).to_file(path, driver="GPKG")
    return path


def read(town: Workspace, path: Path, *, year: int | None = 2026, **options: Any) -> AreasRead:
    return read_areas_file(town, path, on=TODAY, year=year, **options)


def codes(found: AreasRead) -> dict[str, int]:
    return {count.rule.code: count.rows for count in (*found.report.refused_rules, *found.report.repaired_rules)}


def rows(found: AreasRead, *names: str) -> list[tuple[Any, ...]]:
    return list(found.areas.frame[list(names)].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("code", "name", "district"),
    [("BU_CODE", "BU_NAAM", "WK_CODE"), ("buurtcode", "buurtnaam", "wijkcode"), ("statcode", "statnaam", "WK_CODE")],
)
def test_the_shapes_of_different_years_are_read(
    town: Workspace, tmp_path: Path, code: str, name: str, district: str
) -> None:
    columns = {code: ["BU03440112", "BU03440111"], name: ["Zuid", "Noord"], district: ["WK034401"] * 2}
    found = read(town, write(tmp_path / "a.gpkg", **columns))
    assert rows(found, "area_code", "name", "district_code", "area_year") == [
        ("BU03440111", "Noord", "WK034401", 2026),
        ("BU03440112", "Zuid", "WK034401", 2026),
    ]
    assert found.areas.frame.crs == RD


def test_areas_can_be_read_back_and_hold_points(town: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", BU_CODE=["BU03440111", "BU03440112"], BU_NAAM=["Noord", "Zuid"])
    store_areas(town, read(town, path))
    assert area_years(town) == [2026]
    areas = read_areas(town)
    found = area_of_points([X_M + 150], [Y_M + 50], areas)  # type: ignore[arg-type]
    assert found.tolist() == ["BU03440112"]


def test_two_years_stand_side_by_side(town: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", BU_CODE=["BU03440111"], BU_NAAM=["Noord"])
    for year in (2025, 2026):
        store_areas(town, read(town, path, year=year))
    assert area_years(town) == [2025, 2026]


def test_columns_about_residents_are_refused_and_named(town: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", BU_CODE=["BU03440111"], BU_NAAM=["Noord"], P_MAROKKO=[7], AANT_INW=[5])
    found = read(town, path)
    assert {refusal.heading: refusal.why for refusal in found.report.refused_columns} == {
        "P_MAROKKO": "herkomst wordt nooit gebruikt",
        "AANT_INW": "staat niet in de afspraak",
    }
    assert set(found.areas.frame.columns) == {
        "area_code",
        "name",
        "district_code",
        "district_name",
        "area_year",
        "geometry",
    }


def test_the_district_is_derived_from_a_code_of_statistics_netherlands(town: Workspace, tmp_path: Path) -> None:
    found = read(town, write(tmp_path / "a.gpkg", BU_CODE=["BU03440111", "BU03440902"], BU_NAAM=["a", "b"]))
    assert rows(found, "district_code", "district_name") == [("WK034401", "WK034401"), ("WK034409", "WK034409")]
    assert any("afgeleid" in note for note in found.report.notes)
    assert any("Wijken zonder naam: 2" in note for note in found.report.notes)


def test_names_of_districts_come_from_a_file_of_their_own(town: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", BU_CODE=["BU03440111"], BU_NAAM=["Noord"], WK_CODE=["WK034401"])
    other = write(tmp_path / "w.gpkg", WK_CODE=["WK034401", "WK034402"], WK_NAAM=["West", "Oost"])
    about = load_agreement(town, "cbs_buurten")
    found = read(town, path, districts=DistrictNames(open_things(other, about), about))
    assert rows(found, "district_name") == [("West",)]


def test_a_file_of_districts_without_names_is_refused(town: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", BU_CODE=["BU03440111"], BU_NAAM=["Noord"], WK_CODE=["WK034401"])
    about = load_agreement(town, "cbs_buurten")
    with pytest.raises(FileError, match="geen kolommen met code en naam van wijken"):
        read(town, path, districts=DistrictNames(open_things(write(tmp_path / "w.gpkg", x=[1]), about), about))


def own_agreement(town: Workspace) -> str:
    text = agreement_text("eigen", "areas", 'vak = { role = "area_code" }\ngeometry = { role = "geometry" }')
    (town.agreements / "eigen.toml").write_text(text)
    return "eigen"


def test_an_area_without_a_district_is_its_own(town: Workspace, tmp_path: Path) -> None:
    found = read(town, write(tmp_path / "a.gpkg", vak=["Loop", "Uptown"]), source=own_agreement(town))
    assert rows(found, "area_code", "name", "district_code", "district_name") == [
        ("Loop",) * 4,
        ("Uptown",) * 4,
    ]
    assert any("zijn eigen wijk" in note for note in found.report.notes)


def test_water_is_left_out_or_joined_to_its_land(town: Workspace, tmp_path: Path) -> None:
    found = read(
        town,
        write(
            tmp_path / "a.gpkg",
            BU_CODE=["BU03440111", "BU03440111", "BU03440112", "BU03440197"],
            BU_NAAM=["Noord", "Noord", "Zuid", "Plas"],
            WATER=["NEE", "JA", "NEE", "JA"],
        ),
    )
    assert rows(found, "area_code") == [("BU03440111",), ("BU03440112",)]
    assert found.areas.frame.geometry.area.tolist() == [20_000, 10_000]
    assert codes(found) == {"water": 1, "merged": 2}
    store_areas(town, found)  # water does not count for the limit


def test_of_a_country_only_the_town_is_kept(town: Workspace, tmp_path: Path) -> None:
    settings = Settings(town=Town(name="Proefstad", code="GM0344"))
    there = Workspace(town.root, settings)
    path = write(tmp_path / "a.gpkg", BU_CODE=["BU03440111", "BU00140000", "BU00140001"], BU_NAAM=["a", "b", "c"])
    found = read(there, path)
    assert rows(found, "area_code") == [("BU03440111",)]
    assert codes(found) == {"other_town": 2}
    store_areas(there, found)


def test_broken_rows_are_refused_and_borders_that_cross_are_mended(town: Workspace, tmp_path: Path) -> None:
    shapes = [bow_tie(0), square(2), shapely.Point(X_M, Y_M), None, square(5), square(6)]
    path = write(
        tmp_path / "a.gpkg",
        shapes,
        BU_CODE=["BU03440111", None, "BU03440113", "BU03440114", "BU03440115", "x" * 60],
        BU_NAAM=["a", "b", "c", "d", "bel 06-12345678", "f"],
    )
    found = read(town, path)
    assert codes(found) == {"invalid_shape": 1, "no_code": 2, "no_surface": 1, "no_place": 1, "personal_name": 1}
    assert found.report.rows == found.report.repaired + found.report.refused == 6
    with pytest.raises(TooManyRefused):
        store_areas(town, found)
    assert area_years(town) == []


def test_the_year_comes_from_the_file_or_the_person(town: Workspace, tmp_path: Path) -> None:
    told = write(tmp_path / "a.gpkg", BU_CODE=["BU03440111"], BU_NAAM=["a"], jrstatcode=["2023BU03440111"])
    untold = write(tmp_path / "b.gpkg", BU_CODE=["BU03440111"], BU_NAAM=["a"])
    assert read(town, told, year=None).areas.year == 2023
    with pytest.raises(FileError, match="Van welk jaar"):
        read(town, untold, year=None)
    with pytest.raises(FileError, match="van 2023 zijn, niet van 2026"):
        read(town, told, year=2026)
    with pytest.raises(FileError, match="geen jaar"):
        read(town, untold, year=26)


def test_borders_of_two_years_do_not_mix(town: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", BU_CODE=["BU03440111", "BU03440112"], BU_NAAM=["a", "b"], jaar=[2024, 2025])
    with pytest.raises(FileError, match="van 2024 tot 2025"):
        read(town, path, year=None)


def test_nothing_left_stores_nothing(town: Workspace, tmp_path: Path) -> None:
    found = read(town, write(tmp_path / "a.gpkg", [None], BU_CODE=["BU03440111"], BU_NAAM=["a"]))
    with pytest.raises(TooManyRefused):
        store_areas(town, found, refused_limit=1)


def test_an_agreement_about_layers_is_not_about_areas(town: Workspace, tmp_path: Path) -> None:
    with pytest.raises(AgreementError, match="gaat over een kaartlaag, niet over gebieden"):
        read(town, write(tmp_path / "a.gpkg", id=["a"]), source="lagen")


@pytest.mark.real
def test_real_neighbourhoods_of_groningen(town: Workspace, real_data: Path) -> None:
    about = load_agreement(town, "cbs_buurten")
    context = real_data / "groningen" / "context"
    names = DistrictNames(open_things(context / "cbs_wijk_2017.parquet", about), about)
    found = read(town, context / "cbs_buurt_2017.parquet", year=2017, districts=names)
    assert (len(found.areas.frame), found.report.accepted) == (108, 108)
    assert found.areas.district_names()["WK001400"] == "Centrum"
    assert len(found.report.refused_columns) == 35


@pytest.mark.real
def test_real_areas_of_utrecht_have_their_districts(town: Workspace, real_data: Path) -> None:
    columns = 'KODE = { role = "area_code" }\nNAAM = { role = "area_name" }\ngeometry = { role = "geometry" }'
    district = 'WIJKKODE = { role = "district_code" }\n'
    (town.agreements / "subwijk.toml").write_text(agreement_text("subwijk", "areas", district + columns))
    (town.agreements / "wijk.toml").write_text(agreement_text("wijk", "areas", columns))
    about = load_agreement(town, "wijk")
    names = DistrictNames(open_things(real_data / "utrecht" / "context" / "wijk.parquet", about), about)
    path = real_data / "utrecht" / "context" / "subwijk_buurt.parquet"
    found = read(town, path, year=2015, source="subwijk", districts=names)
    assert len(found.areas.frame) == 111
    assert found.areas.district_names()["01"] == "WEST"
    assert len(found.areas.district_names()) == 10


@pytest.mark.real
@pytest.mark.parametrize(
    ("file", "column", "areas", "expected"),
    [
        ("neighborhoods", "name", 98, {"invalid_shape": 4}),
        ("police_districts", "District", 23, {"merged": 3}),
    ],
)
def test_real_areas_of_chicago(
    town: Workspace, real_data: Path, file: str, column: str, areas: int, expected: dict[str, int]
) -> None:
    text = agreement_text("wijk", "areas", f'{column} = {{ role = "area_code" }}\ngeometry = {{ role = "geometry" }}')
    (town.agreements / "wijk.toml").write_text(text)
    there = Workspace(town.root, Settings(town=Town(name="Chicago", crs="EPSG:26971")))
    found = read(there, real_data / "chicago" / "context" / f"{file}.parquet", year=2018, source="wijk")
    assert len(found.areas.frame) == areas
    assert codes(found) == expected
    assert found.areas.frame.geometry.is_valid.all()
    store_areas(there, found)
