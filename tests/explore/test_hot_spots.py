# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from stip.errors import HistoryError, SettingsError
from stip.explore import hot_spots
from stip.space import Grid


def field(values: np.ndarray) -> pd.Series:
    column, row = np.meshgrid(np.arange(values.shape[0]), np.arange(values.shape[1]), indexing="ij")
    return pd.Series(values.ravel().astype(float), index=Grid.cell_from(column.ravel(), row.ravel()))


def test_a_planted_cluster_is_found_and_noise_is_not() -> None:
    values = np.random.default_rng(1).poisson(0.5, (30, 30))
    values[10:13, 10:13] += 5
    found = hot_spots(field(values), draws=9_999)
    spots = found["more_than_chance"].to_numpy().reshape(30, 30)
    assert spots[11, 11] and spots[10:13, 10:13].sum() >= 8
    assert spots.sum() - spots[8:15, 8:15].sum() <= 2


def test_pure_noise_holds_next_to_nothing() -> None:
    found = [hot_spots(field(np.random.default_rng(k).poisson(1, (25, 25))), draws=9_999) for k in range(10)]
    assert sum(int(table["more_than_chance"].any()) for table in found) <= 3


def test_chances_are_those_of_drawing_cells_without_putting_them_back() -> None:
    values = (np.random.default_rng(2).random((20, 20)) < 0.2).astype(int)
    found = hot_spots(field(values), draws=99_999)
    exact = stats.hypergeom.sf(found["around"] - 1, 400, values.sum(), found["neighbours"])
    assert found["p_value"].to_numpy() == pytest.approx(exact, abs=0.006)


def test_the_statistic_is_gi_star() -> None:
    values = field(np.random.default_rng(3).poisson(2, (12, 9)))
    found = hot_spots(values, draws=99)
    number, mean, spread = len(values), values.mean(), values.std(ddof=0)
    size = found["neighbours"]
    by_hand = (found["around"] - mean * size) / (spread * np.sqrt((number * size - size**2) / (number - 1)))
    assert found["gi_star"].to_numpy() == pytest.approx(by_hand.to_numpy())
    assert set(size) == {4, 6, 9}


def test_holes_and_islands_are_what_they_are() -> None:
    values = field(np.ones((5, 5))).drop(index=Grid.cell_from(np.array([2]), np.array([2])))
    values.iloc[0] = 9
    lonely = pd.concat([values, pd.Series([4.0], index=Grid.cell_from(np.array([90]), np.array([90])))])
    found = hot_spots(lonely, draws=99)
    assert found["neighbours"].iloc[-1] == 1 and found["around"].iloc[-1] == 4
    assert found["around"].iloc[0] == 12
    assert found.index.equals(lonely.index)


def test_a_wider_reach_looks_further_and_a_seed_repeats() -> None:
    values = field(np.random.default_rng(4).poisson(1, (15, 15)))
    wide = hot_spots(values, reach_cells=3, draws=199)
    assert wide["neighbours"].max() == 49
    pd.testing.assert_frame_equal(wide, hot_spots(values, reach_cells=3, draws=199))


def test_where_nothing_differs_nothing_stands_out() -> None:
    with pytest.raises(HistoryError, match="evenveel"):
        hot_spots(field(np.ones((4, 4))))
    with pytest.raises(SettingsError, match="twee keer"):
        hot_spots(pd.Series([1.0, 2.0], index=[5, 5]))
    with pytest.raises(SettingsError, match="reach_cells"):
        hot_spots(field(np.eye(4)), reach_cells=0)
