# SPDX-License-Identifier: EUPL-1.2
"""The feedback simulation, on a tiny town whose busy places never change."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.conftest import benchmark
from outlook.conftest import town_area

feedback_world = benchmark("feedback_world")
feedback_loop = benchmark("feedback_loop")
feedback = benchmark("feedback")

WEEKS = feedback_world.YEAR * 2
RULES = {rule.name: rule for rule in feedback_loop.SCENARIOS}


@pytest.fixture(scope="module")
def world():  # noqa: ANN201
    area = town_area(12)
    rng = np.random.default_rng(4)
    share = rng.gamma(0.5, 1.0, len(area)) + 0.05
    weeks = np.tile(30 * share / share.sum(), (WEEKS, 1))
    return feedback_world.World(area, weeks, 2700)


def test_the_same_luck_falls_in_every_rule(world) -> None:  # noqa: ANN001
    one, two = (feedback_world.draw(world, feedback_world.Reporting(), seed=3) for _ in range(2))
    np.testing.assert_array_equal(one.found, two.found)
    total = one.brought.sum() + one.found.sum()
    assert total == pytest.approx(world.truth.sum(), rel=0.05)
    assert one.extra_found.sum() == pytest.approx(4 * world.truth.sum() / 2, rel=0.05)
    none = feedback_world.draw(world, feedback_world.Reporting(police_share=0), seed=3)
    assert none.found.sum() == none.extra_found.sum() == 0


def test_a_followed_outlook_flatters_itself_and_brought_reports_do_not(world) -> None:  # noqa: ANN001
    rules = tuple(
        RULES[name] for name in ("no_response", "follows", "random_corrected", "brought_no_response", "brought")
    )
    rows = feedback.lives(world, "last_52_weeks", range(2), feedback_world.Reporting(), rules)
    assert len(rows) == 2 * len(rules) * (WEEKS - feedback_world.YEAR)
    lines = {line["scenario"]: line for line in feedback.figures(rows, rules)}
    follows, brought = lines["follows"], lines["brought"]
    assert follows["record_share"][0] > 1.5 * follows["true_share"][0]
    assert brought["record_share"][0] == pytest.approx(brought["true_share"][0], rel=0.2)
    assert follows["times"][0] == pytest.approx(3.0, rel=0.1)  # 1 + half × 4 + half × 0.05
    assert brought["times"][0] == pytest.approx(1.05, rel=0.05)
    assert lines["no_response"]["same"] == [1, 1, 1]
    assert lines["no_response"]["change"] == [0, 0, 0]
    assert follows["same"][0] < brought["same"][0] <= 1
    corrected = lines["random_corrected"]
    assert corrected["record_share"][0] < follows["record_share"][0]


def test_drawn_cells_tell_how_much_patrol_adds() -> None:
    rng = np.random.default_rng(2)
    correction = feedback_loop.Correction()
    assert correction.ratio == 1
    frame = np.arange(400) < 300
    for _ in range(200):
        drawn = np.zeros(400, dtype=bool)
        drawn[rng.choice(300, 20, replace=False)] = True
        correction.add(rng.poisson(0.1 * np.where(drawn, 3.0, 1.0)).astype(float), drawn, frame)
    assert correction.ratio == pytest.approx(3.0, rel=0.15)
    assert correction.other_cells == 200 * 280


def test_drawn_places_come_from_outside_the_chosen_and_from_where_something_is_expected() -> None:
    expected = np.concatenate([np.linspace(10, 1, 50), np.zeros(50)])
    top = np.arange(100) < 10
    patrolled, drawn, frame = feedback_loop._patrol(expected, top, 10, 0.2, np.random.default_rng(1))
    assert (patrolled.sum(), drawn.sum()) == (10, 2)
    assert patrolled[:8].all()
    assert not drawn[:8].any()
    assert not frame[50:].any()
    assert frame[drawn].all()
    alone, none, _ = feedback_loop._patrol(expected, top, 10, 0.0, np.random.default_rng(1))
    assert (alone == top).all()
    assert not none.any()


def test_an_interval_is_of_the_mean_or_of_few_the_range() -> None:
    assert feedback.interval(np.array([1.0, 2.0, 6.0])) == [3, 1, 6]
    mean, low, high = feedback.interval(np.random.default_rng(1).normal(5, 1, 100))
    assert low < mean < high
    assert high - low == pytest.approx(2 * 1.96 / 10, rel=0.3)


def test_figures_that_show_no_loop_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    flat = {"true_share": [0.2] * 3, "record_share": [0.2] * 3, "same": [0.9] * 3, "ratio": [1.0] * 3}
    with pytest.raises(SystemExit, match="bound"):
        feedback.check([{"scenario": name, "year": feedback_world.YEARS} | flat for name in RULES])
    assert "FAILS" in capsys.readouterr().out


def test_the_world_is_the_sample_town_with_a_year_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = feedback_world.make_town
    monkeypatch.setattr(feedback_world, "make_town", lambda folder: made(folder, size="small"))
    small = feedback_world.make_world(tmp_path / "town")
    np.testing.assert_array_equal(small.truth[: feedback_world.YEAR], small.truth[feedback_world.YEAR :][:52])
    assert small.truth.shape[1] == len(small.area)
    assert (small.truth >= 0).all()
