# SPDX-License-Identifier: EUPL-1.2
"""The off switch works on a full disk: a reserve is kept for it."""

from __future__ import annotations

import errno
import os
import shutil
from datetime import UTC, datetime
from functools import partialmethod
from pathlib import Path

import pytest
from filelock import FileLock

from stip.agreements import check_not_paused, is_paused, publish_pauses, record_pause
from stip.errors import OnHold, WorkspaceBusy, WorkspaceError
from stip.publish import published_pauses
from stip.settings import Settings, Town
from stip.store import RESERVE, Workspace, examine, room_left

NOW = datetime(2026, 9, 7, 8, tzinfo=UTC)


def stop(workspace: Workspace, what: str = "all") -> None:
    record_pause(workspace, what, paused=True, reason="De cijfers kloppen niet.", role="fg", at=NOW)


def fill(folder: Path) -> None:
    """Write until nothing more goes in."""
    with pytest.raises(OSError, match="No space"), (folder / "vol").open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)


@pytest.fixture
def town(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("STIP_KEYS", str(small_disk / "keys"))
    made = Workspace.create(small_disk / "town", Settings(town=Town(name="Proefstad")))
    publish_pauses(made)
    fill(small_disk)
    return made


def test_everything_can_be_stopped_on_a_full_disk(town: Workspace) -> None:
    stop(town)
    with pytest.raises(OnHold):
        check_not_paused(town, "outlook")
    assert [row["name"] for row in published_pauses(town.root / "published")] == ["all"]


def test_without_the_reserve_it_would_not(town: Workspace) -> None:
    (town.root / RESERVE).rename(town.root / "elders")
    with pytest.raises(WorkspaceError, match="De schijf is vol"):
        stop(town)
    assert not is_paused(town, "all")


def test_the_doctor_says_that_it_is_full_and_whether_a_pause_still_goes(town: Workspace) -> None:
    assert (
        "De schijf is vol: er is niets meer op te slaan. Stilzetten lukt nog één keer. Maak nu ruimte op de "
        "schijf." in [finding.what for finding in examine(town) if not finding.good]
    )
    stop(town)
    assert "Ook stilzetten kan nu mislukken." in room_left(town.root)[1]


def test_once_there_is_room_the_reserve_is_made_again(town: Workspace) -> None:
    stop(town)
    assert not (town.root / RESERVE).exists()
    (town.root.parent / "vol").unlink()
    publish_pauses(town)
    assert (town.root / RESERVE).stat().st_size == 2**20
    fill(town.root.parent)
    stop(town, "outlook")


def test_a_reserve_that_cannot_be_made_stops_nothing(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    stop(workspace)
    assert is_paused(workspace, "all")
    assert not (workspace.root / RESERVE).exists()
    assert not list(workspace.root.glob(".half-*"))


def test_a_pause_gives_the_reserve_up_first_and_makes_it_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_pauses(workspace)
    seen = []
    write = os.replace

    def told(half: str, path: str) -> None:
        seen.append((Path(path).name, (workspace.root / RESERVE).exists()))
        write(half, path)

    monkeypatch.setattr(Path, "replace", lambda self, path: told(str(self), str(path)))
    stop(workspace)
    assert [there for name, there in seen if name != RESERVE] == [False, False]
    assert (workspace.root / RESERVE).exists()


def test_while_another_writes_the_reserve_stays(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_pauses(workspace)
    lock = FileLock(workspace.root / ".lock")  # as another process holds it
    monkeypatch.setattr(Workspace, "writing", partialmethod(Workspace.writing, wait_seconds=0.1))
    with lock, pytest.raises(WorkspaceBusy):
        stop(workspace)
    assert (workspace.root / RESERVE).exists()


def test_going_on_does_not_spend_the_reserve(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    stop(workspace)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 10**6))
    record_pause(workspace, "all", paused=False, reason="Alles klopt weer.", role="fg", at=NOW)
    assert (workspace.root / RESERVE).exists()


def test_with_too_little_room_none_is_made(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 10**6))
    publish_pauses(workspace)
    assert not (workspace.root / RESERVE).exists()
