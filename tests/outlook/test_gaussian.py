# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.ndimage import gaussian_filter

from stip.outlook.gaussian import gaussian


@given(
    shape=st.tuples(st.integers(1, 40), st.integers(1, 40)),
    width=st.sampled_from([0.3, 1.6, 3.2, 8.0]),
    seed=st.integers(0, 99),
)
def test_it_spreads_as_scipy_does_also_over_a_raster_smaller_than_its_reach(
    shape: tuple[int, int], width: float, seed: int
) -> None:
    draw = np.random.default_rng(seed)
    position = np.flatnonzero(draw.random(shape[0] * shape[1]) < 0.8)
    values = draw.poisson(0.5, (3, len(position))).astype(np.float32)
    before = values.copy()
    found = gaussian(values, position, shape, width, reach=3.0)
    for each, spread in zip(values, found, strict=True):
        raster = np.zeros(shape)
        raster.ravel()[position] = each
        expected = gaussian_filter(raster, width, mode="constant", truncate=3.0)
        assert spread == pytest.approx(expected.ravel()[position], rel=1e-4, abs=1e-6)
    assert np.array_equal(values, before)
