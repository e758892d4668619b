# SPDX-License-Identifier: EUPL-1.2
"""Who knows the generator: its prior is the generator's, its posterior that of small cases done otherwise."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad
from scipy.sparse import csr_array
from scipy.stats import norm, poisson

from benchmarks.conftest import benchmark
from outlook.conftest import WEEK, ZONE, incidents, town_area
from stip.outlook import Memory, find_leaks, history_of
from stip.samples import risk
from stip.samples.cells import GRID
from stip.settings import OutlookSettings
from stip.space import week_number

prior = benchmark("sample_prior")
filtering = benchmark("sample_filter")

SIDE = 12


def cells() -> np.ndarray:
    x_m, y_m = np.meshgrid(np.arange(SIDE) * 125.0 + 150_062.5, np.arange(SIDE) * 125.0 + 440_062.5)
    return np.unique(GRID.cell_at(x_m.ravel(), y_m.ravel()))


def small(lasting: float = 0.5, n: int = 1) -> object:
    return prior.Prior(
        cells=np.arange(n),
        base=np.ones(n),
        season=dict.fromkeys(range(5000), 1.0),
        lasting=lasting * np.eye(n),
        shifting=np.zeros((n, n)),
        drifting=np.zeros((n, 1)),
        lag=np.full(20, 1 / 20),
        near=csr_array(np.eye(n)),
        children=0.25,
    )


def test_the_prior_has_the_covariance_with_which_the_generator_draws() -> None:
    every = cells()
    described = pd.DataFrame(index=pd.Index(every, name="cell"))
    nothing = np.full(len(every), 1e-12)
    drawn = np.array(
        [np.log(risk._frailty("vandalism", nothing, described, GRID, 1, seed)[0]) for seed in range(300)]
    )
    drawn -= [risk._shifts("vandalism", nothing, described, GRID, 1, seed)[0] for seed in range(300)]
    usable = np.ones(len(every), dtype=bool)
    expected = (
        prior.LASTING_SMOOTH**2 * prior._smooth(every, usable, prior.LASTING_M)
        + prior.LASTING_OWN**2 * np.eye(len(every))
        + prior.DRIFTING**2 * prior._smooth(every, usable, prior.DRIFTING_M)
    )
    seen = np.cov(drawn.T)
    assert np.diag(seen).mean() == pytest.approx(np.diag(expected).mean(), rel=0.05)
    apart = ~np.eye(len(every), dtype=bool)
    assert np.corrcoef(seen[apart], expected[apart])[0, 1] > 0.9
    assert drawn.mean() == pytest.approx(small().log_mean, abs=0.06)


def test_a_thin_factor_keeps_the_covariance() -> None:
    every = cells()
    smooth = prior._smooth(every, np.ones(len(every), dtype=bool), prior.DRIFTING_M)
    thin = prior._factor(smooth)
    assert thin.shape[1] < len(every) / 2
    assert np.trace(thin @ thin.T) == pytest.approx(np.trace(smooth), rel=0.01)


def test_shifts_add_most_where_most_happens() -> None:
    every = cells()
    base = np.full(len(every), 0.1)
    base[40] = 20.0
    added = np.diag(prior._shifting(every, base, every))
    assert added.argmax() == 40
    assert added.min() >= 0


@pytest.mark.parametrize("came", [0, 1, 6])
@pytest.mark.parametrize("beside", [0.0, 0.4])
def test_the_posterior_is_near_that_by_integration(came: int, beside: float) -> None:
    known, exposure = small(), 2.0
    mode = filtering.Posterior(known)
    mode.learn(np.array([float(came)]), np.array([exposure]), np.array([beside]))

    def density(x: float) -> float:
        return float(norm.pdf(x, known.log_mean, np.sqrt(0.5)) * poisson.pmf(came, exposure * np.exp(x) + beside))

    whole = quad(density, -8, 6)[0]
    mean = quad(lambda x: np.exp(x) * density(x), -8, 6)[0] / whole
    assert mode.mean()[0] == pytest.approx(mean, rel=0.12)


def test_a_drift_is_forgotten_and_what_lasts_is_not() -> None:
    known = small()
    moving = prior.Prior(**{**vars(known), "drifting": np.ones((1, 1))})
    mode = filtering.Posterior(moving)
    mode.learn(np.array([9.0]), np.array([1.0]), np.zeros(1))
    before = mode.log()
    mode.pass_weeks(10_000)
    middle, variance = mode.log()
    assert known.log_mean < middle[0] < before[0][0]
    assert variance[0] > before[1][0]
    assert mode.mean_[1] == pytest.approx(0)


def test_near_repeats_are_those_of_the_generator() -> None:
    area = town_area(4)
    cutoff = week_number(WEEK)
    history = history_of(
        incidents(area, per_week=5), area, crime_types=("home_burglary",), time_zone=ZONE, cutoff_week=cutoff
    )
    known = prior.Prior(**{**vars(small(n=len(area))), "cells": area.cells, "base": np.full(len(area), 1e-9)})
    made = filtering.Reachable("home_burglary", OutlookSettings(), Memory((float("inf"),), (0.0,)))
    made.knows(known, history, 1.0)
    found = made._repeats(history, cutoff, np.zeros(len(area)))
    # Of a child 1 to 20 days after one of three weeks before, some fall in the coming week; children of those too.
    last = [history.counts("home_burglary", cutoff - back, cutoff - back + 1).sum() for back in (1, 2, 3)]
    assert 0.25 * 0.3 * last[0] < found.sum() < 0.25 * sum(last)
    assert made._repeats(history, cutoff - 3, np.zeros(len(area))).sum() > 0


def test_it_expects_more_where_more_came_and_sees_no_further_than_its_cutoff() -> None:
    area = town_area(5)
    cutoff = week_number(WEEK)
    history = history_of(
        incidents(area, per_week=5, weeks=60),
        area,
        crime_types=("home_burglary",),
        time_zone=ZONE,
        cutoff_week=cutoff,
    )
    known = prior.Prior(**{**vars(small(n=len(area))), "cells": area.cells, "base": np.full(len(area), 0.2)})

    def make(_: object) -> list[object]:
        made = filtering.Reachable("home_burglary", OutlookSettings(), Memory((float("inf"),), (0.0,)))
        return [made.knows(known, history, 1.0)]

    assert find_leaks(history, make, week=cutoff - 6, weeks=2) == []
    made = make(history)[0]
    made.observe(history)
    counted = history.counts("home_burglary", history.first_week, cutoff)
    assert np.corrcoef(made.predict(), counted)[0, 1] > 0.6
