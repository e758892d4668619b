# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.outlook import Dispersion, cell_intervals, interval_of, interval_of_sum
from stip.outlook.intervals import DispersionGauge

ZONE = np.repeat(np.arange(40), 25).astype(np.int32)


def simulate(draw: np.random.Generator, truth: Dispersion, expected: np.ndarray) -> np.ndarray:
    def gamma(size: int, relative: float) -> np.ndarray:
        return draw.gamma(1 / relative, relative, size) if relative else np.ones(size)

    return draw.poisson(
        expected * gamma(len(expected), truth.cell) * gamma(40, truth.zone)[ZONE] * gamma(1, truth.town)
    ).astype(float)


def expected_counts(mean: float = 0.8) -> np.ndarray:
    return np.random.default_rng(1).gamma(0.7, mean / 0.7, len(ZONE))


def gauge_of(truth: Dispersion, weeks: int = 60) -> Dispersion:
    draw, expected = np.random.default_rng(2), expected_counts()
    gauge = DispersionGauge(ZONE)
    for _ in range(weeks):
        gauge.add(expected, simulate(draw, truth, expected))
    return gauge.dispersion()


def test_plain_poisson_has_no_dispersion() -> None:
    found = gauge_of(Dispersion())
    assert max(found.to_dict().values()) < 0.02


def test_the_sizes_of_error_are_told_apart() -> None:
    found = gauge_of(Dispersion(cell=0.3, zone=0.1, town=0.02), weeks=200)
    assert found.cell == pytest.approx(0.3, abs=0.06)
    assert found.zone == pytest.approx(0.1, abs=0.04)
    assert found.town == pytest.approx(0.02, abs=0.02)


@pytest.mark.parametrize("truth", [Dispersion(), Dispersion(cell=0.2, zone=0.15, town=0.02)])
def test_intervals_of_neighbourhoods_cover_eighty_per_cent(truth: Dispersion) -> None:
    learned, draw, expected = gauge_of(truth, weeks=120), np.random.default_rng(7), expected_counts()
    inside = total = 0.0
    for _ in range(60):
        came = np.bincount(ZONE, simulate(draw, truth, expected))
        for zone in range(40):
            low, high = interval_of_sum(expected[zone == ZONE], learned)
            inside += low <= came[zone] <= high
            total += 1
    assert 0.78 <= inside / total <= 0.90  # counts are whole, so a little over 80 % lies within


def test_variance_adds_neighbourhoods_apart() -> None:
    learned = Dispersion(cell=0.1, zone=0.2, town=0.0)
    expected = np.array([1.0, 2.0, 3.0])
    apart = learned.variance(expected, np.array([0, 0, 1], dtype=np.int32))
    assert apart == pytest.approx(6 + 0.1 * 14 + 0.2 * (9 + 9))
    assert learned.variance(expected) == pytest.approx(6 + 0.1 * 14 + 0.2 * 36)


@given(st.floats(0, 60), st.floats(0, 4))
def test_an_interval_lies_around_and_widens(mean: float, extra: float) -> None:
    plain = interval_of(np.array([mean]), np.array([mean]))
    wide = interval_of(np.array([mean]), np.array([mean + extra * mean**2]))
    assert 0 <= plain[0][0] <= plain[1][0]
    assert wide[0][0] <= plain[0][0] + 1e-9
    assert plain[0][0] <= mean + 1
    assert plain[1][0] >= mean - 1


def test_where_an_incident_is_unlikely_the_interval_is_nought() -> None:
    low, high = cell_intervals(np.array([0.0, 0.05, 0.2]), Dispersion(cell=0.5))
    assert low.tolist() == [0, 0, 0]
    assert high.tolist() == [0, 0, 1]


def test_nothing_learned_is_plain_poisson() -> None:
    assert DispersionGauge(ZONE).dispersion() == Dispersion()


def test_weeks_of_the_whole_town_say_how_far_the_town_is_off() -> None:
    truth, draw = Dispersion(town=0.09), np.random.default_rng(4)
    expected = expected_counts()
    gauge = DispersionGauge(ZONE)
    for _ in range(12):
        gauge.add(expected, simulate(draw, truth, expected))
    for _ in range(400):
        gauge.add_town(expected.sum(), simulate(draw, truth, expected).sum())
    assert gauge.dispersion().town == pytest.approx(0.09, abs=0.03)
