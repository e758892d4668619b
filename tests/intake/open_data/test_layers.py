# SPDX-License-Identifier: EUPL-1.2
"""Layers come in through their agreement, each thing accounted for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.map_files import RD, X_M, Y_M, agreement_text, areas_here, bow_tie, lamps, square, write_geojson
from stip.agreements import install_shipped
from stip.errors import AgreementError, ContractError, FileError, TooManyRefused
from stip.intake.open_data.layers import Layer, LayerChoice, read_layer_file, store_layer
from stip.settings import Settings, Town
from stip.store import LAYER_COLUMNS, Workspace, layer_names, read_layer

TODAY = date(2026, 11, 23)


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    install_shipped(workspace)
    return workspace


def declare(town: Workspace, columns: str, **facts: str) -> str:
    (town.agreements / "proef.toml").write_text(agreement_text("proef", "layer", columns, **facts))
    return "proef"


def read(town: Workspace, path: Path, *, source: str = "lagen", name: str = "lampposts", **choice: str) -> Layer:
    return read_layer_file(town, name, path, source=source, on=TODAY, choice=LayerChoice(**choice))


def save(folder: Path, **columns: list[Any]) -> Path:
    count = len(next(iter(columns.values()))) if columns else 6
    lamps(count, **columns).to_file(folder / "a.gpkg", driver="GPKG")
    return folder / "a.gpkg"


def codes(layer: Layer) -> dict[str, int]:
    return {count.rule.code: count.rows for count in (*layer.report.refused_rules, *layer.report.repaired_rules)}


def test_a_layer_keeps_its_contract_and_can_be_read_back(town: Workspace, tmp_path: Path) -> None:
    layer = read(town, save(tmp_path))
    store_layer(town, layer)
    back = read_layer(town, "lampposts")
    assert list(back.columns) == list(LAYER_COLUMNS)
    assert back.crs == RD
    assert back["feature_id"].tolist() == [f"L{n}" for n in range(6)]
    assert back["value"].tolist() == [float(n) for n in range(6)]
    assert set(back["category"]) == {"lichtmast"}
    assert set(back["source"]) == {"lagen"}
    assert layer.report.accepted == 6


def test_reading_the_same_file_again_changes_nothing(town: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path)
    for _ in range(2):
        store_layer(town, read(town, path))
    pd.testing.assert_frame_equal(
        pd.DataFrame(read_layer(town, "lampposts")), pd.DataFrame(read(town, path).frame), check_dtype=False
    )


def test_an_undeclared_column_is_named_and_never_comes_in(town: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path, bewoner=["canary-a"] * 6, opmerking=["canary-b"] * 6)
    layer = read(town, path)
    assert {refusal.heading for refusal in layer.report.refused_columns} == {"bewoner", "opmerking"}
    stored = store_layer(town, layer)
    assert b"canary" not in stored.read_bytes()
    assert "canary" not in repr(layer.report.to_dict()) + layer.frame.to_json()


def test_each_kind_of_thing_ends_in_one_place(town: Workspace, tmp_path: Path) -> None:
    frame = lamps(40)
    frame.loc[1, "geometry"] = None
    frame.loc[2, "geometry"] = shapely.Point(Y_M, X_M)
    frame.loc[3, "geometry"] = bow_tie(4)
    frame.loc[4, "id"] = "L0"
    frame.loc[5, "soort"] = "bel 06-12345678"
    frame.loc[6, "geometry"] = shapely.Point(900_000, Y_M)
    frame.to_file(tmp_path / "a.gpkg", driver="GPKG")
    layer = read(town, tmp_path / "a.gpkg")
    assert codes(layer) == {
        "no_place": 1,
        "swapped_axes": 1,
        "invalid_shape": 1,
        "twice": 1,
        "personal_category": 1,
        "outside": 1,
    }
    report = layer.report
    assert (report.rows, report.accepted, report.repaired, report.refused) == (40, 34, 2, 4)
    assert len(layer.frame) == 36
    with pytest.raises(TooManyRefused, match=r"4 van de 40 rijen geweigerd \(geen plek: 1"):
        store_layer(town, layer)
    assert layer_names(town) == []
    store_layer(town, layer, refused_limit=0.2)
    assert layer_names(town) == ["lampposts"]


CELLS = st.one_of(
    st.none(), st.text(max_size=6), st.integers(-99999, 99999), st.sampled_from(["L1", "geheim", "1,5"])
)
PLACES = st.one_of(
    st.none(),
    st.just([5.12, 52.09]),
    st.just([52.09, 5.12]),
    st.lists(st.floats(-200, 200, allow_nan=False), min_size=2, max_size=3),
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, PLACES), min_size=1, max_size=6))
def test_whatever_the_file_holds_each_row_is_accounted_for(
    town: Workspace, tmp_path: Path, features: list[tuple[Any, Any, Any]]
) -> None:
    rows = [({"soort": "lamp", "id": one, "waarde": other}, place) for one, other, place in features]
    layer = read(town, write_geojson(tmp_path / "a.geojson", rows))
    report = layer.report
    assert report.accepted + report.repaired + report.refused == report.rows == len(features)
    assert len(layer.frame) == report.accepted + report.repaired
    assert layer.frame["feature_id"].is_unique
    assert layer.frame.geometry.is_valid.all()


def test_figures_keep_no_special_value(town: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path, waarde=["12,5", "-99997", "geheim", "veel", None, "3"])
    layer = read(town, path)
    assert layer.frame["value"].fillna(-1).tolist() == [12.5, -1, -1, -1, -1, 3]
    assert codes(layer) == {"no_number": 1}
    assert "geheim of niet bekend zijn" in layer.report.notes[-1]


def test_days_are_read_as_people_write_them(town: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path, datum=["2024-03-01", "01-04-2024", "1997", "morgen", None, "2024-03-01T10:00:00Z"])
    days = read(town, path).frame["observed_on"]
    assert days.dt.strftime("%Y-%m-%d").fillna("").tolist() == [
        "2024-03-01",
        "2024-04-01",
        "1997-01-01",
        "",
        "",
        "2024-03-01",
    ]
    assert codes(read(town, path)) == {"no_date": 1}


def test_a_thing_without_a_number_gets_one(town: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path, id=["A", None, "", "06-12345678", "x" * 70, "B"])
    layer = read(town, path)
    assert layer.frame["feature_id"].tolist() == ["A", "rij2", "rij3", "rij4", "rij5", "B"]
    assert codes(layer) == {"personal_id": 2}


def test_no_name_behind_a_title_and_no_formula_is_a_number(town: Workspace, tmp_path: Path) -> None:
    ids = ["dhr. Zzjansen", "Mevrouw Q. Zzvries", "=1+1", "@SOM(A1)", "-7", "-2+3"]
    layer = read(town, save(tmp_path, id=ids))
    assert layer.frame["feature_id"].tolist() == ["rij1", "rij2", "rij3", "rij4", "-7", "rij6"]
    assert codes(layer) == {"personal_id": 2, "formula_id": 3}


def test_no_house_and_no_name_is_a_number_of_a_thing(town: Workspace, tmp_path: Path) -> None:
    ids = ["Hooidrift 12", "Jan Jansen", "way/123", "Mast 12", "12", "LM12b"]
    assert read(town, save(tmp_path, id=ids)).frame["feature_id"].tolist() == ["rij1", "rij2", *ids[2:]]


def test_whole_numbers_stay_whole(town: Workspace, tmp_path: Path) -> None:
    assert read(town, save(tmp_path, id=[7.0, 8.0])).frame["feature_id"].tolist() == ["7", "8"]


def test_of_an_owner_layer_no_name_comes_in(town: Workspace, tmp_path: Path) -> None:
    source = declare(town, 'geometry = { role = "geometry" }\neigenaar = { role = "category" }')
    path = save(
        tmp_path, eigenaar=["Gemeente X", "J. Canary", "Woningcorporatie Canary", None, "particulier", "VvE Canary"]
    )
    layer = read(town, path, source=source, name="owners")
    assert layer.frame["category"].fillna("").tolist() == [
        "gemeente",
        "onbekend",
        "corporatie",
        "",
        "particulier",
        "particulier",
    ]
    assert b"Canary" not in store_layer(town, layer).read_bytes()


@pytest.mark.parametrize("name", ["herkomst_bewoners", "moskeeen", "inkomen"])
def test_a_layer_about_origin_faith_or_means_is_refused(town: Workspace, tmp_path: Path, name: str) -> None:
    with pytest.raises(AgreementError, match=name):
        read(town, save(tmp_path), name=name)


def test_a_column_about_means_is_refused_unless_the_town_allows_it(town: Workspace, tmp_path: Path) -> None:
    source = declare(town, 'geometry = { role = "geometry" }\nwoz_waarde = { role = "value" }')
    path = save(tmp_path, woz_waarde=[300.0] * 6)
    with pytest.raises(AgreementError, match="inkomen, werk of opleiding"):
        read(town, path, source=source)
    allowed = town.settings.model_copy(
        update={"link": town.settings.link.model_copy(update={"allow_socio_economic": True})}
    )
    assert read(Workspace(town.root, allowed), path, source=source).frame["value"].tolist() == [300.0] * 6


@pytest.mark.parametrize("name", ["../buiten", "met spatie", "", "café"])
def test_a_layer_needs_a_plain_name(town: Workspace, tmp_path: Path, name: str) -> None:
    with pytest.raises(ContractError, match="geen naam van een laag"):
        read(town, save(tmp_path), name=name)


def test_a_column_can_be_chosen_out_of_the_declared_ones(town: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path, categorie=["ledlamp"] * 6)
    assert set(read(town, path).frame["category"]) == {"lichtmast"}
    layer = read(town, path, category_column="Categorie")
    assert set(layer.frame["category"]) == {"ledlamp"}
    assert {refusal.heading for refusal in layer.report.refused_columns} == {"soort"}


def test_a_column_cannot_be_chosen_past_the_agreement(town: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path, bewoner=["canary"] * 6)
    with pytest.raises(AgreementError, match="laat de kolom ‘bewoner’ niet toe als category"):
        read(town, path, category_column="bewoner")
    with pytest.raises(FileError, match="heeft geen kolom ‘type’"):
        read(town, path, category_column="type")


def test_a_file_without_a_place_is_refused(town: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id;soort\nA;lamp\n")
    with pytest.raises(FileError, match=r"a\.csv mist de kolom"):
        read(town, path)


@pytest.mark.parametrize(
    "text",
    [
        "id;soort;rd_x;rd_y\nA;lamp;136000,5;455000,5\nB;lamp;136010;455000\n",
        "id,soort,lat,lon\nA,lamp,52.083,5.121\nB,lamp,52.084,5.122\n",
        'id;soort;lat;lon\nA;lamp;"52,083";5.121\nB;lamp;52.084;5,122\n',
        "\ufeffid\tsoort\tlon\tlat\nA\tlamp\t52.083\t5.121\nB\tlamp\t52.084\t5.122\n",
    ],
    ids=["rd", "degrees", "mixed decimals", "swapped"],
)
def test_a_table_with_coordinates_becomes_points(town: Workspace, tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    layer = read(town, path)
    assert len(layer.frame) == 2
    assert layer.frame.geometry.x.between(135_000, 137_500).all()
    assert layer.frame.geometry.y.between(454_000, 456_500).all()


def test_ragged_and_placeless_rows_of_a_table_are_counted(town: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id;soort;rd_x;rd_y\nA;lamp;136000;455000\nB;lamp\nC;lamp;;\nD;lamp;0;0\nE;lamp;5;5\n")
    layer = read(town, path)
    assert layer.report.refused == 4
    assert sum(codes(layer).values()) == 4
    assert layer.report.accepted == 1
    assert next(c for c in layer.report.refused_rules if c.rule.code == "broken_row").first_rows == (3,)


def test_things_near_the_town_count_and_things_far_away_do_not(town: Workspace, tmp_path: Path) -> None:
    areas_here(town)
    frame = lamps(3)
    frame.loc[1, "geometry"] = shapely.Point(X_M - 3000, Y_M)
    frame.loc[2, "geometry"] = shapely.Point(X_M - 30_000, Y_M)
    frame.to_file(tmp_path / "a.gpkg", driver="GPKG")
    assert codes(read(town, tmp_path / "a.gpkg")) == {"outside": 1}


def test_the_agreement_must_hold_and_be_about_layers(town: Workspace, tmp_path: Path) -> None:
    path = save(tmp_path)
    with pytest.raises(AgreementError, match="Er is geen afspraak ‘niets’"):
        read(town, path, source="niets")
    with pytest.raises(AgreementError, match="gaat over meldingen, niet over een kaartlaag"):
        read(town, path, source="bvh")
    with pytest.raises(AgreementError, match="liep tot en met"):
        read_layer_file(town, "lampposts", path, source="lagen", on=date(2030, 1, 1))


def test_surfaces_and_lines_are_things_too(town: Workspace, tmp_path: Path) -> None:
    frame = lamps(3)
    frame.loc[1, "geometry"] = square(0)
    frame.loc[2, "geometry"] = shapely.LineString([(X_M, Y_M), (X_M + 50, Y_M)])
    frame.to_parquet(tmp_path / "a.parquet")
    assert set(read(town, tmp_path / "a.parquet").frame.geom_type) == {"Point", "Polygon", "LineString"}


REAL = [
    ("groningen/context/street_lights.parquet", 31_805, "EPSG:28992"),
    ("groningen/context/bus_stops.parquet", 543, "EPSG:28992"),
    ("groningen/context/horeca_osm.parquet", 621, "EPSG:28992"),
    ("groningen/raw/fietsenstallingen_cp1252_mixed_decimal.csv", 11, "EPSG:28992"),
    ("utrecht/raw/mastoverzicht_latin1_broken_utf8.geojson", 41, "EPSG:28992"),
    ("chicago/context/bike_racks.parquet", 5_164, "EPSG:26971"),
]


@pytest.mark.real
@pytest.mark.parametrize(("file", "rows", "crs"), REAL)
def test_real_layers_come_in_whole(town: Workspace, real_data: Path, file: str, rows: int, crs: str) -> None:
    there = Workspace(town.root, Settings(town=Town(name="Echt", crs=crs)))
    layer = read(there, real_data / file, name="layer")
    assert (layer.report.accepted, layer.report.refused) == (rows, 0)
    store_layer(there, layer)
    assert len(read_layer(there, "layer")) == rows


@pytest.mark.real
@pytest.mark.parametrize("file", ["the_hague/raw/2015_50325_delft.json", "the_hague/raw/areas_first12.txt"])
def test_a_real_file_that_is_no_layer_ends_in_a_sentence(town: Workspace, real_data: Path, file: str) -> None:
    with pytest.raises(FileError, match=r"(geen hele GeoJSON|mist de kolom)"):
        read(town, real_data / file)
