# SPDX-License-Identifier: EUPL-1.2
"""The outlook of the sample town, and cells of it to point at."""

from __future__ import annotations

from pathlib import Path

import pytest

from stip.store import Run, Workspace, latest_run

from .cells import WEEK, shown_cells


@pytest.fixture
def town(site: Path) -> Workspace:
    """Give the sample town, only to be read."""
    return Workspace.open(site)


@pytest.fixture
def outlook(town: Workspace) -> Run:
    """Give the newest frozen outlook."""
    run = latest_run(town, "outlook", WEEK)
    assert run is not None
    return run


@pytest.fixture
def cell(town: Workspace, outlook: Run) -> str:
    """Give the name of a cell in the highest class that may be shown, with enough dwellings for a place."""
    return shown_cells(town, outlook)[0]
