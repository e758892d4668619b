# SPDX-License-Identifier: EUPL-1.2
"""Who only reads uses the secret that is there, and never makes one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stip.errors import WorkspaceError
from stip.publish import existing_secret, secret_of
from stip.store import Workspace


def test_reading_makes_no_secret(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="stip_web upgrade"):
        existing_secret(workspace)
    assert not list(Path(os.environ["STIP_KEYS"]).glob("*.openbaar"))


def test_reading_gives_the_secret_that_was_made(workspace: Workspace) -> None:
    assert secret_of(workspace, published=False) == existing_secret(workspace)
