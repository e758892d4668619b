# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from stip.store import (
    Workspace,
    examine,
    freeze_run,
    publish_batch,
    record,
    write_areas,
    write_cells,
    write_layer,
)
from stip.store import doctor as doctor_module
from store import made


@pytest.fixture
def lived_in(workspace: Workspace) -> Workspace:
    publish_batch(workspace, made.incidents("b1", rows=500), made.manifest("b1"))
    publish_batch(workspace, made.incidents("b2", first=500), made.manifest("b2"))
    tables = {"outlook": made.result()}
    freeze_run(workspace, kind="outlook", week="2026-W37", settings={}, inputs={}, tables=tables)
    first = record(workspace, "pause", made.pause(), at=made.MONDAY.to_pydatetime())[0]
    record(workspace, "pause", made.pause("toch niet").assign(supersedes=first), at=made.MONDAY.to_pydatetime())
    write_layer(workspace, made.layer())
    write_areas(workspace, made.areas())
    write_cells(workspace, made.cells())
    (workspace.agreements / "bvh.toml").write_text("source = 'bvh'")
    return workspace


def complaints(workspace: Workspace, *, sweep: bool = False) -> list[str]:
    return [finding.what for finding in examine(workspace, sweep=sweep) if not finding.good]


def flip(path: Path, share: float = 0.3) -> None:
    content = bytearray(path.read_bytes())
    content[int(len(content) * share)] ^= 1
    path.write_bytes(content)


def first_file(folder: Path) -> Path:
    return sorted(folder.iterdir())[0]


def test_a_whole_workspace_has_nothing_wrong(lived_in: Workspace) -> None:
    assert complaints(lived_in) == []
    said = [finding.what for finding in examine(lived_in)]
    assert "2 leveringen zijn heel." in said
    assert "1 vastgezette uitkomsten zijn onveranderd." in said
    assert "2 besluiten zijn gelezen." in said
    assert "8 tabellen zijn leesbaar." in said
    assert any(line.startswith("Er is nog ") for line in said)


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "folder": (lambda root: shutil.rmtree(root / "published"), "De map published/ ontbreekt"),
    "layer": (
        lambda root: flip(root / "data/layers/lampposts.parquet", 0.02),
        "data/layers/lampposts.parquet is niet",
    ),
    "cut": (lambda root: (root / "data/areas/2026.parquet").write_bytes(b"PAR1"), "data/areas/2026.parquet is niet"),
    "incident": (lambda root: flip(root / "data/incidents/b1/incidents.parquet"), "Levering b1: "),
    "rows": (lambda root: (root / "data/incidents/b1/incidents.parquet").unlink(), "Levering b1: "),
    "manifest": (lambda root: (root / "data/incidents/b1/batch.json").unlink(), "Levering b1 heeft geen batch.json"),
    "json": (lambda root: (root / "data/incidents/b1/batch.json").write_text("{"), "b1/batch.json is niet te lezen"),
    "renamed": (
        lambda root: (root / "data/incidents/b1").rename(root / "data/incidents/b9"),
        "Levering b9 noemt zichzelf anders",
    ),
    "twice": (
        lambda root: shutil.copytree(root / "data/incidents/b2", root / "data/incidents/b3"),
        "5 meldingen staan in twee leveringen",
    ),
    "run": (lambda root: flip(next(root.glob("runs/*/*/*/outlook.parquet")), 0.05), "is veranderd nadat het was"),
    "run.json": (lambda root: next(root.glob("runs/*/*/*/run.json")).write_text("{"), "is niet te lezen. Zet haar"),
    "no run.json": (lambda root: next(root.glob("runs/*/*/*/run.json")).unlink(), "is niet te lezen. Zet haar"),
    "decision": (lambda root: first_file(root / "decisions/pause").write_bytes(b"x"), "Besluiten: decisions/pause/"),
    "lost": (lambda root: superseded(root).unlink(), "Bij pause ontbreken 1 besluiten"),
    "agreement": (lambda root: (root / "agreements/bvh.toml").write_text("source ="), "Afspraak bvh.toml is geen"),
    "half": (lambda root: (root / "data/.half-1").mkdir(), "1 halve bestanden. Ruim op met ‘stip doctor --sweep’"),
}


def superseded(root: Path) -> Path:
    import pyarrow.parquet as pq

    files = sorted((root / "decisions/pause").iterdir())
    return next(file for file in files if pq.read_table(file)["supersedes"][0].as_py() is None)


@pytest.mark.parametrize("kind", DAMAGE)
def test_each_kind_of_damage_is_found_and_named(lived_in: Workspace, kind: str) -> None:
    harm, sentence = DAMAGE[kind]
    harm(lived_in.root)
    found = complaints(lived_in)
    assert any(sentence in what for what in found), found


def test_cells_of_another_grid_are_found(lived_in: Workspace) -> None:
    write_cells(lived_in, made.cells("EPSG:28992/250m/0,0"))
    assert ["De vakken horen bij raster EPSG:28992/250m/0,0" in what for what in complaints(lived_in)] == [True]


def test_a_nearly_full_disk_is_said(lived_in: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 4 * 10**8))
    assert complaints(lived_in) == ["Er is nog 0,4 GB vrij. Maak ruimte op de schijf."]


def test_sweep_removes_halves_and_nothing_else(lived_in: Workspace) -> None:
    before = {path for path in lived_in.root.rglob("*") if path.name != ".lock"}
    folder = lived_in.data / "incidents" / ".half-abc"
    folder.mkdir()
    (folder / ".half-inside.parquet").write_bytes(b"PAR1")
    (lived_in.root / "decisions" / "pause" / ".half-def.parquet").write_bytes(b"PAR1")
    assert complaints(lived_in) == ["2 halve bestanden. Ruim op met ‘stip doctor --sweep’."]
    assert "2 halve bestanden opgeruimd." in [finding.what for finding in examine(lived_in, sweep=True)]
    assert {path for path in lived_in.root.rglob("*") if path.name != ".lock"} == before
    assert complaints(lived_in, sweep=True) == []


def test_the_answer_can_be_given_as_json(lived_in: Workspace) -> None:
    assert json.dumps([vars(finding) for finding in examine(lived_in)])


def test_who_may_only_read_still_hears_what_is_wrong(lived_in: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    (lived_in.data / ".half-x").touch()
    monkeypatch.setattr(Workspace, "writing", made.closed)
    found = complaints(lived_in, sweep=True)
    assert found == ["Hier mag niet worden geschreven.", "1 halve bestanden. Ruim op met ‘stip doctor --sweep’."]
    assert (lived_in.data / ".half-x").exists()


def test_a_folder_that_may_not_be_written_is_named(lived_in: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_module.os, "access", lambda path, mode: Path(path).name != "runs")
    assert complaints(lived_in) == ["In de map runs/ mag niet worden geschreven. Vraag de beheerder om toegang."]
