# SPDX-License-Identifier: EUPL-1.2
"""Fixtures that more than one room uses."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings as hypothesis_settings

from stip.settings import Settings, Town
from stip.store import Workspace
from stip.week import run_demo

# A busy machine is no fault in the code: tests hold no clock.
hypothesis_settings.register_profile("stip", deadline=None)
hypothesis_settings.load_profile("stip")


@pytest.fixture
def real_data() -> Path:
    """Give the folder with real incidents, beside the project or where STIP_REAL_DATA says."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("STIP_REAL_DATA", beside))
    if not folder.is_dir():
        pytest.skip("the real incidents are not on this machine (set STIP_REAL_DATA)")
    return folder


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """Give an empty workspace of a town on the RD grid, with its keys in a folder of its own."""
    monkeypatch.setenv("STIP_KEYS", str(tmp_path / "keys"))
    yield Workspace.create(tmp_path / "town", Settings(town=Town(name="Proefstad")))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a folder on a disk of its own, of 24 MB; where none may be mounted the test is passed over."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if (
        shutil.which("mount") is None
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("no disk may be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture(scope="session")
def sample_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a small sample town with its last two weeks, once for all processes of a test run; only to be read."""
    top = tmp_path_factory.getbasetemp()
    shared = top.parent if os.environ.get("PYTEST_XDIST_WORKER") else top
    folder = shared / "sample_demo"
    with FileLock(shared / "sample_demo.lock"):
        if not (folder / "made").exists():
            shutil.rmtree(folder, ignore_errors=True)
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("STIP_KEYS", str(folder / "sleutels"))
                run_demo(folder, size="small", progress=lambda said: None)
            (folder / "made").touch()
    return folder
