# SPDX-License-Identifier: EUPL-1.2
"""Fixtures of the plan."""

import numpy as np
import pytest


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20260907)
