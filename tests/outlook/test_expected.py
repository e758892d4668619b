# SPDX-License-Identifier: EUPL-1.2
"""What a frozen outlook expects of types together."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stip.outlook import Dispersion, Expected, interval_of_sum
from stip.store import Workspace, latest_run, read_cells


@pytest.fixture
def known(looked_ahead: Workspace) -> Expected:
    run = latest_run(looked_ahead, "outlook")
    assert run is not None
    zones = read_cells(looked_ahead).set_index("cell")["area_code"]
    return Expected.of(run, zones, seed=looked_ahead.settings.outlook.seed)


def test_one_type_is_what_the_run_says(looked_ahead: Workspace) -> None:
    run = latest_run(looked_ahead, "outlook")
    assert run is not None
    table = run.table("outlook")
    name = str(table["crime_type"].iloc[0])
    rows = table[table["crime_type"] == name].sort_values("cell")
    zones = read_cells(looked_ahead).set_index("cell")["area_code"]
    found = Expected.of(run, zones, seed=looked_ahead.settings.outlook.seed, crime_types=(name,))
    np.testing.assert_array_equal(found.cells, rows["cell"])
    np.testing.assert_allclose(found.total, rows["expected"])
    np.testing.assert_array_equal(found.tier, rows["tier"])
    np.testing.assert_array_equal(found.intervals, (rows["low"], rows["high"]))
    np.testing.assert_allclose(found.beside.sum(axis=1), rows["baseline"])


def test_types_add_up(looked_ahead: Workspace, known: Expected) -> None:
    run = latest_run(looked_ahead, "outlook")
    assert run is not None
    assert known.total.sum() == pytest.approx(run.table("outlook")["expected"].sum())
    low, high = known.between(np.ones(len(known.cells), dtype=bool))
    assert low <= known.total.sum() <= high


def test_a_sum_of_one_type_has_the_interval_of_sums() -> None:
    expected = pd.DataFrame({"vandalism": [2.0, 3.0]})
    spread = Dispersion(cell=0.1, zone=0.2, town=0.05)
    known = Expected(np.array([1, 2]), expected, expected, np.array([0, 1], dtype=np.int32), (spread,), 0)
    whole = interval_of_sum(np.array([2.0, 3.0]), spread, zone=np.array([0, 1], dtype=np.int32))
    assert known.between(np.array([True, True])) == whole
    assert known.between(np.array([False, False])) == (0, 0)
