# SPDX-License-Identifier: EUPL-1.2
"""What somebody at the desk sees when open data comes in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from typer.testing import CliRunner

from intake.local_service import LocalService, Query, Reply, local_service
from intake.map_files import RD, lamps, square
from stip.agreements import install_shipped
from stip.cli.intake import app
from stip.errors import AgreementError, ServiceError, TooManyRefused
from stip.store import Workspace, area_years, layer_names, read_addresses, read_counts


@pytest.fixture
def town(workspace: Workspace) -> Workspace:
    """Make a workspace whose agreements hold whenever the tests run."""
    install_shipped(workspace)
    for file in workspace.agreements.glob("*.toml"):
        text = re.sub(r"valid_from = .*", "valid_from = 2000-01-01", file.read_text(encoding="utf-8"))
        text = re.sub(r"valid_until = .*", "valid_until = 2199-12-31", text)
        file.write_text(text, encoding="utf-8")
    return workspace


def run(town: Workspace, command: str, *words: str | Path) -> Any:
    asked = [command, "--workspace", str(town.root), *(str(word) for word in words)]
    return CliRunner().invoke(app, asked, env={"COLUMNS": "118"})


def answer(town: Workspace, command: str, *words: str | Path) -> str:
    result = run(town, command, *words)
    assert result.exit_code == 0, result.exception
    return str(result.stdout)


@pytest.fixture
def lamp_file(tmp_path: Path) -> Path:
    lamps(40).assign(bewoner="canary").to_file(tmp_path / "lampen.gpkg", driver="GPKG")
    return tmp_path / "lampen.gpkg"


def test_a_layer_is_told_in_a_few_lines(town: Workspace, lamp_file: Path) -> None:
    said = answer(town, "layer", "lampposts", lamp_file, "--agreement", "lagen")
    assert "De laag lampposts: 40 van de 40 rijen. Dit is opgeslagen." in said
    assert "goed 40, hersteld 0, geweigerd 0" in said
    assert re.search(r"bewoner +staat niet in de afspraak", said)
    assert "canary" not in said
    assert layer_names(town) == ["lampposts"]


def test_a_dry_run_writes_nothing(town: Workspace, lamp_file: Path) -> None:
    said = answer(town, "layer", "lampposts", lamp_file, "-a", "lagen", "--dry-run")
    assert "zou worden opgeslagen; er is niets geschreven" in said
    assert layer_names(town) == []


def test_every_report_comes_as_json_too(town: Workspace, lamp_file: Path) -> None:
    told = json.loads(answer(town, "layer", "lampposts", lamp_file, "-a", "lagen", "--json"))
    assert (told["rows"], told["accepted"], told["stopped"]) == (40, 40, False)
    assert told["refused_columns"] == [{"heading": "bewoner", "why": "staat niet in de afspraak"}]


def test_a_layer_that_an_agreement_names_needs_no_more_words(town: Workspace, lamp_file: Path) -> None:
    assert "40 van de 40 rijen. Dit is opgeslagen." in answer(town, "layer", "lampposts", lamp_file)
    assert layer_names(town) == ["lampposts"]


def test_a_layer_without_an_agreement_gets_an_offer_and_a_draft(town: Workspace, lamp_file: Path) -> None:
    refusal = run(town, "layer", "banken", lamp_file).exception
    assert isinstance(refusal, AgreementError)
    assert "bag, bgt, lagen" in str(refusal)
    draft = answer(town, "layer", "banken", lamp_file, "--draft")
    assert 'bewoner = "nog niet bekeken"' in draft
    assert all(len(line) < 10 or line[0] in "#[sktplvrcdbiw" for line in draft.splitlines())
    assert layer_names(town) == []


@pytest.mark.parametrize("how", [(), ("--dry-run",)])
def test_too_many_refused_rows_show_what_was_found_and_stop(
    town: Workspace, tmp_path: Path, how: tuple[str, ...]
) -> None:
    frame = lamps(10)
    frame.loc[:4, "geometry"] = None
    frame.to_file(tmp_path / "a.gpkg", driver="GPKG")
    result = run(town, "layer", "lampposts", tmp_path / "a.gpkg", "-a", "lagen", *how)
    assert isinstance(result.exception, TooManyRefused)
    assert "niet opgeslagen" in result.stdout
    assert re.search(r"geen plek +5 +1, 2, 3, 4, 5", result.stdout)
    assert layer_names(town) == []
    told = answer(town, "layer", "lampposts", tmp_path / "a.gpkg", "-a", "lagen", "--accept-refused")
    assert "5 van de 10 rijen. Dit is opgeslagen." in told


def test_areas_and_the_names_of_their_districts(town: Workspace, tmp_path: Path) -> None:
    codes = ["BU03440111", "BU03440112"]
    shapes = [square(0), square(1)]
    gpd.GeoDataFrame({"BU_CODE": codes, "BU_NAAM": ["a", "b"]}, geometry=shapes, crs=RD).to_file(tmp_path / "a.gpkg")
    gpd.GeoDataFrame({"WK_CODE": ["WK034401"], "WK_NAAM": ["West"]}, geometry=shapes[:1], crs=RD).to_file(
        tmp_path / "w.gpkg"
    )
    said = answer(town, "areas", tmp_path / "a.gpkg", "--year", "2026", "--districts", tmp_path / "w.gpkg")
    assert "Gebieden: 2; wijken: 1; grenzen van 2026." in said
    assert area_years(town) == [2026]


def test_addresses(town: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("straat;huisnummer;postcode;plaats;x;y\nKerkstraat;12;3511AB;Utrecht;136000;455000\n")
    assert "Adressen in de tabel: 1." in answer(town, "addresses", path)
    assert len(read_addresses(town)) == 1


@pytest.fixture
def service() -> Iterator[LocalService]:
    with local_service() as started:
        yield started


@pytest.mark.enable_socket
def test_counts_of_a_service(town: Workspace, service: LocalService) -> None:
    row = {
        "ID": 1,
        "SoortMisdrijf": "1.1.1 ",
        "WijkenEnBuurten": "BU03440111",
        "Perioden": "2026MM01",
        "GeregistreerdeMisdrijven_1": None,
    }
    service.say(Reply.of({"value": [row]}))
    said = answer(town, "odata", f"{service.url}/47022NED/TypedDataSet", "--gemeente", "GM0344", "--allow-private")
    assert "De aantallen van GM0344: 1 van de 1 rijen." in said
    assert "Dat is iets anders dan nul." in said
    assert read_counts(town, "cbs_misdrijven")["period"].tolist() == ["2026-01"]


@pytest.mark.enable_socket
def test_a_private_service_is_asked_only_when_told(town: Workspace, service: LocalService) -> None:
    refusal = run(town, "odata", service.url, "--gemeente", "GM0344").exception
    assert isinstance(refusal, ServiceError)
    assert "besloten netwerk" in str(refusal)
    assert service.asked == []


@pytest.mark.enable_socket
def test_areas_and_layers_of_a_service(town: Workspace, service: LocalService) -> None:
    def items(path: str, query: Query) -> Reply:
        names = ("BU_CODE", "BU_NAAM", "WK_NAAM") if "buurten" in path else ("lokaal_id", "plus_type", "bronhouder")
        shapes = [square(n) if "buurten" in path else square(n).centroid for n in range(2)]
        values = ["BU03440111", "BU03440112"]
        features = [
            {
                "type": "Feature",
                "properties": dict.fromkeys(names, values[n]),
                "geometry": shapes[n].__geo_interface__,
            }
            for n in range(2)
        ]
        headers = {"Content-Crs": "<http://www.opengis.net/def/crs/EPSG/0/28992>"}
        return Reply.of({"features": features}, headers=headers)

    service.answer = items
    asked = ("--gemeente", "GM0344", "--allow-private")
    said = answer(town, "ogc", service.url, "--collection", "buurten", "--as", "areas", "--year", "2026", *asked)
    assert "De gebieden: 2 van de 2 rijen. Dit is opgeslagen." in said
    said = answer(
        town, "ogc", service.url, "--collection", "paal", "--as", "lampposts", "-a", "bgt", "--allow-private"
    )
    assert "Rijen van de dienst: 2; bladzijden: 1." in said
    assert layer_names(town) == ["lampposts"]
    assert "bbox" in service.asked[-1][1]


def test_every_command_has_dutch_help(town: Workspace) -> None:
    for command in ("layer", "areas", "addresses", "odata", "ogc"):
        said = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"}).stdout
        assert "--dry-run" in said
        assert "--json" in said
        assert re.search(r"(Lees|Haal) ", said)
