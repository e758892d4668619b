# SPDX-License-Identifier: EUPL-1.2
"""A coordinator before the board of the sample town, which a test may change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from stip.store import Workspace

from .board import Board


@pytest.fixture
def town(own_site: Path) -> Workspace:
    """Give a copy of the sample town, to change."""
    return Workspace.open(own_site)


@pytest.fixture
def board(town: Workspace, as_role: Callable[[str], Client]) -> Board:
    """Give the board of the week, before a coordinator."""
    return Board(as_role("coordinator"), town)
