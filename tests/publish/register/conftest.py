# SPDX-License-Identifier: EUPL-1.2
"""A workspace with settings, agreements, a card and one frozen outlook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.register.known_town import TODAY, freeze_outlook
from stip.samples import make_workspace
from stip.store import Workspace


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """Give the sample town before its first file, with one outlook."""
    monkeypatch.setenv("STIP_KEYS", str(tmp_path / "keys"))
    workspace = make_workspace(tmp_path / "town", today=TODAY)
    freeze_outlook(workspace)
    yield workspace
