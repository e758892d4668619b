# SPDX-License-Identifier: EUPL-1.2
"""Fixtures that more than one room uses."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from stip.settings import Settings, Town
from stip.store import Workspace

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
