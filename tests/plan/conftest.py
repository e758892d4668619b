# SPDX-License-Identifier: EUPL-1.2
"""Fixtures of the plan."""

import numpy as np
import pytest

from plan.made_town import QUICK, STATED, PlanTown, make_town, open_with
from stip.store import Workspace


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20260907)


@pytest.fixture
def town(rng: np.random.Generator) -> PlanTown:
    """Make a town of two districts; other tests make their own."""
    return make_town(rng.random((8, 12)), districts=2)


@pytest.fixture
def filled(workspace: Workspace, town: PlanTown) -> Workspace:
    """Put the town in a workspace, quick to plan in, with its goal stated."""
    return open_with(workspace, town, plan=QUICK, learn=STATED)
