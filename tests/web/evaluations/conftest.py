# SPDX-License-Identifier: EUPL-1.2
"""A site on a town that has a year behind it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from small_site import site
from stip.publish import secret_of
from stip.settings import Settings, Town
from stip.store import Workspace

from .year import live

__all__ = ["site"]


@pytest.fixture(scope="session")
def year_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Let the year pass once, for every test to copy."""
    root = tmp_path_factory.mktemp("year") / "werkmap"
    Workspace.create(root, Settings(town=Town(name="Proefstad")))
    live(root)
    return root


@pytest.fixture
def lived(site: Path, year_once: Path) -> Path:
    """Give the site a town with a year behind it, to read and to change; gives its folder."""
    shutil.rmtree(site)
    shutil.copytree(year_once, site)
    secret_of(Workspace.open(site), published=False)
    return site
