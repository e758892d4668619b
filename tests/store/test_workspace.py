# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import threading
from pathlib import Path

import pytest

from stip.errors import SettingsError, WorkspaceBusy, WorkspaceError
from stip.settings import Settings, Town
from stip.store import Workspace

TOWN = Settings(town=Town(name="Proefstad", crs="EPSG:26971", cell_m=150, origin_x_m=10))


def test_a_new_workspace_opens_as_it_was_made(tmp_path: Path) -> None:
    made = Workspace.create(tmp_path / "a" / "town", TOWN)
    opened = Workspace.open(str(tmp_path / "a" / "town"))
    assert opened == made
    assert opened.settings == TOWN
    assert opened.grid.grid_id == "EPSG:26971/150m/10,0"
    assert sorted(path.name for path in opened.root.iterdir()) == [
        "agreements",
        "data",
        "decisions",
        "published",
        "runs",
        "stip.toml",
    ]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mijn werk")
    for folder in (tmp_path, tmp_path / "note.txt"):
        with pytest.raises(WorkspaceError, match="is niet leeg"):
            Workspace.create(folder, TOWN)
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


def test_a_folder_without_settings_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="is geen werkmap.*stip init"):
        Workspace.open(tmp_path)
    (tmp_path / "stip.toml").write_text("[town]\nnaam = 'X'\n")
    with pytest.raises(SettingsError, match="town.name"):
        Workspace.open(tmp_path)


def test_a_town_in_degrees_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="EPSG:4326"):
        Workspace.create(tmp_path / "town", Settings(town=Town(name="X", crs="EPSG:4326")))
    assert list(tmp_path.iterdir()) == []
    town = Workspace.create(tmp_path / "town", TOWN)
    text = (town.root / "stip.toml").read_text()
    (town.root / "stip.toml").write_text(text.replace("EPSG:26971", "EPSG:2230"))
    with pytest.raises(SettingsError, match="EPSG:2230"):
        Workspace.open(town.root)


def test_holding_nests_with_any_waiting_time(workspace: Workspace) -> None:
    with (
        workspace.writing(),
        workspace.writing(wait_seconds=0),
        Workspace.open(workspace.root).writing(wait_seconds=1),
    ):
        pass
    with workspace.writing(wait_seconds=0):
        pass


def test_a_failure_lets_go(workspace: Workspace) -> None:
    with pytest.raises(ZeroDivisionError), workspace.writing():
        _ = 1 / 0
    assert attempt_in_another_thread(workspace) == "held"


def test_two_threads_keep_each_other_out(workspace: Workspace) -> None:
    with workspace.writing():
        assert attempt_in_another_thread(workspace) == "busy"
    assert attempt_in_another_thread(workspace) == "held"


def attempt_in_another_thread(workspace: Workspace) -> str:
    answer: list[str] = []

    def attempt() -> None:
        try:
            with workspace.writing(wait_seconds=0.05):
                answer.append("held")
        except WorkspaceBusy:
            answer.append("busy")

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join(10)
    return answer[0]


def test_a_folder_that_is_gone_ends_in_a_sentence(workspace: Workspace) -> None:
    moved = workspace.root.with_name("elsewhere")
    workspace.root.rename(moved)
    workspace.root.touch()
    with pytest.raises(WorkspaceError, match="mag niet worden geschreven"), workspace.writing():
        pass
