# SPDX-License-Identifier: EUPL-1.2
"""The expectation is put beside what really comes out of the process, over many draws."""

from __future__ import annotations

import numpy as np
import pytest

from stip.samples.process import BRANCHING, Echo, echo_of, echoes_expected, happen
from stip.samples.risk import TYPES, Background
from stip.space import Grid

GRID = Grid()
WEEKS = 5


@pytest.fixture(scope="module")
def cells() -> np.ndarray:
    columns, rows = np.meshgrid(np.arange(1200, 1205), np.arange(3500, 3504))
    return np.unique(GRID.cell_from(columns.ravel(), rows.ravel()))


@pytest.fixture(scope="module")
def background(cells: np.ndarray) -> Background:
    rng = np.random.default_rng(3)
    base = rng.gamma(2, 0.4, (len(TYPES), len(cells)))
    base[:, 4] = 0
    shape = (len(TYPES), WEEKS)
    return Background(base, rng.uniform(0.7, 1.3, shape), rng.uniform(0.7, 1.3, (*shape, len(cells))))


@pytest.fixture(scope="module")
def echoes(cells: np.ndarray, background: Background) -> list[Echo]:
    return [echo_of(cells, base, GRID) for base in background.base]


def test_an_echo_is_a_chance(background: Background, echoes: list[Echo]) -> None:
    for base, echo in zip(background.base, echoes, strict=True):
        assert echo.lag.sum() == pytest.approx(1)
        assert (np.diff(echo.lag) < 0).all()
        assert np.allclose(echo.kernel.sum(axis=1), 1)
        assert echo.kernel.toarray()[:, base == 0].max() == 0


def test_an_echo_fades_with_distance(cells: np.ndarray) -> None:
    kernel = echo_of(cells, np.ones(len(cells)), GRID).kernel.toarray()
    x_m, y_m = GRID.centre(cells)
    away = np.hypot(x_m - x_m[0], y_m - y_m[0])
    order = np.argsort(away, kind="stable")
    assert (np.diff(kernel[0][order]) <= 1e-12).all()
    assert kernel[0][away > 260].max() == 0


def test_the_expectation_is_the_mean_of_what_happens(background: Background, echoes: list[Echo]) -> None:
    """Over many histories the counts of each week equal what was expected on its Monday, near repeats included."""
    draws = 160
    total, squared, expected_repeats = np.zeros((4, WEEKS)), np.zeros((4, WEEKS)), np.zeros((4, WEEKS))
    for seed in range(draws):
        incidents = happen(background, echoes, seed=seed)
        expected = echoes_expected(incidents, background, echoes).sum(axis=2)
        happened = np.zeros((4, WEEKS))
        np.add.at(happened, (incidents["kind"], incidents["day"] // 7), 1)
        drawn = np.stack([background.rate(kind).sum(axis=1) for kind in range(4)])
        total += happened - drawn - expected
        squared += (happened - drawn - expected) ** 2
        expected_repeats += expected
    error = np.sqrt(squared / draws / draws)
    assert (np.abs(total / draws) < 4 * error).all()
    # The test would be empty if near repeats were too few to tell: without them it fails by far.
    repeats = expected_repeats[:2] / draws
    assert (repeats[:, 1:] > 8 * error[:2, 1:]).all()
    assert expected_repeats[2:].sum() == 0


def test_expected_counts_fall_in_the_right_cells(background: Background, echoes: list[Echo]) -> None:
    total, squared = np.zeros((2, background.base.shape[1])), np.zeros((2, background.base.shape[1]))
    for seed in range(140):
        incidents = happen(background, echoes, seed=10_000 + seed)
        expected = echoes_expected(incidents, background, echoes)
        week = incidents[(incidents["day"] // 7 == WEEKS - 1) & (incidents["kind"] < 2)]
        happened = np.zeros((2, background.base.shape[1]))
        np.add.at(happened, (week["kind"], week["cell"]), 1)
        for kind in range(2):
            surplus = happened[kind] - background.rate(kind)[-1] - expected[kind, -1]
            total[kind] += surplus
            squared[kind] += surplus**2
    assert (np.abs(total) <= 4.5 * np.sqrt(squared)).all()


def test_children_come_after_their_parents_and_near_them(background: Background, echoes: list[Echo]) -> None:
    incidents = happen(background, echoes, seed=5)
    children = incidents[incidents["parent"] >= 0]
    parents = incidents.iloc[children["parent"]]
    lag = children["day"].to_numpy() - parents["day"].to_numpy()
    assert lag.min() >= 1
    assert lag.max() <= 20
    assert (children["kind"].to_numpy() == parents["kind"].to_numpy()).all()
    assert (children.index.to_numpy() > children["parent"].to_numpy()).all()
    assert incidents["day"].between(0, WEEKS * 7 - 1).all()


def test_the_share_of_children_is_the_branching_ratio(background: Background, echoes: list[Echo]) -> None:
    long = Background(background.base, np.ones((4, 200)), np.ones((4, 200, background.base.shape[1])))
    incidents = happen(long, echoes, seed=2)
    share = (incidents["parent"] >= 0).groupby(incidents["kind"]).mean()
    assert np.allclose(share, BRANCHING, atol=0.03)


def test_the_future_does_not_change_what_was_expected(background: Background, echoes: list[Echo]) -> None:
    incidents = happen(background, echoes, seed=8)
    past = incidents[incidents["day"] < 14]
    whole, half = (echoes_expected(each, background, echoes) for each in (incidents, past))
    assert np.array_equal(whole[:, :3], half[:, :3])
    assert not np.array_equal(whole[:2, 3], half[:2, 3])
