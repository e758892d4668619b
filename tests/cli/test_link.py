# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely
from typer.testing import CliRunner

from link.conftest import areas_of, incidents_at, layer_of
from stip.agreements import install_shipped
from stip.cli.link import app
from stip.settings import FeatureSettings, LinkSettings, Settings, Town
from stip.store import Workspace, publish_batch, read_cells, write_areas, write_layer


@pytest.fixture
def town(tmp_path: Path) -> Workspace:
    features = (FeatureSettings(layer="lampen", measures=("count",), radius_m=100),)
    settings = Settings(town=Town(name="Proefstad", cell_m=100), link=LinkSettings(features=features))
    workspace = Workspace.create(tmp_path / "town", settings)
    install_shipped(workspace)
    write_areas(workspace, areas_of(2026))
    near = [(198.0, 50.0)] * 6 + [(50.0, 50.0)] * 6
    publish_batch(workspace, incidents_at(*near, area_code="BU02"), {"batch_id": "b1"})
    write_layer(workspace, layer_of("lampen", shapely.Point(10, 10)))
    return workspace


def test_it_says_in_dutch_what_was_tied_together(town: Workspace) -> None:
    result = CliRunner().invoke(app, ["--workspace", str(town.root)], env={"COLUMNS": "118"})
    assert result.exit_code == 0
    for line in (
        "Proefstad: 16 vakken van 100 meter, en 0 aan de rand.",
        "Woningen: onbekend",
        "Meldingen in buurten van 2026",
        "Vakken met lampen_count_100m",
        "Noord",
        "12 meldingen kregen een andere buurt dan eerst",
        "zijn bewaard",
    ):
        assert line in result.output
    assert len(read_cells(town)) == 16


def test_few_dwellings_are_told(town: Workspace) -> None:
    write_layer(town, layer_of("dwellings", *[shapely.Point(10, y) for y in range(1, 5)]))
    result = CliRunner().invoke(app, ["--workspace", str(town.root)], env={"COLUMNS": "118"})
    assert "Woningen: 4. Vakken met 1 tot 9 ervan: 1;" in result.output


def test_json_holds_the_whole_report_and_a_dry_run_writes_nothing(town: Workspace) -> None:
    result = CliRunner().invoke(app, ["--workspace", str(town.root), "--json", "--dry-run"])
    facts = json.loads(result.output)
    assert facts["cells"] == 16 and facts["dwellings"] is None and facts["written"] is False
    assert facts["recoded"] == 12
    whole = [row for row in facts["links"] if row["link"] == "incidents_areas" and row["area_code"] is None]
    assert [(row["matched"], row["ambiguous"], row["unmatched"]) for row in whole] == [(6, 6, 0)]
    assert not (town.data / "cells.parquet").exists()
