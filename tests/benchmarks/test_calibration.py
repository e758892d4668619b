# SPDX-License-Identifier: EUPL-1.2
"""The measures of calibration, on counts drawn from what was expected, and on counts that were not."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.conftest import benchmark
from outlook.conftest import town_area
from stip.outlook import Context, Dispersion, History

measures = benchmark("calibration_measures")
calibration = benchmark("calibration")


def history(weeks: int = 60, a_week: int = 200) -> History:
    area, draw = town_area(6), np.random.default_rng(3)
    occurred = np.repeat(np.arange(100, 100 + weeks), a_week).astype(np.int32)
    n = len(occurred)
    return History(
        area=area,
        crime_types=("x",),
        time_zone="Europe/Amsterdam",
        cutoff_week=100 + weeks,
        cell_index=draw.integers(0, len(area), n).astype(np.int32),
        type_index=np.zeros(n, dtype=np.int8),
        occurred_week=occurred,
        known_week=occurred,
        weight=np.full(n, 0.25, dtype=np.float32),
        east_m=np.zeros(n, dtype=np.float32),
        north_m=np.zeros(n, dtype=np.float32),
        context=Context(len(area)),
    )


@pytest.mark.parametrize("spread", [0.0, 0.3])
def test_pit_is_uniform_only_when_the_width_is_right(spread: float) -> None:
    draw = np.random.default_rng(1)
    mean = draw.gamma(1.0, 4.0, 4000)
    rate = mean * (draw.gamma(1 / spread, spread, len(mean)) if spread else 1.0)
    came = draw.poisson(rate).astype(float)
    right = measures.pit(mean, mean + spread * mean**2, came, seed=2)
    assert measures.from_uniform(right) < 0.03
    assert measures.from_uniform(measures.pit(mean, mean + 2 * mean**2, came, seed=2)) > 0.05
    assert measures.from_uniform(measures.pit(mean * 1.3, mean * 1.3 + spread * mean**2, came, seed=2)) > 0.05


def test_the_error_of_a_year_is_that_of_counts_and_larger_when_weeks_are_off_alike() -> None:
    draw, expected = np.random.default_rng(5), np.full(4000, 50.0)
    by_itself = measures.error_of_sum(expected, draw.poisson(expected).astype(float), 52)
    assert by_itself == pytest.approx((50 * 52) ** -0.5, rel=0.1)
    alike = np.repeat(draw.gamma(100, 0.01, 1000), 4)  # a tenth up or down, four weeks long
    together = measures.error_of_sum(expected, draw.poisson(expected * alike).astype(float), 52)
    truth = np.sqrt(50 * 52 + 52 * 4 * 25) / (50 * 52)
    assert together == pytest.approx(truth, rel=0.2)


def test_distance_from_uniform() -> None:
    assert measures.from_uniform(np.array([0.5])) == 0.5
    assert measures.from_uniform((np.arange(100) + 0.5) / 100) == pytest.approx(0.005)


def test_parts_become_whole_incidents_and_the_mean_stays() -> None:
    known = history()
    whole = measures.whole_counts(known, "x", range(110, 150), seed=4)
    assert whole.shape == (40, len(known.area))
    assert (whole == np.round(whole)).all()
    assert whole.sum() == pytest.approx(40 * 200 * 0.25, rel=0.05)


def test_districts_over_four_weeks_lie_in_their_interval_four_times_in_five() -> None:
    draw = np.random.default_rng(5)
    zone, district = np.repeat(np.arange(20), 5).astype(np.int32), np.repeat(["a", "b", "c", "d"], 25).astype(object)
    expected = np.full((200, 100), 0.4)
    came = draw.poisson(expected * draw.gamma(20, 1 / 20, (200, 20))[:, zone]).astype(float)
    months = measures.district_months(expected, came, zone, district, [Dispersion(zone=1 / 20)] * 200)
    assert len(months) == 200
    assert np.mean((months[:, 3] >= months[:, 1]) & (months[:, 3] <= months[:, 2])) == pytest.approx(0.83, abs=0.06)
    assert len(measures.district_months(expected, came, zone, district, [Dispersion()] * 200, least=50.0)) == 0


def test_neighbourhood_weeks_are_scored_by_zone() -> None:
    zone = np.array([0, 0, 1], dtype=np.int32)
    mean, values = measures.neighbourhood_weeks(
        np.array([[1.0, 2.0, 4.0]]), np.array([[0.0, 3.0, 100.0]]), zone, [Dispersion()], seed=1
    )
    np.testing.assert_allclose(mean, [3.0, 4.0])
    assert 0.4 < values[0] < 0.7
    assert values[1] > 0.99


def test_drawn_delays_are_mended_by_what_is_known_of_delays() -> None:
    known = history(weeks=160)
    late = measures.delayed(known, seed=1)
    assert (np.diff(late.known_week) >= 0).all()
    assert (late.known_week >= late.occurred_week).all()
    then, mended, came = measures.corrected(late, known, "x", range(220, 250))
    assert then[0] / came[0] < 0.7
    np.testing.assert_allclose(mended / came, 1, atol=0.05)


def test_bounds_name_what_breaks_them() -> None:
    good = {"pair": "a:x", "pit_from_uniform": 0.02, "district_months": 100, "district_months_inside": 80,
            "expected_over_came": [1.01], "with_delays": {"corrected": [0.97, 1.0]}}  # fmt: skip
    assert all(holds for _, holds in calibration.bounds([good]))
    bad = good | {"pair": "b:x", "pit_from_uniform": 0.06, "district_months_inside": 60}
    bad |= {"expected_over_came": [1.0, 0.9]}
    told = calibration.bounds([good, bad | {"with_delays": {"corrected": [0.9]}}])
    assert [holds for _, holds in told] == [False, False, False, False]
    assert "b:x 0.900" in told[2][0]
