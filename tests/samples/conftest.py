# SPDX-License-Identifier: EUPL-1.2
"""The sample town, made once for all tests of this room."""

from __future__ import annotations

import pytest

from stip.samples import SampleTown, make_town
from stip.samples.geography import Geography, build_town
from stip.samples.town import SEED


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> SampleTown:
    """Make the middle of the town and one year, on disk."""
    return make_town(tmp_path_factory.mktemp("small"), size="small")


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> SampleTown:
    """Make the whole town and three years, on disk."""
    return make_town(tmp_path_factory.mktemp("full"))


@pytest.fixture(scope="session")
def geography() -> Geography:
    """Build the whole town on the ground."""
    return build_town(seed=SEED, small=False)
