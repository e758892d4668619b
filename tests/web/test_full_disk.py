# SPDX-License-Identifier: EUPL-1.2
"""A full disk: the off switch works, and what cannot be kept is the fault of the server."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from stip.agreements import is_paused
from stip.store import RESERVE, Workspace
from stip_web.audit.models import AuditLine
from stip_web.workspaces.outside import disks, keep_room_to_pause

FULL = shutil._ntuple_diskusage(10**9, 10**9, 10**6)


@pytest.fixture
def full(settings: object, site: Path, small_disk: Path) -> Path:
    """Point the site at a copy of the sample town on a disk that is full; gives the workspace's folder."""
    copy = small_disk / "werkmap"
    copy.mkdir()
    for name in ("stip.toml", "agreements", "decisions", "published"):
        (shutil.copytree if (site / name).is_dir() else shutil.copy2)(site / name, copy / name)
    for name in ("data", "runs"):
        (copy / name).symlink_to(site / name)
    settings.STIP_WORKSPACE = copy  # type: ignore[attr-defined]
    keep_room_to_pause()
    with pytest.raises(OSError, match="No space"), (small_disk / "vol").open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    return copy


def test_everything_is_stopped_on_a_full_disk_and_the_line_stands(
    full: Path, as_role: Callable[[str], Client]
) -> None:
    told = {"what": "all", "reason": "De schijf is vol."}
    assert as_role("privacy_officer").post("/toezicht/pauze/stilzetten", told).status_code == 302
    assert is_paused(Workspace.open(full), "all")
    assert AuditLine.objects.filter(action="pause.set", subject="all").count() == 1
    assert as_role("analyst").get("/kaart").status_code == 403


def test_another_change_on_a_full_disk_is_no_fault_of_who_asks(full: Path, as_role: Callable[[str], Client]) -> None:
    told = {"what": "all", "reason": "De schijf is vol."}
    (full / RESERVE).rename(full / "vol")
    answer = as_role("privacy_officer").post("/toezicht/pauze/stilzetten", told)
    said = answer.content.decode()
    assert (answer.status_code, "De schijf is vol: pauses.json is niet opgeslagen" in said) == (503, True)
    assert str(full) not in said and not AuditLine.objects.filter(action="pause.set").exists()
    wrong = as_role("privacy_officer").post("/toezicht/pauze/stilzetten", {"what": "all", "reason": ""})
    assert wrong.status_code == 400, "the next one in this thread is judged by itself"


def test_who_lifts_or_gives_no_reason_spends_no_reserve(
    own_site: Path, as_role: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"what": "plan", "reason": "Wij kijken het na."}
    assert as_role("privacy_officer").post("/toezicht/pauze/stilzetten", told).status_code == 302
    monkeypatch.setattr(shutil, "disk_usage", lambda _: FULL)
    assert as_role("privacy_officer").post("/toezicht/pauze/stilzetten", told | {"reason": ""}).status_code == 400
    assert as_role("privacy_officer").post("/toezicht/pauze/opheffen", told).status_code == 302
    assert all((folder / RESERVE).is_file() for folder in disks())


def test_a_folder_that_is_no_workspace_yet_stays_empty(settings: object, tmp_path: Path) -> None:
    empty = tmp_path / "leeg"
    empty.mkdir()
    settings.STIP_WORKSPACE = empty  # type: ignore[attr-defined]
    keep_room_to_pause()
    assert list(empty.iterdir()) == []


def test_a_workspace_that_is_gone_is_not_told_by_its_place(
    settings: object, tmp_path: Path, as_role: Callable[[str], Client]
) -> None:
    client = as_role("analyst")
    settings.STIP_WORKSPACE = tmp_path / "een map" / "werkmap"  # type: ignore[attr-defined]
    for address in ("/", "/kaart", "/toezicht", "/api/v1/weeks"):
        answer = client.get(address)
        assert answer.status_code == 500 or address == "/api/v1/weeks", address
        assert str(tmp_path) not in answer.content.decode(), address
    assert "werkmap is geen werkmap: er is geen stip.toml" in client.get("/kaart").content.decode()


def test_both_reserves_are_given_up_and_made_again(
    own_site: Path, as_role: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_room_to_pause()
    assert all((folder / RESERVE).is_file() for folder in disks())
    told = {"what": "plan", "reason": "Wij kijken het na."}
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: FULL)
        assert as_role("privacy_officer").post("/toezicht/pauze/stilzetten", told).status_code == 302
        assert not any((folder / RESERVE).exists() for folder in disks())
    assert as_role("privacy_officer").post("/toezicht/pauze/opheffen", told).status_code == 302
    assert all((folder / RESERVE).is_file() for folder in disks())


def test_who_watches_is_told_that_a_disk_is_nearly_full(
    db: None, monkeypatch: pytest.MonkeyPatch, as_role: Callable[[str], Client]
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**11, 0, 10**11))
    answer = Client().get("/gezondheid/schijf")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    monkeypatch.setattr(shutil, "disk_usage", lambda _: FULL)
    answer = Client().get("/gezondheid/schijf")
    assert (answer.status_code, answer.json()) == (503, {"status": "bijna vol"}), "not when the switch may fail"
    assert Client().get("/gezondheid/klaar").status_code == 200, "a proxy must not take the off switch away"
    assert (
        "De schijf is vol: er is niets meer op te slaan"
        in as_role("administrator").get("/beheer/systeem").content.decode()
    )
