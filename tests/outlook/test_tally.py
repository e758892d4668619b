# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.outlook.tally import by_age_and_delay, by_week, in_cells

CUTOFF, CELLS, WEEKS = 100, 12, 30


def arrivals(rows: int, seed: int) -> dict[str, np.ndarray]:
    """Draw arrivals, some of which take an older one back."""
    draw = np.random.default_rng(seed)
    occurred = draw.integers(CUTOFF - 60, CUTOFF, rows).astype(np.int32)
    return {
        "cell": draw.integers(0, CELLS, rows).astype(np.int32),
        "kind": draw.integers(0, 3, rows).astype(np.int8),
        "occurred": occurred,
        "known": np.minimum(occurred + draw.integers(0, 40, rows), CUTOFF - 1).astype(np.int32),
        "weight": draw.choice([1.0, 0.5, -1.0], rows).astype(np.float32),
    }


@given(rows=st.sampled_from([0, 1, 200]), seed=st.integers(0, 50))
def test_sums_are_those_of_numpy(rows: int, seed: int) -> None:
    of = arrivals(rows, seed)
    first, until = CUTOFF - WEEKS, CUTOFF - 5
    mine = (of["kind"] == 1) & (of["occurred"] >= first)
    there = mine & (of["occurred"] < until)
    by_cell = in_cells(of["cell"], of["kind"], of["occurred"], of["weight"], 1, first, until, CELLS)
    assert np.array_equal(by_cell, np.bincount(of["cell"][there], of["weight"][there], CELLS))
    weekly = by_week(of["kind"], of["occurred"], of["weight"], 1, first, WEEKS)
    assert np.array_equal(weekly, np.bincount(of["occurred"][mine] - first, of["weight"][mine], WEEKS))


@given(
    rows=st.sampled_from([0, 1, 200]),
    seed=st.integers(0, 50),
    missing=st.sets(st.integers(CUTOFF - 60, CUTOFF - 1), max_size=4),
)
def test_a_week_has_no_more_age_than_before_the_first_missing_delivery(
    rows: int, seed: int, missing: set[int]
) -> None:
    of, ages, delays = arrivals(rows, seed), 20, 9
    expected = np.zeros((ages, delays))
    for kind, occurred, known, weight in zip(*(of[n] for n in ("kind", "occurred", "known", "weight")), strict=True):
        if kind == 2 and occurred >= CUTOFF - ages:
            seen_until = min([CUTOFF, *(week for week in missing if week >= occurred)])
            age = min(max(seen_until - 1 - occurred, 0), ages - 1)
            expected[age, min(known - occurred, delays - 1)] += weight
    lost = np.array(sorted(missing), dtype=np.int64)
    found = by_age_and_delay(of["kind"], of["occurred"], of["known"], of["weight"], 2, CUTOFF, lost, ages, delays)
    assert found == pytest.approx(expected)
